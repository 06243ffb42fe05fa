import { createHash } from 'node:crypto';
import type { Provenance } from '../report/review-report/subject.ts';
import { Failure } from './failure.ts';
import { gitIfAny } from './git.ts';
import type { Input } from './input.ts';
import { version } from './version.ts';

/** What a report was made from: the files with a digest over their texts, and the last commit that touched them, where there is one. */
export function provenanceOf(files: readonly Input[]): Provenance {
  const hash = createHash('sha256');
  for (const { text } of files) hash.update(`${text.length}\n${text}`);
  const names = files.map(({ file }) => file);
  const commit = commitOf(names);
  return { version, ...(commit !== undefined && { commit }), digest: hash.digest('hex'), files: names };
}

function commitOf(files: readonly string[]): string | undefined {
  try {
    const commit = gitIfAny(['log', '-1', '--format=%h', '--', ...files])?.toString('utf8').trim();
    if (commit === undefined || commit === '') return undefined;
    const changed = gitIfAny(['status', '--porcelain', '--', ...files])?.toString('utf8').trim() !== '';
    return changed ? `${commit} with changes since` : commit;
  } catch (error) {
    // A machine without git still writes reports.
    if (error instanceof Failure) return undefined;
    throw error;
  }
}
