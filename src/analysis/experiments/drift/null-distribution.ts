import { answer, finiteAnswer, noAnswer, type Answer } from '../answer.ts';
import { chiSquaredTail, chiSquaredUpperQuantile, kolmogorovTail, kolmogorovUpperQuantile } from '../distributions.ts';

/** Sizes of what is compared. */
export interface Sizes {
  /** Rows in the window. */
  readonly rows: number;
  /** Rows in the reference; infinite where its distribution is known. */
  readonly reference: number;
}

/** 1/n + 1/m: what chance adds to every divergence. */
export const noiseOf = ({ rows, reference }: Sizes): number => 1 / rows + 1 / reference;

/**
 * What a statistic does while nothing changes. PSI follows (1/n + 1/m) χ² with one degree of freedom less than bins:
 * Yurdakul and Naranjo, "Statistical properties of the population stability index" (Journal of Risk Model Validation,
 * 2020). The Kullback-Leibler divergence follows half of that.
 */
export interface NullDistribution {
  readonly mean: number;
  /** The value that chance exceeds with a probability. */
  readonly exceededWith: (probability: number) => number;
  /** Chance to exceed a value. */
  readonly chanceAbove: (value: number) => number;
}

/** PSI without drift; `factor` ½ makes it the Kullback-Leibler divergence. */
export function psiUnderNull(bins: number, sizes: Sizes, factor = 1): Answer<NullDistribution> {
  const problem = problemOfSizes(sizes) ?? problemOfBins(bins);
  if (problem !== undefined) return noAnswer(problem);
  const [noise, df] = [factor * noiseOf(sizes), bins - 1];
  return answer({ mean: noise * df, exceededWith: (probability) => noise * chiSquaredUpperQuantile(probability, df), chanceAbove: (value) => chiSquaredTail(value / noise, df) });
}

/** Pearson's chi-squared statistic without drift. */
export function chiSquaredUnderNull(bins: number): Answer<NullDistribution> {
  const problem = problemOfBins(bins);
  if (problem !== undefined) return noAnswer(problem);
  return answer({ mean: bins - 1, exceededWith: (probability) => chiSquaredUpperQuantile(probability, bins - 1), chanceAbove: (value) => chiSquaredTail(value, bins - 1) });
}

/** Mean of the Kolmogorov distribution. */
const KOLMOGOROV_MEAN = Math.sqrt(Math.PI / 2) * Math.LN2;

/** The Kolmogorov-Smirnov distance of two samples without drift, in large samples: 1.358 √(1/n + 1/m) at 5 %. */
export function kolmogorovSmirnovUnderNull(sizes: Sizes): Answer<NullDistribution> {
  const problem = problemOfSizes(sizes);
  if (problem !== undefined) return noAnswer(problem);
  const noise = Math.sqrt(noiseOf(sizes));
  return answer({ mean: KOLMOGOROV_MEAN * noise, exceededWith: (probability) => Math.min(1, noise * kolmogorovUpperQuantile(probability)), chanceAbove: (value) => (value >= 1 ? 0 : kolmogorovTail(value / noise)) });
}

/**
 * Rows that the window needs, not rounded, so that chance alone stays below a PSI with a probability of 95 %.
 *
 * @param reference Rows of the reference; as many as the window has where left out.
 * @param factor ½ for the Kullback-Leibler divergence.
 */
export function rowsForThreshold({ bins, threshold, reference, factor = 1, level = 0.05 }: { readonly bins: number; readonly threshold: number; readonly reference?: number; readonly factor?: number; readonly level?: number }): Answer {
  const problem = problemOfBins(bins) ?? (threshold > 0 ? undefined : `The threshold must be above 0; it is ${threshold}.`);
  if (problem !== undefined) return noAnswer(problem);
  const noise = threshold / (factor * chiSquaredUpperQuantile(level, bins - 1));
  if (reference === undefined) return finiteAnswer(2 / noise);
  const left = noise - 1 / reference;
  return left > 0 ? finiteAnswer(1 / left) : noAnswer(`With ${reference} rows in the reference chance alone passes the threshold, however many the window has.`);
}

export function problemOfSizes({ rows, reference }: Sizes): string | undefined {
  if (!(rows >= 1 && Number.isFinite(rows))) return `A window has one row or more; it has ${rows}.`;
  return reference >= 1 ? undefined : `A reference has one row or more; it has ${reference}.`;
}

/** Nobody has a histogram with more. */
const MOST_BINS = 10_000;

export const problemOfBins = (bins: number): string | undefined => (Number.isInteger(bins) && bins >= 2 && bins <= MOST_BINS ? undefined : `There must be two bins or more, and at most ${MOST_BINS}; there are ${bins}.`);
