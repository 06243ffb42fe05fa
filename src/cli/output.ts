import { accessSync, constants, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Failure } from './failure.ts';
import { codeOf } from './input.ts';

/** Writes a file whole or not at all. */
export function writeWhole(file: string, content: string | Uint8Array): void {
  const folder = path.dirname(path.resolve(file));
  const temporary = path.join(folder, `.${path.basename(file)}.${process.pid}.tmp`);
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    writeFileSync(temporary, content);
    renameSync(temporary, file);
  } catch (error) {
    if (existsSync(temporary)) rmSync(temporary);
    throw new Failure(`${file}: cannot be written (${codeOf(error)}).`);
  }
}
