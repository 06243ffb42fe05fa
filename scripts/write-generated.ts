import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');

/** With `--check`, says which generated files are stale instead of writing them, and makes the process fail. */
const check = process.argv.includes('--check');

/** Writes a generated file, given by its path from the root of the project. */
export function writeGenerated(file: string, content: string): void {
  const target = path.join(root, file);
  const current = existsSync(target) ? readFileSync(target, 'utf8') : undefined;
  if (current === content) return;
  if (check) {
    console.error(`${file} is stale: run npm run generate`);
    process.exitCode = 1;
    return;
  }
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, content);
  console.log(`wrote ${file}`);
}
