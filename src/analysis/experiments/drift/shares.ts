import { answer, noAnswer, type Answer } from '../answer.ts';

/** Two histograms over the same bins, as shares that add up to 1. */
export interface Histograms {
  readonly reference: readonly number[];
  readonly window: readonly number[];
}

/**
 * Shares of two histograms of counts or shares over the same bins.
 *
 * @param pseudoCount Added to every bin first, so that none is empty; 0.5 after Jeffreys for counts.
 */
export function sharesOf(reference: readonly number[], window: readonly number[], pseudoCount = 0): Answer<Histograms> {
  if (reference.length !== window.length || reference.length < 2) return noAnswer('Two histograms have the same bins, two of them or more.');
  const [first, second] = [normalised(reference, pseudoCount), normalised(window, pseudoCount)];
  return first && second ? answer({ reference: first, window: second }) : noAnswer('A histogram has no negative bins, and something in one of them.');
}

function normalised(bins: readonly number[], pseudoCount: number): number[] | undefined {
  const total = bins.reduce((sum, bin) => sum + bin + pseudoCount, 0);
  return bins.every((bin) => bin >= 0) && total > 0 && Number.isFinite(total) ? bins.map((bin) => (bin + pseudoCount) / total) : undefined;
}
