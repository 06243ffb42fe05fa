import { statSync } from 'node:fs';
import path from 'node:path';
import { Failure } from './failure.ts';
import { folderInRepository, git, gitIfAny } from './git.ts';

/** A commit that touched what is followed. */
export interface Commit {
  readonly id: string;
  /** `2026-11-21`, by the clock of who committed. */
  readonly date: string;
  readonly subject: string;
  /** Where it lay then, from the root of the repository; a folder has one place. */
  readonly file: string;
}

const LOG = ['log', '--no-color', '--no-notes', '--no-show-signature', '--no-ext-diff', '--no-textconv', '--format=%x01%H%x1f%cs%x1f%s'] as const;

/**
 * The last commits that touched a file, under whatever name it had, or the .mlarch files of a folder; oldest first. Where HEAD
 * holds something else than the newest of them, since a merge made it, HEAD comes last.
 */
export function historyOf(target: string, last: number): Commit[] {
  const file = path.posix.join(folderInRepository(), target.replaceAll('\\', '/')).replace(/\/$/, '');
  if (path.isAbsolute(target) || file.startsWith('..')) throw new Failure(`${target}: name it by a path from the working directory, within its repository.`);
  const inRoot = ['-C', git(['rev-parse', '--show-toplevel']).toString('utf8').replace(/\n$/, '')];
  if (!gitIfAny(['rev-parse', '--verify', '--quiet', 'HEAD'])) throw new Failure('The repository has no commit yet, so there is no history to follow.');
  const isFolder = statSync(target, { throwIfNoEntry: false })?.isDirectory() === true;
  const inFolder = `${file === '.' ? '' : `${file.replaceAll(/[*?[\]\\]/g, '\\$&')}/`}**/*.mlarch`;
  const newestFirst = isFolder
    ? parse(git([...inRoot, '--glob-pathspecs', ...LOG, '-n', String(last), 'HEAD', '--', inFolder]), file)
    : parse(git([...inRoot, '--literal-pathspecs', ...LOG, '-z', '--follow', '--diff-filter=d', '--name-only', '-n', String(last), 'HEAD', '--', file]), file);
  const [newest] = newestFirst;
  if (!newest) throw new Failure(`${target}: no commit of the history holds it. Commit it first, or name a file that is committed.`);
  const [atHead] = parse(git([...LOG, '-1', 'HEAD']), file);
  const isLatest = isFolder || !atHead || objectAt('HEAD', file) === undefined || objectAt('HEAD', file) === objectAt(newest.id, newest.file);
  return [...[...newestFirst].reverse(), ...(isLatest ? [] : [atHead])].slice(-last);
}

export const isShallow = (): boolean => gitIfAny(['rev-parse', '--is-shallow-repository'])?.toString('utf8').trim() === 'true';

const objectAt = (revision: string, file: string): string | undefined => gitIfAny(['rev-parse', '--verify', '--quiet', `${revision}:${file}`])?.toString('utf8').trim();

/** Commits with the name of the file, where the log tells it. What a subject may hold does not matter: an entry begins with the id of a commit. */
function parse(output: Buffer, file: string): Commit[] {
  return output.toString('utf8').split('\u0001').flatMap((entry): Commit[] => {
    const [head = '', ...names] = entry.split(/\0+\n?|\n+/).filter((part) => part !== '');
    const [id = '', date = '', subject = ''] = head.split('\u001f');
    return /^[0-9a-f]{40,64}$/.test(id) ? [{ id, date, subject, file: names.at(-1) ?? file }] : [];
  });
}
