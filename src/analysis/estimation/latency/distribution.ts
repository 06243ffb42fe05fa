import { normalCdf, normalQuantile } from '../../statistics/special-functions.ts';

/** Distribution of a time in seconds; what composition needs of it. A queueing station’s response has the same shape. */
export interface Latency {
  readonly mean: number;
  readonly variance: number;
  readonly thirdCumulant: number;
  /** Chance that it takes longer than `t` seconds. */
  readonly tail: (t: number) => number;
  /** The time that a share `p` (0 to 1) of the requests stays within. */
  readonly quantile: (p: number) => number;
}

/** Percentiles as they are declared, in seconds; any of them may be missing. */
export interface Percentiles {
  readonly p50?: number;
  readonly p95?: number;
  readonly p99?: number;
}

/**
 * Standard deviation of the logarithm of a latency of which only one percentile is known. p99 is then 2.5 times p50,
 * as in the middle of the load tests of the calibration data.
 */
export const USUAL_SPREAD = 0.4;

export const NO_TIME: Latency = { mean: 0, variance: 0, thirdCumulant: 0, tail: (t) => (t < 0 ? 1 : 0), quantile: () => 0 };

/** Whether it is a time at all. The mean would say so too, but to know the mean of a composed law takes all its quantiles. */
export const takesTime = (latency: Latency): boolean => latency !== NO_TIME;

/**
 * The distribution through declared percentiles: the logarithm of the time is linear in the normal score between
 * them and beyond. With one percentile or two it is log-normal. Undefined where none is known.
 */
export function throughPercentiles({ p50, p95, p99 }: Percentiles): Latency | undefined {
  const known = ([[0.5, p50], [0.95, p95], [0.99, p99]] as const).flatMap(([p, time]) => (time !== undefined && time > 0 ? [{ z: normalQuantile(p), log: Math.log(time) }] : []));
  const points = known.filter((point, index) => known.slice(0, index).every((before) => before.log <= point.log));
  const [first, second] = points;
  if (!first) return p50 === 0 || p95 === 0 || p99 === 0 ? NO_TIME : undefined;
  const line = second ? points : [first, { z: first.z + 1, log: first.log + USUAL_SPREAD }];
  const logAt = (z: number): number => {
    const segment = Math.max(1, line.findIndex((point) => z <= point.z) === -1 ? line.length - 1 : line.findIndex((point) => z <= point.z));
    const [from, to] = [line[segment - 1] ?? first, line[segment] ?? first];
    return from.log + ((to.log - from.log) * (z - from.z)) / (to.z - from.z);
  };
  const scoreAt = (log: number): number => {
    const index = line.findIndex((point) => log <= point.log);
    const segment = Math.max(1, index === -1 ? line.length - 1 : index);
    const [from, to] = [line[segment - 1] ?? first, line[segment] ?? first];
    return to.log === from.log ? (log < from.log ? -9 : 9) : from.z + ((to.z - from.z) * (log - from.log)) / (to.log - from.log);
  };
  return {
    ...momentsOf((z) => Math.exp(logAt(z))),
    tail: (t) => (t <= 0 ? 1 : 1 - normalCdf(scoreAt(Math.log(t)))),
    quantile: (p) => Math.exp(logAt(normalQuantile(p))),
  };
}

/** A time that is the same for every request. */
export const always = (seconds: number): Latency => (seconds === 0 ? NO_TIME : { mean: seconds, variance: 0, thirdCumulant: 0, tail: (t) => (t < seconds ? 1 : 0), quantile: () => seconds });

/** All times of a distribution multiplied by a factor above zero. */
export function stretched(latency: Latency, factor: number): Latency {
  if (!takesTime(latency)) return NO_TIME;
  return {
    mean: latency.mean * factor,
    variance: latency.variance * factor ** 2,
    thirdCumulant: latency.thirdCumulant * factor ** 3,
    tail: (t) => latency.tail(t / factor),
    quantile: (p) => latency.quantile(p) * factor,
  };
}

/** The same, where each quantile is worked out once: those that are asked for are few, and are asked for again. */
export function remembered(quantile: Latency['quantile']): Latency['quantile'] {
  const [asked, times]: [number[], number[]] = [[], []];
  return (p) => {
    const place = asked.indexOf(p);
    if (place !== -1) return times[place] as number;
    const time = quantile(p);
    asked.push(p);
    times.push(time);
    return time;
  };
}

/** Beyond these normal scores next to nothing is left; a wider range would let extrapolated tails rule the moments. */
const [LEAST_SCORE, MOST_SCORE, SCORES] = [-4, 4, 64];

/** Mean, variance and third cumulant by the midpoint rule over the normal score. */
function momentsOf(timeAt: (z: number) => number): Pick<Latency, 'mean' | 'variance' | 'thirdCumulant'> {
  const step = (MOST_SCORE - LEAST_SCORE) / SCORES;
  let [weights, first, second, third] = [0, 0, 0, 0];
  for (let index = 0; index < SCORES; index++) {
    const z = LEAST_SCORE + (index + 0.5) * step;
    const weight = Math.exp(-z * z / 2);
    const time = timeAt(z);
    weights += weight;
    first += weight * time;
    second += weight * time ** 2;
    third += weight * time ** 3;
  }
  const [m1, m2, m3] = [first / weights, second / weights, third / weights];
  return { mean: m1, variance: m2 - m1 ** 2, thirdCumulant: m3 - 3 * m1 * m2 + 2 * m1 ** 3 };
}
