import { existsSync } from 'node:fs';
import path from 'node:path';
import { CONFIG_NAME } from '../analysis/settings.ts';

/** The configuration file nearest above the input, up to the root of the repository. */
export function findConfig(input: string | undefined): string | undefined {
  for (let folder = path.dirname(path.resolve(input ?? '.')); ; folder = path.dirname(folder)) {
    const file = path.join(folder, CONFIG_NAME);
    if (existsSync(file)) return file;
    if (existsSync(path.join(folder, '.git')) || path.dirname(folder) === folder) return undefined;
  }
}
