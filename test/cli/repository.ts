import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { folderWith } from './run.ts';

/** A git repository in a folder of its own, untouched by the configuration of whoever runs the tests. */
export interface Repository {
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  git(...arguments_: string[]): string;
  /** Writes the files and commits everything, on a day. The id of the commit. */
  commit(message: string, files: Readonly<Record<string, string>>, day?: string): string;
}

export function repository(): Repository {
  const folder = folderWith();
  const environment = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', GIT_CEILING_DIRECTORIES: path.dirname(folder) };
  const git = (arguments_: readonly string[], more: Readonly<Record<string, string>> = {}): string => {
    const { status, stdout, stderr } = spawnSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.org', ...arguments_], { cwd: folder, encoding: 'utf8', env: { ...process.env, ...environment, ...more } });
    if (status !== 0) throw new Error(stderr);
    return stdout;
  };
  git(['init', '-q', '-b', 'main']);
  return {
    folder,
    environment,
    git: (...arguments_) => git(arguments_),
    commit: (message, files, day = '2026-03-01') => {
      for (const [name, content] of Object.entries(files)) {
        mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
        writeFileSync(path.join(folder, name), content);
      }
      git(['add', '-A']);
      git(['commit', '-q', '--allow-empty', '-m', message], { GIT_COMMITTER_DATE: `${day}T12:00:00Z`, GIT_AUTHOR_DATE: `${day}T12:00:00Z` });
      return git(['rev-parse', 'HEAD']).trim();
    },
  };
}
