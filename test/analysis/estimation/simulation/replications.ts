import { expect } from 'vitest';

export interface Estimated {
  readonly mean: number;
  /** Standard error of the mean, from independent runs. */
  readonly error: number;
}

/** Runs with seeds of their own; what is wanted of each is averaged. */
export function replications<T extends string>(runs: number, run: (seed: number) => Readonly<Record<T, number>>): Readonly<Record<T, Estimated>> {
  const results = Array.from({ length: runs }, (_, index) => run(index + 1));
  const names = Object.keys(results[0]!) as T[];
  const estimates = names.map((name) => {
    const values = results.map((result) => result[name]);
    const mean = values.reduce((sum, value) => sum + value, 0) / runs;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (runs - 1);
    return [name, { mean, error: Math.sqrt(variance / runs) }] as const;
  });
  return Object.fromEntries(estimates) as Record<T, Estimated>;
}

/** Six standard errors, since those of few runs are rough, and what the formula itself may be off, as a share. */
export function expectWithin(found: number, { mean, error }: Estimated, allowed = 0): void {
  const off = Math.abs(found - mean);
  expect(off, `${found} against ${mean} ± ${error}`).toBeLessThanOrEqual(6 * error + allowed * mean);
}
