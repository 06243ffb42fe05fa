import { accessSync, constants, existsSync, mkdirSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Failure } from './failure.ts';
import { codeOf, readText } from './input.ts';

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

export interface Replacement {
  readonly file: string;
  /** What the file must hold still: it is not written over what somebody else wrote meanwhile. */
  readonly before: string;
  readonly after: string;
}

/** Replaces the content of files: all of them or none. */
export function replaceAll(replacements: readonly Replacement[]): void {
  const staged: (Replacement & { readonly real: string; readonly temporary: string })[] = [];
  const done: Replacement[] = [];
  let current = '';
  try {
    for (const replacement of replacements) {
      current = replacement.file;
      const real = realpathSync(current);
      accessSync(real, constants.W_OK);
      const temporary = path.join(path.dirname(real), `.${path.basename(real)}.${process.pid}.tmp`);
      staged.push({ ...replacement, real, temporary });
      writeFileSync(temporary, replacement.after, { mode: statSync(real).mode });
    }
    for (const { file, before } of staged) if (readText(file) !== before) throw new Failure(`${file}: was changed by somebody else meanwhile; nothing was written.`);
    for (const replacement of staged) {
      current = replacement.file;
      renameSync(replacement.temporary, replacement.real);
      done.push(replacement);
    }
  } catch (error) {
    for (const { file, before } of done) writeFileSync(file, before);
    if (error instanceof Failure) throw error;
    throw new Failure(`${current}: cannot be written (${codeOf(error)}); nothing was written.`);
  } finally {
    for (const { temporary } of staged) rmSync(temporary, { force: true });
  }
}
