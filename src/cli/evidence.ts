import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { headingsIn, isAddress, isMarkdown, MAX_DOCUMENT, pathOf } from '../language/evidence.ts';
import type { Evidence } from '../model/architecture.ts';

/** The folder that evidence may be looked for in: the repository that holds the file, or else the working directory or the file’s folder. */
export function workspaceOf(file: string): string {
  const own = path.dirname(path.resolve(file));
  for (let folder = own; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, '.git')) || existsSync(path.join(folder, 'mlarch.config.json'))) return folder;
    if (path.dirname(folder) === folder) break;
  }
  const cwd = process.cwd();
  return isInside(cwd, own) ? cwd : own;
}

/** Looks whether a path given as evidence exists. A URL, or a path outside the workspace, is never looked up. */
export function lookUpEvidence(file: string, target: string): Omit<Evidence, 'target'> {
  if (isAddress(target)) return { status: 'unchecked' };
  const workspace = workspaceOf(file);
  const full = path.resolve(path.dirname(path.resolve(file)), pathOf(target));
  if (!isInside(workspace, full)) return { status: 'unchecked' };
  if (!existsSync(full)) return { status: 'missing' };
  // A link must not lead out of the workspace either.
  if (!isInside(realpathSync(workspace), realpathSync(full))) return { status: 'unchecked' };
  return { status: 'found', headings: headingsOf(full) };
}

function headingsOf(file: string): string[] | undefined {
  if (!isMarkdown(file)) return undefined;
  try {
    const stat = statSync(file);
    if (!stat.isFile() || stat.size > MAX_DOCUMENT) return undefined;
    return headingsIn(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function isInside(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return relative === '' || (!relative.startsWith('..') && !path.isAbsolute(relative));
}
