import { answer, noAnswer, type Answer } from './answer.ts';
import { normalQuantile, normalUpperQuantile } from './distributions.ts';
import { after, chanceAbove, chanceBelow, START, type Running } from './stopping-probabilities.ts';
import { problemOfOptions, problemOfPower } from './two-proportions.ts';

/** What has been seen so far of two arms of equal size. */
export interface Observation {
  /** Units in each arm. */
  readonly n: number;
  /** Treatment minus control. */
  readonly difference: number;
  /** Variance of one pair: that of a unit of the control plus that of a unit of the treatment. */
  readonly variance: number;
  /** Variance τ² of the differences that are thought possible; the square of the one to detect is a good choice. */
  readonly mixingVariance: number;
}

export interface AlwaysValid {
  /** Logarithm of the mixture likelihood ratio Λ. */
  readonly logRatio: number;
  /** Of this observation alone; a sequence has the smallest p-value so far. */
  readonly p: number;
  /** The confidence sequence is the difference ± this, at all times together. */
  readonly halfWidth: number;
}

/**
 * The mixture sequential probability ratio test with normal mixing, which holds however often one looks: Johari, Koomen,
 * Pekelis and Walsh, "Peeking at A/B tests" (KDD 2017).
 */
export function alwaysValid({ n, difference, variance, mixingVariance }: Observation, alpha = 0.05): Answer<AlwaysValid> {
  const problem = problemOfOptions({ alpha }) ?? [['number of units', n], ['variance', variance], ['mixing variance', mixingVariance]].map(([name, value]) => (Number(value) > 0 && Number.isFinite(value) ? undefined : `The ${name} must be above 0; it is ${value}.`)).find((text) => text !== undefined);
  if (problem !== undefined || !Number.isFinite(difference)) return noAnswer(problem ?? `The difference must be a number; it is ${difference}.`);
  // In units of the variance, so that nothing overflows before the result does.
  const information = n * (mixingVariance / variance);
  const z = difference * Math.sqrt(n / variance);
  const logRatio = (z * z * (information / (1 + information)) - Math.log1p(information)) / 2;
  const halfWidth = Math.sqrt((variance / n) * (1 + 1 / information) * (Math.log1p(information) - 2 * Math.log(alpha)));
  return Number.isFinite(logRatio) && Number.isFinite(halfWidth) ? answer({ logRatio, p: Math.min(1, Math.exp(-logRatio)), halfWidth }) : noAnswer('The numbers are too large or too small to be written down.');
}

/** p-values of a sequence of observations: none is larger than the one before. */
export function alwaysValidPValues(observations: readonly Observation[]): Answer<number[]> {
  const results = observations.map((observation) => alwaysValid(observation));
  const failed = results.find(({ value }) => value === null);
  if (failed) return noAnswer(failed.reason ?? '');
  let smallest = 1;
  return answer(results.map(({ value }) => (smallest = Math.min(smallest, value?.p ?? 1))));
}

export interface AlwaysValidDesign {
  /** Where to give up, by the sample of a test with one look. */
  readonly inflation: number;
  /** Mean sample where the difference is the planned one and one gives up there, by that of a test with one look. */
  readonly expectedUnderAlternative: number;
  /** Chance to have found the planned difference with the sample of a test with one look. */
  readonly powerAtFixedSample: number;
}

/** Looks for each sample of a test with one look; more change the fourth digit. */
const LOOKS = 25;

/**
 * By so many standard deviations of a step is the boundary lowered, since what passes it between two looks is back before
 * the second: −ζ(½) / √2π, Siegmund, "Sequential Analysis" (1985).
 */
const BETWEEN_LOOKS = 0.5826;

/** So many samples of a test with one look are followed. */
const LONGEST = 12;

/**
 * What the test costs when it is looked at all the time, two-sided, by following the difference as a Brownian motion.
 *
 * @param mixing τ by the difference to detect; 1 is about the best.
 */
export function alwaysValidDesign({ alpha = 0.05, power = 0.8, mixing = 1 }: { readonly alpha?: number; readonly power?: number; readonly mixing?: number } = {}): Answer<AlwaysValidDesign> {
  const problem = problemOfOptions({ alpha }) ?? problemOfPower(power, alpha) ?? (mixing > 0 && Number.isFinite(mixing) ? undefined : `The mixing must be above 0; it is ${mixing}.`);
  if (problem !== undefined) return noAnswer(problem);
  const drift = normalUpperQuantile(alpha / 2) + normalQuantile(power);
  let running: Running = START;
  let [found, stopped, expected, powerAtFixedSample] = [0, 0, 0, 0];
  for (let look = 1; look <= LONGEST * LOOKS; look++) {
    const time = look / LOOKS;
    const information = time * (drift * mixing) ** 2;
    const boundary = Math.sqrt((1 + 1 / information) * (Math.log1p(information) - 2 * Math.log(alpha)));
    const upper = Math.max(0, boundary - BETWEEN_LOOKS / Math.sqrt(look));
    const above = chanceAbove(running, time, upper, drift);
    const goingOn = 1 - stopped;
    if (found + above >= power) {
      const part = (power - found) / above;
      const inflation = (look - 1 + part) / LOOKS;
      return answer({ inflation, expectedUnderAlternative: expected + (goingOn * part) / LOOKS, powerAtFixedSample: inflation <= 1 ? power : powerAtFixedSample });
    }
    found += above;
    expected += goingOn / LOOKS;
    stopped += above + chanceBelow(running, time, -upper, drift);
    if (look === LOOKS) powerAtFixedSample = found;
    running = after(running, { time, upper, lower: -upper }, drift);
  }
  return noAnswer(`The power is not reached with ${LONGEST} times the sample of a test with one look.`);
}
