import type { Review } from '../analysis/review.ts';
import { applyBaseline, readBaseline, writeBaseline } from '../report/baseline.ts';
import { Failure } from './failure.ts';
import { readText } from './input.ts';

export const baselineText = (reviews: readonly Review[]): string => writeBaseline(reviews);

/** Reviews without the findings that a baseline file knows, how many those are, and what has been fixed since. */
export function applyBaselineFile(file: string, reviews: readonly Review[]): { reviews: Review[]; known: number; fixed: readonly string[] } {
  const baseline = readBaseline(readText(file));
  if ('error' in baseline) throw new Failure(`${file}: ${baseline.error}`);
  return applyBaseline(baseline, reviews);
}
