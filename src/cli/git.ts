import { spawnSync } from 'node:child_process';
import { Failure } from './failure.ts';
import { codeOf } from './input.ts';

const MAX_OUTPUT = 2 ** 30;

/** Runs git with these arguments, without a shell. A Failure says what git said. */
export function git(arguments_: readonly string[], input?: string): Buffer {
  const { status, stdout, stderr, error } = spawnSync('git', ['--no-optional-locks', ...arguments_], { maxBuffer: MAX_OUTPUT, windowsHide: true, ...(input !== undefined && { input }), env: { ...process.env, LC_ALL: 'C', GIT_PAGER: 'cat' } });
  if (error) throw new Failure(codeOf(error) === 'ENOENT' ? 'git is not installed, or not on the PATH: a revision cannot be read without it.' : `git cannot be run (${codeOf(error)}).`);
  if (status !== 0) throw new Failure(`git says: ${stderr.toString('utf8').trim() || `exit code ${status ?? ''}`}`);
  return stdout;
}

/** The same, or undefined where git refuses. */
export function gitIfAny(arguments_: readonly string[]): Buffer | undefined {
  try {
    return git(arguments_);
  } catch (error) {
    if (error instanceof Failure && error.message.startsWith('git says:')) return undefined;
    throw error;
  }
}

/** The folder of the working directory below the root of the repository: `` or `a/b/`. */
export function folderInRepository(): string {
  const prefix = gitIfAny(['rev-parse', '--show-prefix']);
  if (!prefix) throw new Failure(`${process.cwd()} is in no git repository (or git does not trust it), so there is no revision to read.`);
  return prefix.toString('utf8').replace(/\n$/, '');
}

/** The id of the tree of a revision. A Failure says what to do where there is none. */
export function treeOf(revision: string): string {
  // What begins with a dash would be taken for an option.
  const found = revision.startsWith('-') || revision === '' ? undefined : gitIfAny(['rev-parse', '--verify', '--quiet', `${revision}^{tree}`]);
  if (found) return found.toString('utf8').trim();
  // Where there is no repository, that is what is wrong.
  folderInRepository();
  const shallow = gitIfAny(['rev-parse', '--is-shallow-repository'])?.toString('utf8').trim() === 'true';
  throw new Failure(`${revision === '' ? 'Nothing' : revision} is no revision of this repository.${shallow ? ' The clone is shallow: fetch more of the history first, such as with git fetch --unshallow, or fetch-depth: 0 in a workflow.' : ''}`);
}

export interface TreeEntry {
  readonly id: string;
  readonly sort: 'file' | 'link' | 'folder' | 'submodule';
}

const SORTS: Readonly<Record<string, TreeEntry['sort']>> = { '120000': 'link', '040000': 'folder', '160000': 'submodule' };

/** Everything in a tree, by its path from the root. */
export function entriesOf(tree: string): ReadonlyMap<string, TreeEntry> {
  const lines = git(['ls-tree', '-r', '-t', '-z', '--full-tree', tree]).toString('utf8').split('\0');
  return new Map(lines.filter((line) => line !== '').map((line) => {
    const [mode = '', , id = ''] = line.slice(0, line.indexOf('\t')).split(' ');
    return [line.slice(line.indexOf('\t') + 1), { id, sort: SORTS[mode] ?? 'file' }];
  }));
}

/** The contents of blobs, in the order of their ids. One process reads them all; filters of the repository are not run. */
export function blobsOf(ids: readonly string[]): Buffer[] {
  if (ids.length === 0) return [];
  const output = git(['cat-file', '--batch'], `${ids.join('\n')}\n`);
  const contents: Buffer[] = [];
  let at = 0;
  for (const id of ids) {
    const end = output.indexOf(10, at);
    const size = Number(/^[0-9a-f]+ blob (\d+)$/.exec(output.subarray(at, end).toString('latin1'))?.[1] ?? Number.NaN);
    if (Number.isNaN(size)) throw new Failure(`git cannot give the contents of ${id}: ${output.subarray(at, end).toString('utf8')}`);
    contents.push(output.subarray(end + 1, end + 1 + size));
    at = end + 1 + size + 1;
  }
  return contents;
}
