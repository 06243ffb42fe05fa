import type { Latency } from '../latency/distribution.ts';
import { lowerGamma, lowerGammaInverse } from '../../statistics/special-functions.ts';

/** Some of the requests: a wait that is uniform between `from` and `from + width`, and then a service of a constant time or about that. */
export interface Piece {
  readonly weight: number;
  readonly from: number;
  readonly width: number;
  readonly service: number;
}

/** Points of the grid on which the law is held, and of the coarser one on which services that vary are added. */
const POINTS = 2048;
const COARSE = 256;

/**
 * The law of a mixture on a grid from its least time on; what has no width at the least time is kept apart.
 *
 * @param mean The exact mean, which the moments take in place of that of the grid.
 * @param serviceScv Variance of the service times over their squared mean.
 */
export function mixtureOf(pieces: readonly Piece[], mean: number, serviceScv: number): Latency {
  let [total, service, least, most] = [0, 0, Infinity, 0];
  for (const piece of pieces) {
    total += piece.weight;
    service += piece.weight * piece.service;
    least = Math.min(least, piece.from + piece.service);
    most = Math.max(most, piece.from + piece.width + piece.service);
  }
  const step = (most - least) / (POINTS - 2) || least;
  const law = gridOf(pieces, total, least, step);
  if (!(serviceScv > 0)) return withMean(law, mean);
  const latency = withMean(varied(law, service / total, serviceScv), mean);
  // Where services differ by orders of magnitude the grid is too coarse for the short ones; nobody is done before being served.
  const served = pieces.reduce((shortest, piece) => Math.min(shortest, piece.service), Infinity);
  return { ...latency, quantile: (p) => Math.max(latency.quantile(p), served * serviceScv * lowerGammaInverse(1 / serviceScv, p)) };
}

/** `below[i]`: share of the requests within least + i · step, and linear between. */
interface Grid {
  readonly least: number;
  readonly step: number;
  readonly below: Float64Array;
}

function gridOf(pieces: readonly Piece[], total: number, least: number, step: number): Grid {
  // What is added at a point once, and what is added from a point on at every point.
  const [jumps, slopes] = [new Float64Array(POINTS + 1), new Float64Array(POINTS + 1)];
  for (const { weight, from, width, service } of pieces) {
    const start = (from + service - least) / step;
    const length = width / step;
    if (length < 1e-9) spread(jumps, start, weight / total);
    else {
      // The distribution function rises evenly from its start to its end: its second difference is two points.
      spread(slopes, start, weight / total / length);
      spread(slopes, start + length, -weight / total / length);
    }
  }
  const below = new Float64Array(POINTS);
  let [level, slope] = [0, 0];
  for (let index = 0; index < POINTS; index++) {
    level += jumps[index] ?? 0;
    below[index] = Math.min(1, level);
    slope += slopes[index] ?? 0;
    level += slope;
  }
  return { least, step, below };
}

/** Puts an amount between two points of the grid, so that its place on average is kept. */
function spread(array: Float64Array, place: number, amount: number): void {
  const index = Math.floor(place + 1e-9);
  const share = Math.max(0, place - index);
  array[index] = (array[index] ?? 0) + amount * (1 - share);
  if (share > 0) array[index + 1] = (array[index + 1] ?? 0) + amount * share;
}

/** Adds to each time the deviation of a gamma law with the mean service time from its mean. */
function varied({ least, step, below }: Grid, service: number, scv: number): Grid {
  const shape = 1 / scv;
  const deviation = service * Math.sqrt(scv);
  const top = least + (POINTS - 1) * step;
  // From the time at which nothing is left to wait and the service is next to none, to one at which next to nothing is left.
  const start = Math.max(0, least - service);
  const end = top + deviation * (8 + 20 * Math.sqrt(scv));
  const width = (end - start) / (COARSE - 1);
  const waits = new Float64Array(COARSE);
  const gaps = new Float64Array(COARSE);
  let [before, gapBefore] = [0, 0];
  for (let index = 0; index < COARSE; index++) {
    // Masses of waits (times less the mean service) and of services within half a step of each point.
    const here = at({ least, step, below }, start + service + (index + 0.5) * width - Math.max(0, service - least + start));
    waits[index] = here - before;
    before = here;
    const served = lowerGamma(shape, (shape * (index + 0.5) * width) / service);
    gaps[index] = served - gapBefore;
    gapBefore = served;
  }
  const density = new Float64Array(COARSE);
  for (let i = 0; i < COARSE; i++) {
    const share = waits[i] ?? 0;
    if (share < 1e-10) continue;
    for (let j = 0; i + j < COARSE; j++) density[i + j] = (density[i + j] ?? 0) + share * (gaps[j] ?? 0);
  }
  let level = 0;
  return { least: start, step: width, below: density.map((share) => (level = Math.min(1, level + share))) };
}

function at({ least, step, below }: Grid, t: number): number {
  const place = (t - least) / step;
  if (place < -1e-9) return 0;
  const index = Math.max(0, Math.floor(place));
  if (index >= below.length - 1) return below.at(-1) ?? 1;
  const [from, to] = [below[index] ?? 0, below[index + 1] ?? 0];
  return from + (to - from) * Math.max(0, place - index);
}

function withMean(grid: Grid, mean: number): Latency {
  const { least, step, below } = grid;
  let [second, third] = [0, 0];
  for (let index = 0; index < below.length; index++) {
    const share = (below[index] ?? 0) - (index > 0 ? (below[index - 1] ?? 0) : 0);
    const deviation = least + (index > 0 ? index - 0.5 : 0) * step - mean;
    second += share * deviation ** 2;
    third += share * deviation ** 3;
  }
  return {
    mean,
    variance: second,
    thirdCumulant: third,
    tail: (t) => 1 - at(grid, t),
    quantile: (p) => quantileOf(grid, p),
  };
}

function quantileOf({ least, step, below }: Grid, p: number): number {
  if (p <= (below[0] ?? 0)) return least;
  let [low, high] = [0, below.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((below[middle] ?? 0) < p) low = middle;
    else high = middle;
  }
  const [from, to] = [below[low] ?? 0, below[high] ?? 1];
  return least + step * (to > from ? low + Math.min(1, (p - from) / (to - from)) : high);
}
