import { accessSync, constants, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Failure } from './failure.ts';
import { codeOf } from './input.ts';

/** Writes a file whole or not at all. */
export function writeWhole(file: string, content: string | Uint8Array): void {
  writeAllWhole([{ file, content }]);
}

/** Writes several files, each whole. They take their places only when all of them are written: a full disk leaves what was there. */
export function writeAllWhole(files: readonly { readonly file: string; readonly content: string | Uint8Array }[]): void {
  const written: { readonly file: string; readonly temporary: string }[] = [];
  let at = '';
  try {
    for (const { file, content } of files) {
      at = file;
      const folder = path.dirname(path.resolve(file));
      const temporary = path.join(folder, `.${path.basename(file)}.${process.pid}.tmp`);
      mkdirSync(folder, { recursive: true });
      accessSync(folder, constants.W_OK);
      written.push({ file, temporary });
      writeFileSync(temporary, content);
    }
    for (const { file, temporary } of written) {
      at = file;
      renameSync(temporary, file);
    }
  } catch (error) {
    for (const { temporary } of written) if (existsSync(temporary)) rmSync(temporary);
    throw new Failure(`${at}: cannot be written (${codeOf(error)}).`);
  }
}
