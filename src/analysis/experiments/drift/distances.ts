import { answer, finiteAnswer, mapAnswer, noAnswer, type Answer } from '../answer.ts';
import { sharesOf, type Histograms } from './shares.ts';

/** Distances of a window from its reference. Histograms are counts or shares over the same bins; logarithms are natural. */

/** Population stability index Σ (q − p) ln (q / p): the Kullback-Leibler divergences of both directions together. */
export function populationStabilityIndex(reference: readonly number[], window: readonly number[], pseudoCount = 0): Answer {
  return overBins(sharesOf(reference, window, pseudoCount), (p, q) => (p === q ? 0 : (q - p) * Math.log(q / p)));
}

/** Kullback-Leibler divergence of the window from the reference, Σ q ln (q / p), in nats; unbounded, and not symmetric. */
export function kullbackLeibler(reference: readonly number[], window: readonly number[], pseudoCount = 0): Answer {
  return overBins(sharesOf(reference, window, pseudoCount), (p, q) => (q === 0 ? 0 : q * Math.log(q / p)));
}

/** Jensen-Shannon divergence in nats, at most ln 2: Lin, "Divergence measures based on the Shannon entropy" (1991). */
export function jensenShannon(reference: readonly number[], window: readonly number[]): Answer {
  const half = (share: number, other: number): number => (share === 0 ? 0 : (share * Math.log((2 * share) / (share + other))) / 2);
  return mapAnswer(overBins(sharesOf(reference, window), (p, q) => half(p, q) + half(q, p)), (sum) => Math.max(0, sum));
}

/** Jensen-Shannon distance to base 2, 0 to 1: the root of the divergence in bits, as SciPy and Evidently have it. */
export function jensenShannonDistance(reference: readonly number[], window: readonly number[]): Answer {
  return mapAnswer(jensenShannon(reference, window), (divergence) => Math.sqrt(divergence / Math.LN2));
}

/** Pearson's chi-squared of counts against the shares of the reference, which are taken as known. */
export function chiSquaredAgainst(reference: readonly number[], counts: readonly number[]): Answer {
  const rows = counts.reduce((sum, count) => sum + count, 0);
  return mapAnswer(overBins(sharesOf(reference, counts), (p, q) => (p === q ? 0 : (q - p) ** 2 / p)), (sum) => rows * sum);
}

/** Pearson's chi-squared of two samples of counts. */
export function chiSquaredOfTwo(reference: readonly number[], counts: readonly number[]): Answer {
  const [n, m] = [counts, reference].map((bins) => bins.reduce((sum, count) => sum + count, 0)) as [number, number];
  return overBins(sharesOf(reference, counts), (p, q) => (p === q ? 0 : (n * m * (q - p) ** 2) / (n * q + m * p)));
}

function overBins(histograms: Answer<Histograms>, term: (p: number, q: number) => number): Answer {
  if (histograms.value === null) return noAnswer(histograms.reason ?? '');
  const { reference, window } = histograms.value;
  return finiteAnswer(reference.reduce((sum, p, bin) => sum + term(p, window[bin] ?? 0), 0), 'A bin is empty on one side, so the divergence is infinite: merge bins, or add a pseudo-count.');
}

/** Largest distance of the empirical distribution functions of two samples of values, 0 to 1 (Kolmogorov-Smirnov). */
export function kolmogorovSmirnov(reference: readonly number[], window: readonly number[]): Answer {
  const steps = stepsOf(reference, window);
  return steps ? answer(steps.reduce((largest, { gap }) => Math.max(largest, gap), 0)) : noAnswer(NO_SAMPLE);
}

/**
 * Wasserstein-1 distance of two samples of values, by the standard deviation of the reference: in how many of them a
 * value has moved on average.
 */
export function wassersteinNormed(reference: readonly number[], window: readonly number[]): Answer {
  const steps = stepsOf(reference, window);
  if (!steps) return noAnswer(NO_SAMPLE);
  const mean = reference.reduce((sum, value) => sum + value / reference.length, 0);
  const deviation = Math.sqrt(reference.reduce((sum, value) => sum + (value - mean) ** 2 / reference.length, 0));
  if (deviation === 0) return noAnswer('The reference has one value only, so there is no standard deviation to measure by.');
  return finiteAnswer(steps.reduce((sum, { gap, width }) => sum + (gap * width) / deviation, 0));
}

const NO_SAMPLE = 'Both samples must have values, and all of them must be numbers.';

/** Between two values next to each other: how far the distribution functions are apart, and how far the values. */
interface Step {
  readonly gap: number;
  readonly width: number;
}

function stepsOf(reference: readonly number[], window: readonly number[]): Step[] | undefined {
  const usable = [reference, window].every((values) => values.length > 0 && values.every((value) => Number.isFinite(value)));
  if (!usable) return undefined;
  const values = [...reference.map((value) => ({ value, rise: 1 / reference.length })), ...window.map((value) => ({ value, rise: -1 / window.length }))].sort((a, b) => a.value - b.value);
  const steps: Step[] = [];
  let difference = 0;
  for (const [index, { value, rise }] of values.entries()) {
    difference += rise;
    const next = values[index + 1];
    // Among equal values the functions have not risen fully.
    if (next && next.value > value) steps.push({ gap: Math.abs(difference), width: next.value - value });
  }
  return steps.length > 0 ? steps : [{ gap: 0, width: 0 }];
}
