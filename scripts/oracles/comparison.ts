import type { Oracle } from './programs.ts';

/** One figure or several, of one function at one point of its grid. */
export interface Case {
  /** The point, in words: `load 8, 10 servers`. */
  readonly at: string;
  /** An expression in the language of the oracle that gives a row of numbers. */
  readonly asked: string;
  readonly ours: readonly number[];
}

/** A function of ours beside one of another program. */
export interface Comparison {
  readonly name: string;
  readonly oracle: Oracle;
  /** Largest relative deviation that passes: what the other program promises, not what ours does. */
  readonly tolerance: number;
  readonly cases: readonly Case[];
}

export interface Deviation {
  readonly largest: number;
  readonly at: string;
}

/** Deviation relative to the larger of both, and absolute where both are smaller than any figure that is shown. */
const LEAST = 1e-12;

/** The largest deviation of a function; infinite where a figure is missing or no number. */
export function deviationOf({ cases }: Comparison, theirs: readonly (readonly number[])[]): Deviation {
  let found: Deviation = { largest: 0, at: cases[0]?.at ?? '' };
  for (const [index, { at, ours }] of cases.entries()) {
    const row = theirs[index] ?? [];
    for (const [position, value] of ours.entries()) {
      const other = row[position] ?? Number.NaN;
      const distance = row.length === ours.length && Number.isFinite(other) && Number.isFinite(value) ? Math.abs(value - other) / Math.max(Math.abs(value), Math.abs(other), LEAST) : Infinity;
      if (distance > found.largest) found = { largest: distance, at: `${at}: ours ${value}, theirs ${other}` };
    }
  }
  return found;
}
