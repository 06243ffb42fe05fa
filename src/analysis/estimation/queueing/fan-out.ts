import type { Latency } from '../latency/distribution.ts';
import { inverseTail } from './tail-inverse.ts';
import { respond, type Saturated, type Station } from './station.ts';

/** Hₙ = 1 + 1/2 + … + 1/n: the mean of the slowest of n exponential times with mean one. */
export function harmonic(n: number): number {
  let sum = 0;
  for (let k = Math.floor(n); k >= 1; k--) sum += 1 / k;
  return sum;
}

/** Abscissas and weights of Gauss and Legendre with ten points on −1 … 1; those of the other half mirror them. */
const POINTS = [[0.1488743389816312, 0.2955242247147529], [0.4333953941292472, 0.2692667193099964], [0.6794095682990244, 0.219086362515982], [0.8650633666889845, 0.1494513491505806], [0.9739065285171717, 0.0666713443086881]] as const;

/** Shares left at the borders of the pieces of the integral, from the fast end to the slow one. */
const LEFT = [1 - 1e-6, 0.999, 0.99, 0.9, 0.5, 0.1, 1e-2, 1e-3, 1e-4, 1e-6, 1e-8, 1e-10];

/**
 * Mean of the slowest of n independent and equal times, in seconds: ∫ 1 − (1 − P(T > t))ⁿ dt, within 1e-6 where the tail is smooth.
 * Its percentiles are those of `slowest` in latency/compose.ts.
 */
export function slowestMean(latency: Latency, n: number): number {
  const tail = (t: number): number => -Math.expm1(n * Math.log1p(-Math.min(latency.tail(t), 1 - 1e-16)));
  // P(T > t) at which so much of the slowest is left.
  return momentsOf(tail, LEFT.map((left) => latency.quantile(Math.exp(Math.log1p(-left) / n)))).mean;
}

export interface ForkJoin {
  /** Requests per second; each asks every leaf and waits for all. */
  readonly arrivalRate: number;
  /** Mean service time of a leaf in seconds, exponential; each leaf has a line of its own. */
  readonly serviceTime: number;
  readonly leaves: number;
}

/** Above this many leaves the formula was not compared with simulation by its authors. */
export const MOST_LEAVES = 32;

/**
 * Mean seconds until the last leaf has answered; undefined where the leaves do not keep up. The leaves see the same
 * arrivals, so they are slow together and the slowest is faster than that of independent leaves. Exact for one and two
 * leaves, within 5 % up to 32. Nelson and Tantawi, Approximate analysis of fork/join synchronization in parallel queues,
 * IEEE Transactions on Computers 37 (1988).
 */
export function forkJoinMean({ arrivalRate, serviceTime, leaves }: ForkJoin): number | undefined {
  const rho = arrivalRate * serviceTime;
  if (!(rho < 1) || !(leaves >= 1)) return undefined;
  const single = serviceTime / (1 - rho);
  if (leaves === 1) return single;
  const growth = harmonic(leaves) / harmonic(2);
  return (growth + (4 / 11) * (1 - growth) * rho) * ((12 - rho) / 8) * single;
}

/**
 * Busy share and chance to wait, hedges included, above which the estimate is none. Second attempts make the lines longer, and
 * longer lines more attempts second: in simulation (scripts/validate-queueing.ts) four servers that hedge at their p95 collapse
 * from a busy share of 0.5 on, ten between 0.6 and 0.7. Where few wait,
 * p99 is within a tenth; on one server the second attempt stands behind the first.
 */
export const MOST_HEDGED_UTILISATION = 0.7;
export const MOST_HEDGED_WAIT_PROBABILITY = 0.1;

export interface Hedged {
  readonly latency: Latency;
  /** Share of the requests that are sent twice, which the station gets on top. */
  readonly extraLoad: number;
}

/**
 * A request that has no answer after `delay` seconds is sent once more, to another replica; the first answer counts and the
 * other one is worked off all the same. P(T > t) = F(t) F(t − delay) for the tail F of one attempt, at the load that
 * includes the second attempts. Dean and Barroso, The tail at scale, Communications of the ACM 56 (2013).
 */
export function hedged(attempt: Latency, delay: number): Hedged {
  const tail = (t: number): number => (t < delay ? attempt.tail(t) : attempt.tail(t) * attempt.tail(t - delay));
  const extraLoad = attempt.tail(delay);
  const quantile = (p: number): number => (1 - p >= extraLoad ? attempt.quantile(p) : delay + inverseTail((t) => tail(delay + t), 1 - p, { time: attempt.mean, decay: attempt.mean }));
  const borders = [...LEFT.map((left) => quantile(1 - left)), delay].sort((a, b) => a - b);
  return { latency: { ...momentsOf(tail, borders), tail, quantile }, extraLoad };
}

/** A station whose requests are hedged at the `percentile` of an attempt; figures hold where `reliable` is true. */
export interface HedgedStation extends Hedged {
  readonly delay: number;
  /** Busy share with the second attempts. */
  readonly utilisation: number;
  readonly reliable: boolean;
}

/** @param percentile Share of the attempts that are answered before the second is sent, such as 0.95. */
export function hedgedStation(station: Station, percentile: number): HedgedStation | Saturated {
  const response = respond({ ...station, arrivalRate: station.arrivalRate * (2 - percentile) });
  if ('saturated' in response) return response;
  const delay = response.quantile(percentile);
  const { utilisation } = response;
  const reliable = station.servers > 1 && utilisation <= MOST_HEDGED_UTILISATION && response.waitProbability <= MOST_HEDGED_WAIT_PROBABILITY;
  return { ...hedged(response, delay), delay, utilisation, reliable };
}

/** Mean, variance and third cumulant of a tail that is smooth between the borders and next to nothing beyond them. */
function momentsOf(tail: (t: number) => number, borders: readonly number[]): Pick<Latency, 'mean' | 'variance' | 'thirdCumulant'> {
  let [first, second, third, from] = [0, 0, 0, 0];
  for (const to of borders) {
    const [middle, half] = [(from + to) / 2, (to - from) / 2];
    for (const [at, weight] of POINTS) {
      for (const t of [middle - half * at, middle + half * at]) {
        const share = half * weight * tail(t);
        first += share;
        second += 2 * t * share;
        third += 3 * t * t * share;
      }
    }
    from = to;
  }
  return { mean: first, variance: Math.max(0, second - first ** 2), thirdCumulant: third - 3 * first * second + 2 * first ** 3 };
}
