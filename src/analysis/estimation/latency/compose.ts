import { lowerGammaInverse, normalCdf, normalQuantile, upperGamma } from '../../statistics/special-functions.ts';
import { NO_TIME, remembered, takesTime, type Latency } from './distribution.ts';

/**
 * One after the other. Cumulants of independent times add; percentiles are read from the law that has the same three.
 * Exact for exponential times of equal mean.
 */
export function series(stages: readonly Latency[]): Latency {
  const waited = stages.filter(takesTime);
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
  const waited = stages.filter(takesTime);
  const [only] = waited;
  if (!only) return NO_TIME;
  if (waited.length === 1) return only;
  const quantile = (p: number): number => waited.reduce((sum, stage) => sum + stage.quantile(p), 0);
  return fromQuantile(quantile);
}

interface Branch {
  readonly latency: Latency;
  /** Equal calls that it stands for. */
  readonly copies: number;
}

/** All at once, and all are waited for: the slowest counts. */
export function slowest(branches: readonly Branch[]): Latency {
  const waited = branches.filter(({ latency }) => takesTime(latency));
  const [first, ...others] = waited;
  if (!first) return NO_TIME;
  if (others.length === 0) return copied(first.latency, first.copies);
  const longest = waited.reduce((a, b) => (b.latency.mean > a.latency.mean ? b : a));
  const soon = copied(longest.latency, longest.copies).quantile(0.1);
  // Those that are back before the longest hardly ever is do not matter.
  const counting = waited.filter((branch) => branch === longest || branch.copies * branch.latency.tail(soon) > NEGLIGIBLE);
  if (counting.length === 1) return copied(longest.latency, longest.copies);
  counting.sort((a, b) => b.latency.mean - a.latency.mean);
  return fromTail((t) => {
    let log = 0;
    for (const { latency, copies } of counting) {
      log += copies * Math.log1p(-Math.min(latency.tail(t), 1 - 1e-15));
      if (log < SURE) return 1;
    }
    return -Math.expm1(log);
  }, Math.max(...counting.map(({ latency }) => latency.mean - NEAR * deviationOf(latency))), Math.max(...counting.map(({ latency, copies }) => latency.mean + (FAR + Math.log(copies)) * deviationOf(latency))));
}

const deviationOf = ({ variance }: Latency): number => Math.sqrt(Math.max(0, variance));

/** The logarithm of a chance so small that the other branches need not be looked at. */
const SURE = -30;

const NEGLIGIBLE = 1e-4;

/** Standard deviations below the mean that next to no time lies under, and above it that too few lie beyond to count in a mean. */
const [NEAR, FAR] = [4, 10];

/** The slowest of n equal and independent times: its p-quantile is their p^(1/n)-quantile. */
function copied(latency: Latency, copies: number): Latency {
  if (copies <= 1) return latency;
  return fromQuantile((p) => latency.quantile(Math.exp(Math.log(p) / copies)), (t) => -Math.expm1(copies * Math.log1p(-Math.min(latency.tail(t), 1 - 1e-15))));
}

/** One of several, each for its share of the requests; shares that do not add up to one leave the rest without any time. */
export function oneOf(ways: readonly { readonly latency: Latency; readonly share: number }[]): Latency {
  const taken = ways.filter(({ latency, share }) => share > 0 && takesTime(latency));
  const total = taken.reduce((sum, { share }) => sum + share, 0);
  const rest = Math.max(0, 1 - total);
  const [only] = taken;
  if (!only) return NO_TIME;
  if (taken.length === 1 && rest < 1e-9) return only.latency;
  const tail = (t: number): number => taken.reduce((sum, { latency, share }) => sum + share * latency.tail(t), 0);
  const moments = [1, 2, 3].map((power) => taken.reduce((sum, { latency, share }) => sum + share * rawMoment(latency, power), 0));
  const [m1 = 0, m2 = 0, m3 = 0] = moments;
  const variance = m2 - m1 ** 2;
  const most = m1 + FAR * Math.sqrt(Math.max(0, variance));
  return { mean: m1, variance, thirdCumulant: m3 - 3 * m1 * m2 + 2 * m1 ** 3, tail, quantile: remembered((p) => (p <= rest ? 0 : inverse(tail, p, 0, most))) };
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

/** Nodes and weights between 0 and 1 of the rule of Gauss and Legendre with 16 points. */
const GAUSS = ([[0.0950125098376374, 0.1894506104550685], [0.2816035507792589, 0.1826034150449236], [0.4580167776572274, 0.1691565193950025], [0.6178762444026438, 0.1495959888165767], [0.755404408355003, 0.1246289712555339], [0.8656312023878318, 0.0951585116824928], [0.9445750230732326, 0.0622535239386479], [0.9894009349916499, 0.0271524594117541]] as const).flatMap(([x, weight]) => [{ node: (1 - x) / 2, weight: weight / 2 }, { node: (1 + x) / 2, weight: weight / 2 }]);

/** A distribution known by its tail between two times outside of which next to nothing lies. */
function fromTail(tail: (t: number) => number, least: number, most: number): Latency {
  const start = Math.max(0, least);
  let [mean, second, third] = [start, start ** 2, start ** 3];
  // E[Tⁿ] = n ∫ tⁿ⁻¹ P(T > t) dt, with t = start + (most − start) · u².
  for (const { node, weight: share } of GAUSS) {
    const t = start + (most - start) * node * node;
    const weight = tail(t) * (most - start) * 2 * node * share;
    mean += weight;
    second += 2 * t * weight;
    third += 3 * t * t * weight;
  }
  return { mean, variance: Math.max(0, second - mean ** 2), thirdCumulant: third - 3 * mean * second + 2 * mean ** 3, tail, quantile: remembered((p) => inverse(tail, p, 0, most)) };
}

/** Normal scores at which the moments of a distribution are taken that is known by its quantiles. */
const SCORES = Array.from({ length: 24 }, (_, index) => -4 + (index + 0.5) / 3);
const WEIGHTS = SCORES.map((z) => Math.exp((-z * z) / 2));
const WEIGHT = WEIGHTS.reduce((sum, weight) => sum + weight, 0);
const PROBABILITIES = SCORES.map((z) => normalCdf(z));

/** A distribution known by its quantiles; its moments are computed when somebody asks for them. */
function fromQuantile(exact: (p: number) => number, tail?: (t: number) => number): Latency {
  const quantile = remembered(exact);
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
    tail: tail ?? tailOf(quantile),
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

/** The time at which a falling tail passes 1 − p, between two times: by the logarithm of the tail, which is nearly a line. */
function inverse(tail: (t: number) => number, p: number, least: number, most: number): number {
  const target = Math.log1p(-p);
  const miss = (t: number): number => Math.log(Math.max(tail(t), 1e-300)) - target;
  let [low, missLow, high, missHigh] = [least, -target, most, miss(most)];
  while (missHigh > 0 && high < Number.MAX_VALUE / 4) {
    [low, missLow] = [high, missHigh];
    high *= 2;
    missHigh = miss(high);
  }
  for (let step = 0; step < 60 && high - low > 1e-8 * high; step++) {
    const line = low + ((high - low) * missLow) / (missLow - missHigh);
    const between = step % 3 === 2 || !(line > low && line < high) ? (low + high) / 2 : line;
    const missed = miss(between);
    if (Math.abs(missed) < 1e-9) return between;
    if (missed > 0) [low, missLow] = [between, missed];
    else [high, missHigh] = [between, missed];
  }
  return (low + high) / 2;
}

/** Normal scores at which a law that is known by its quantiles is tabulated for its tail. */
const GRID = Array.from({ length: 41 }, (_, index) => -4 + index / 4);
const GRID_SHARES = GRID.map(normalCdf);

/**
 * The tail of a law that is known by its quantiles, from a table that is made once: a search for each time would itself be
 * searched through by the next composition, and a way over several caches would take minutes.
 */
function tailOf(quantile: (p: number) => number): (t: number) => number {
  let table: readonly number[] | undefined;
  return (t) => {
    const times = (table ??= GRID_SHARES.map(quantile));
    // The last point that is not beyond `t`: what takes a fixed time has many points at the same place.
    const next = times.findIndex((time) => time > t);
    if (next === 0) return 1;
    if (next === -1) return t > (times.at(-1) ?? 0) * BEYOND ? 0 : 1 - (GRID_SHARES.at(-1) ?? 1);
    const [low, high] = [times[next - 1] as number, times[next] as number];
    const part = low > 0 ? Math.log(t / low) / Math.log(high / low) : (t - low) / (high - low);
    return 1 - normalCdf((GRID[next - 1] as number) + part * 0.25);
  };
}

/** Times beyond the last point of a table for which something is still left. */
const BEYOND = 1.5;
