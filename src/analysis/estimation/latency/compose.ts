import { lowerGammaInverse, normalCdf, normalQuantile, upperGamma } from '../../statistics/special-functions.ts';
import { NO_TIME, type Latency } from './distribution.ts';

/**
 * One after the other. Cumulants of independent times add; percentiles are read from the law that has the same three.
 * Exact for exponential times of equal mean.
 */
export function series(stages: readonly Latency[]): Latency {
  const waited = stages.filter((stage) => stage.mean > 0);
  const [only] = waited;
  if (!only) return NO_TIME;
  if (waited.length === 1) return only;
  let [mean, variance, thirdCumulant] = [0, 0, 0];
  for (const stage of waited) {
    mean += stage.mean;
    variance += stage.variance;
    thirdCumulant += stage.thirdCumulant;
  }
  return withCumulants(mean, variance, thirdCumulant);
}

/** One after the other, where the slow moments of all coincide: percentiles add. The upper end of what a sum can be. */
export function together(stages: readonly Latency[]): Latency {
  const waited = stages.filter((stage) => stage.mean > 0);
  const [only] = waited;
  if (!only) return NO_TIME;
  if (waited.length === 1) return only;
  const quantile = (p: number): number => waited.reduce((sum, stage) => sum + stage.quantile(p), 0);
  return fromQuantile(quantile);
}

/** All at once, and all are waited for: the slowest counts. `copies` is how many equal calls each stands for. */
export function slowest(branches: readonly { readonly latency: Latency; readonly copies: number }[]): Latency {
  const [only] = branches;
  if (!only) return NO_TIME;
  if (branches.length === 1) return copied(only.latency, only.copies);
  const tail = (t: number): number => {
    let log = 0;
    for (const { latency, copies } of branches) log += copies * Math.log1p(-Math.min(latency.tail(t), 1 - 1e-15));
    return -Math.expm1(log);
  };
  const [low, high] = [0, Math.max(...branches.map(({ latency, copies }) => copied(latency, copies).quantile(1 - 1e-7)))];
  return fromQuantile((p) => inverse(tail, p, low, high));
}

/** The slowest of n equal and independent times: its p-quantile is their p^(1/n)-quantile. */
function copied(latency: Latency, copies: number): Latency {
  if (copies <= 1) return latency;
  return { ...fromQuantile((p) => latency.quantile(Math.exp(Math.log(p) / copies))), tail: (t) => -Math.expm1(copies * Math.log1p(-Math.min(latency.tail(t), 1 - 1e-15))) };
}

/** One of several, each for its share of the requests; shares that do not add up to one leave the rest without any time. */
export function oneOf(ways: readonly { readonly latency: Latency; readonly share: number }[]): Latency {
  const taken = ways.filter(({ share }) => share > 0);
  const total = taken.reduce((sum, { share }) => sum + share, 0);
  const rest = Math.max(0, 1 - total);
  const [only] = taken;
  if (!only) return NO_TIME;
  if (taken.length === 1 && rest < 1e-9) return only.latency;
  const tail = (t: number): number => taken.reduce((sum, { latency, share }) => sum + share * latency.tail(t), 0);
  const moments = [1, 2, 3].map((power) => taken.reduce((sum, { latency, share }) => sum + share * rawMoment(latency, power), 0));
  const [m1 = 0, m2 = 0, m3 = 0] = moments;
  const most = Math.max(...taken.map(({ latency }) => latency.quantile(1 - 1e-7)));
  return { mean: m1, variance: m2 - m1 ** 2, thirdCumulant: m3 - 3 * m1 * m2 + 2 * m1 ** 3, tail, quantile: (p) => (p <= rest ? 0 : inverse(tail, p, 0, most)) };
}

function rawMoment({ mean, variance, thirdCumulant }: Latency, power: number): number {
  if (power === 1) return mean;
  return power === 2 ? variance + mean ** 2 : thirdCumulant + 3 * mean * variance + mean ** 3;
}

/**
 * The law that has these three cumulants: normal where it is not skewed; a shifted gamma up to the skewness of an
 * exponential; beyond it, where tails are longer than exponential, a shifted log-normal.
 */
export function withCumulants(mean: number, variance: number, thirdCumulant: number): Latency {
  const moments = { mean, variance, thirdCumulant };
  const deviation = Math.sqrt(Math.max(0, variance));
  if (deviation < mean * 1e-6) return { ...moments, tail: (t) => (t < mean ? 1 : 0), quantile: () => mean };
  const skewness = thirdCumulant / deviation ** 3;
  if (skewness < 1e-3) return { ...moments, tail: (t) => 1 - normalCdf((t - mean) / deviation), quantile: (p) => Math.max(0, mean + deviation * normalQuantile(p)) };
  return { ...moments, ...(skewness <= EXPONENTIAL_SKEWNESS ? shiftedGamma(mean, deviation, skewness) : shiftedLogNormal(mean, deviation, skewness)) };
}

/** Sums of exponential times are gamma; rounding must not push them over. */
const EXPONENTIAL_SKEWNESS = 2.0001;

function shiftedGamma(mean: number, deviation: number, skewness: number): Pick<Latency, 'tail' | 'quantile'> {
  const shape = 4 / skewness ** 2;
  const scale = (deviation * skewness) / 2;
  const shift = mean - shape * scale;
  return {
    tail: (t) => (t <= shift ? 1 : upperGamma(shape, (t - shift) / scale)),
    quantile: (p) => Math.max(0, shift + scale * lowerGammaInverse(shape, p)),
  };
}

function shiftedLogNormal(mean: number, deviation: number, skewness: number): Pick<Latency, 'tail' | 'quantile'> {
  // The skewness of a log-normal law is (w + 2) √(w − 1) with w = exp(σ²); the cubic has one real root (Cardano).
  const half = 1 + skewness ** 2 / 2;
  const root = Math.cbrt(half + Math.sqrt(half ** 2 - 1));
  const w = root + 1 / root - 1;
  const sigma = Math.sqrt(Math.log(w));
  const scale = deviation / Math.sqrt(w * (w - 1));
  const shift = mean - scale * Math.sqrt(w);
  return {
    tail: (t) => (t <= shift ? 1 : 1 - normalCdf(Math.log((t - shift) / scale) / sigma)),
    quantile: (p) => Math.max(0, shift + scale * Math.exp(sigma * normalQuantile(p))),
  };
}

/** Points at which the moments of a distribution are taken that is known by its quantiles; more where they are far apart. */
const SCORES = Array.from({ length: 48 }, (_, index) => -4 + (index + 0.5) / 6);
const WEIGHTS = SCORES.map((z) => Math.exp(-z * z / 2));
const WEIGHT = WEIGHTS.reduce((sum, weight) => sum + weight, 0);
const PROBABILITIES = SCORES.map((z) => normalCdf(z));

/** A distribution known by its quantiles; its moments are computed when somebody asks for them. */
function fromQuantile(quantile: (p: number) => number): Latency {
  let known: { m1: number; m2: number; m3: number } | undefined;
  const moments = (): { m1: number; m2: number; m3: number } => (known ??= momentsOf(quantile));
  return {
    get mean() {
      return moments().m1;
    },
    get variance() {
      const { m1, m2 } = moments();
      return Math.max(0, m2 - m1 ** 2);
    },
    get thirdCumulant() {
      const { m1, m2, m3 } = moments();
      return m3 - 3 * m1 * m2 + 2 * m1 ** 3;
    },
    tail: (t) => 1 - inverseProbability(quantile, t),
    quantile,
  };
}

function momentsOf(quantile: (p: number) => number): { m1: number; m2: number; m3: number } {
  let [m1, m2, m3] = [0, 0, 0];
  PROBABILITIES.forEach((p, index) => {
    const [time, weight] = [quantile(p), (WEIGHTS[index] ?? 0) / WEIGHT];
    m1 += weight * time;
    m2 += weight * time ** 2;
    m3 += weight * time ** 3;
  });
  return { m1, m2, m3 };
}

/** The time at which a falling tail passes 1 − p, between two times. */
function inverse(tail: (t: number) => number, p: number, least: number, most: number): number {
  let [low, high] = [least, most];
  for (let step = 0; step < 50 && high - low > 1e-7 * high; step++) {
    const middle = (low + high) / 2;
    if (tail(middle) > 1 - p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The share of requests within `t`, where only quantiles are known. */
function inverseProbability(quantile: (p: number) => number, t: number): number {
  let [low, high] = [-8, 8];
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (quantile(normalCdf(middle)) < t) low = middle;
    else high = middle;
  }
  return normalCdf((low + high) / 2);
}
