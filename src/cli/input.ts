import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { Failure } from './failure.ts';

/** No hand-written architecture comes near it; a larger file is something else. */
export const MAX_BYTES = 10_000_000;

/** How standard input is shown. */
export const STANDARD_INPUT = 'stdin.mlarch';

export interface Input {
  /** As it is shown: relative to the working directory where it is below it. */
  readonly file: string;
  readonly text: string;
}

/** The files that the arguments mean: files, folders (searched for .mlarch files), globs, or `-` for standard input. */
export async function readInputs(arguments_: readonly string[]): Promise<Input[]> {
  const inputs = new Map<string, Input>();
  for (const argument of arguments_.length > 0 ? arguments_ : ['.']) {
    for (const file of argument === '-' ? ['-'] : await filesOf(argument)) {
      if (!inputs.has(file)) inputs.set(file, file === '-' ? { file: STANDARD_INPUT, text: decode('standard input', readFileSync(0)) } : { file, text: readText(file) });
    }
  }
  return [...inputs.values()];
}

async function filesOf(argument: string): Promise<string[]> {
  const stat = statSync(argument, { throwIfNoEntry: false });
  if (stat?.isDirectory()) {
    const files = walk(argument).map(display).sort();
    if (files.length === 0) throw new Failure(`${argument}: no .mlarch file in this folder. Start one with: mlarch init ${argument}`);
    return files;
  }
  if (stat) return [display(argument)];
  if (/[*?{[]/.test(argument)) {
    const { glob } = await import('tinyglobby');
    const files = (await glob(argument, { ignore: ['**/node_modules/**'] })).map(display).sort();
    if (files.length > 0) return files;
    throw new Failure(`${argument}: no file matches.`);
  }
  throw new Failure(`${argument}: there is no such file or folder.`);
}

function walk(folder: string): string[] {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    throw new Failure(`${folder}: cannot be read (${codeOf(error)}).`);
  }
  return entries.flatMap((entry) => {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) return entry.name.startsWith('.') || entry.name === 'node_modules' ? [] : walk(full);
    return entry.isFile() && entry.name.endsWith('.mlarch') ? [full] : [];
  });
}

/** The text of a file; a Failure says why it cannot be had. */
export function readText(file: string): string {
  let bytes: Buffer;
  try {
    const { size } = statSync(file);
    if (size > MAX_BYTES) throw tooLarge(file, size);
    bytes = readFileSync(file);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(`${file}: cannot be read (${codeOf(error)}).`);
  }
  return decode(file, bytes);
}

export const tooLarge = (file: string, size: number): Failure => new Failure(`${file}: ${Math.round(size / 1e6)} MB is too large for an architecture (at most ${MAX_BYTES / 1e6} MB). Split it into files that import each other.`);

/** The text of a file that holds UTF-8; a Failure says where it does not. */
export function decode(file: string, bytes: Buffer): string {
  const zero = bytes.indexOf(0);
  if (zero >= 0) throw new Failure(`${file}: is not a text file (a zero byte at offset ${zero}).`);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    const { line, column } = firstInvalid(bytes);
    throw new Failure(`${file}:${line}:${column}: is not valid UTF-8. Save it as UTF-8.`);
  }
}

/** Line and column of the first byte that is not UTF-8. */
function firstInvalid(bytes: Buffer): { line: number; column: number } {
  const loose = bytes.toString('utf8');
  let index = loose.indexOf('\uFFFD');
  // A replacement character may also have been written as such.
  while (index >= 0 && bytes.subarray(Buffer.byteLength(loose.slice(0, index)), Buffer.byteLength(loose.slice(0, index)) + 3).equals(Buffer.from('\uFFFD'))) index = loose.indexOf('\uFFFD', index + 1);
  const before = loose.slice(0, Math.max(0, index)).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

export const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : String(error));

/** Relative to the working directory where it is below it, with forward slashes. */
export function display(file: string): string {
  const relative = path.relative(process.cwd(), path.resolve(file));
  return (relative.startsWith('..') || path.isAbsolute(relative) ? path.resolve(file) : relative).replaceAll('\\', '/');
}
