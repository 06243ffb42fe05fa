import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export const root = path.join(import.meta.dirname, '../..');
const bundle = path.join(root, 'dist/cli/mlarch.js');

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface RunOptions {
  readonly cwd?: string;
  readonly input?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs the bundle as it ships. */
export function mlarch(arguments_: readonly string[], { cwd = root, input, environment }: RunOptions = {}): Run {
  if (!existsSync(bundle)) throw new Error('dist/cli/mlarch.js is missing: npm run build');
  const result = spawnSync(process.execPath, [bundle, ...arguments_], { cwd, input, encoding: 'utf8', maxBuffer: 2 ** 28, env: { ...process.env, NO_COLOR: '', FORCE_COLOR: '', ...environment } });
  return { code: result.status, stdout: result.stdout, stderr: result.stderr };
}

/** A folder of its own with the given files. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'mlarch-test-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  }
  return folder;
}
