import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { lookUpEvidence } from '../../src/cli/evidence.ts';
import type { LoweredProject } from '../../src/language/lowering/lower-project.ts';
import { loadFiles } from './load.ts';

const ROOT = 'examples';

/** Every .mlarch file below examples/, by its path from the root of the repository. */
export const EXAMPLES: Readonly<Record<string, string>> = Object.fromEntries(
  readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.mlarch'))
    .map((name) => path.posix.join(ROOT, name.split(path.sep).join('/')))
    .sort()
    .map((file) => [file, readFileSync(file, 'utf8')]),
);

/** The files that declare a system; the others are imported by them. */
export const SYSTEMS: readonly string[] = Object.keys(EXAMPLES).filter((file) => /^system\s/m.test(EXAMPLES[file] ?? ''));

/** Loads one example with what it imports, looking up the files that it names as evidence. */
export function loadExample(file: string): LoweredProject {
  return loadFiles({ [file]: EXAMPLES[file] ?? '', ...EXAMPLES }, { evidence: lookUpEvidence });
}
