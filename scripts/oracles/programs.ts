import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** A program that computes the same by other means, as it is called. */
export interface Oracle {
  readonly name: string;
  /** What to run; the file of the script is its last word. */
  readonly command: readonly [string, ...string[]];
  /** Debian packages that bring it. */
  readonly packages: string;
  /** A script that says what is missing, and ends with 0 where nothing is. */
  readonly probe: string;
}

export const OCTAVE: Oracle = {
  name: 'GNU Octave with the queueing package',
  command: ['octave-cli', '--norc', '--quiet'],
  packages: 'octave octave-queueing',
  probe: 'pkg load queueing\n',
};

export const R: Oracle = {
  name: 'R with pwr and rpact',
  command: ['Rscript', '--vanilla'],
  packages: 'r-base-core r-cran-pwr r-cran-rpact',
  probe: 'suppressMessages({ library(pwr); library(rpact) })\n',
};

/** Runs a script from a file: Octave defines no functions in what it reads from standard input. */
function run({ command: [program, ...words] }: Oracle, script: string): SpawnSyncReturns<string> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'mlarch-oracle-'));
  try {
    const file = path.join(folder, 'script');
    writeFileSync(file, script);
    return spawnSync(program, [...words, file], { encoding: 'utf8', maxBuffer: 2 ** 26 });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Why an oracle cannot be asked; undefined where it can. */
export function whyNot(oracle: Oracle): string | undefined {
  const [program] = oracle.command;
  const { error, status, stderr } = run(oracle, oracle.probe);
  if (error) return (error as NodeJS.ErrnoException).code === 'ENOENT' ? `${program} is not on the PATH` : error.message;
  return status === 0 ? undefined : `${program} says: ${stderr.trim().split('\n')[0] ?? ''}`;
}

/** Runs a script that writes one line of numbers for each case, and returns the lines. Throws where it fails. */
export function numbersFrom(oracle: Oracle, script: string): number[][] {
  const { error, status, stdout, stderr } = run(oracle, script);
  if (error || status !== 0) throw new Error(`${oracle.command[0]} failed: ${error?.message ?? stderr.trim()}`);
  return stdout.trim().split('\n').map((line) => line.trim().split(/\s+/).map(Number));
}
