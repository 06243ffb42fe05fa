import { finiteAnswer, noAnswer, answer, type Answer } from './answer.ts';
import { normalQuantile, normalUpperQuantile } from './distributions.ts';
import { problemOfOptions, problemOfPower, problemOfShare } from './two-proportions.ts';

/**
 * Share of the sample that is still needed when the metric is adjusted for a covariate from before the experiment: 1 − r².
 * CUPED; Deng, Xu, Kohavi and Walker, "Improving the sensitivity of online controlled experiments" (WSDM 2013).
 *
 * @param correlation Of the covariate with the metric, between −1 and 1, both excluded.
 */
export function varianceReduction(correlation: number): Answer {
  return Math.abs(correlation) < 1 ? answer(1 - correlation ** 2) : noAnswer(`The correlation of the covariate must lie between -1 and 1, both excluded; it is ${correlation}.`);
}

/**
 * Factor of the sample when whole clusters are assigned to an arm (regions, accounts; requests of a user): 1 + (m − 1) ICC.
 * Kish, "Survey Sampling" (1965).
 *
 * @param size Mean number of units in a cluster, at least 1.
 * @param correlation Of two units of a cluster (ICC), 0 to 1.
 */
export function designEffect(size: number, correlation: number): Answer {
  if (!(size >= 1 && Number.isFinite(size))) return noAnswer(`A cluster has at least one unit; its size is ${size}.`);
  return correlation >= 0 && correlation <= 1 ? finiteAnswer(1 + (size - 1) * correlation) : noAnswer(`The correlation inside a cluster must lie between 0 and 1; it is ${correlation}.`);
}

/** Units in all arms of a split of 1 to `ratio`, by those of two equal arms: (1 + r)² / 4r, whatever the shares that are compared. */
export const splitFactor = (ratio: number): number => (1 + ratio) ** 2 / (4 * ratio);

export interface RatioMetric {
  readonly numeratorMean: number;
  readonly denominatorMean: number;
  readonly numeratorVariance: number;
  readonly denominatorVariance: number;
  readonly covariance: number;
}

/**
 * Variance of one unit of a ratio of two means, such as clicks per view where users are assigned, by the delta method:
 * Deng, Knoblich and Lu, "Applying the delta method in metric analytics" (KDD 2018). Its root is the `sd` of a test of means.
 */
export function ratioMetricVariance({ numeratorMean, denominatorMean, numeratorVariance, denominatorVariance, covariance }: RatioMetric): Answer {
  if (denominatorMean === 0) return noAnswer('The mean of the denominator is 0.');
  const ratio = numeratorMean / denominatorMean;
  const variance = (numeratorVariance - 2 * ratio * covariance + ratio ** 2 * denominatorVariance) / denominatorMean ** 2;
  return variance >= 0 ? finiteAnswer(variance) : noAnswer('The covariance is larger than the variances allow.');
}

export interface Guardrail {
  readonly name?: string;
  /** Share in the control arm. */
  readonly baseline: number;
  /** Share in the treatment arm if nothing is harmed; the baseline unless said otherwise. */
  readonly target?: number;
  /** Largest loss that would be accepted, as a difference of shares above 0. */
  readonly margin: number;
}

export interface GuardrailTest extends Guardrail {
  readonly alpha?: number;
  readonly power?: number;
  readonly ratio?: number;
}

/**
 * Units in the control arm, not rounded, that show that a guardrail is not worse by more than the margin: a one-sided
 * test of non-inferiority, (z₁₋α + z₁₋β)² (p₁q₁ + p₂q₂ / r) / (margin − loss)².
 */
export function guardrailSampleSize({ baseline, target = baseline, margin, alpha = 0.05, power = 0.8, ratio = 1 }: GuardrailTest): Answer {
  const problem = problemOfShare('baseline', baseline) ?? problemOfShare('target', target) ?? problemOfOptions({ alpha, ratio }) ?? problemOfPower(power, alpha);
  if (problem !== undefined) return noAnswer(problem);
  if (!(margin > 0 && margin < 1)) return noAnswer(`The margin must lie between 0 and 1; it is ${margin}.`);
  const room = margin - Math.abs(baseline - target);
  if (!(room > 0)) return noAnswer('The expected loss is as large as the margin.');
  const variance = baseline * (1 - baseline) + (target * (1 - target)) / ratio;
  return finiteAnswer(variance * ((normalUpperQuantile(alpha) + normalQuantile(power)) / room) ** 2);
}
