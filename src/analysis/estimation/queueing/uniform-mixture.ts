import type { Latency } from '../latency/distribution.ts';
import { waitQuantile, waitTail, type WaitLaw } from './wait-law.ts';
import { lowerGamma, upperGammaInverse } from '../../statistics/special-functions.ts';

/** Some of the requests: a wait that is uniform between `from` and `from + width`, and then a service of a constant time or about that. */
export interface Piece {
  readonly weight: number;
  readonly from: number;
  readonly width: number;
  readonly service: number;
}

/** What a mixture is made with, apart from its pieces. */
export interface MixtureOptions {
  /** Its exact mean, which stands in place of that of the grid. */
  readonly mean: number;
  /** Variance of the service times over their squared mean. */
  readonly serviceScv: number;
  /** An independent wait. */
  readonly wait: WaitLaw;
}

/** Points of the grid on which the law is held, and of the coarser one on which independent times are added. */
const POINTS = 2048;
const COARSE = 512;
/** Share of the slowest that the coarser grid leaves out. */
const REST = 1e-6;

/** The law of a mixture, on a grid from its least time on. */
export function mixtureOf(pieces: readonly Piece[], { mean, serviceScv, wait }: MixtureOptions): Latency {
  let [total, served, least, most] = [0, 0, Infinity, 0];
  for (const piece of pieces) {
    total += piece.weight;
    served += piece.weight * piece.service;
    least = Math.min(least, piece.from + piece.service);
    most = Math.max(most, piece.from + piece.width + piece.service);
  }
  const service = served / total;
  let law = gridOf(pieces, total, least, (most - least) / (POINTS - 2) || least);
  // A service time that varies adds a deviation from its mean.
  if (serviceScv > 0) law = plus(law, { below: (t) => lowerGamma(1 / serviceScv, t / (serviceScv * service)), most: service * serviceScv * upperGammaInverse(1 / serviceScv, REST), less: service });
  if (wait.probability > 0) law = plus(law, { below: (t) => 1 - waitTail(wait, t), most: waitQuantile(wait, 1 - REST), less: 0 });
  return latencyOf(law, mean);
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

/** An independent time that is added, less a constant. */
interface Added {
  readonly below: (t: number) => number;
  readonly most: number;
  readonly less: number;
}

function plus(law: Grid, added: Added): Grid {
  // Both are taken in cells around the points of one grid.
  const start = law.least - added.less;
  const end = quantileOf(law, 1 - REST) - added.less + added.most;
  const step = (end - start) / (COARSE - 1);
  const waits = new Float64Array(COARSE);
  const services = new Float64Array(COARSE);
  let [waitsBefore, servicesBefore] = [0, 0];
  for (let index = 0; index < COARSE; index++) {
    const waited = at(law, law.least + (index + 0.5) * step);
    const served = added.below((index + 0.5) * step);
    waits[index] = waited - waitsBefore;
    services[index] = served - servicesBefore;
    [waitsBefore, servicesBefore] = [waited, served];
  }
  const density = new Float64Array(COARSE);
  for (let i = 0; i < COARSE; i++) {
    const share = waits[i] ?? 0;
    if (share < 1e-10) continue;
    for (let j = 0; i + j < COARSE; j++) density[i + j] = (density[i + j] ?? 0) + share * (services[j] ?? 0);
  }
  let level = 0;
  return { least: start + step / 2, step, below: density.map((share) => (level = Math.min(1, level + share))) };
}

function at({ least, step, below }: Grid, t: number): number {
  const place = (t - least) / step;
  if (place < -1e-9) return 0;
  const index = Math.max(0, Math.floor(place));
  if (index >= below.length - 1) return below.at(-1) ?? 1;
  const [from, to] = [below[index] ?? 0, below[index + 1] ?? 0];
  return from + (to - from) * Math.max(0, place - index);
}

function latencyOf(grid: Grid, mean: number): Latency {
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
  if (p <= (below[0] ?? 0)) return Math.max(0, least);
  let [low, high] = [0, below.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((below[middle] ?? 0) < p) low = middle;
    else high = middle;
  }
  const [from, to] = [below[low] ?? 0, below[high] ?? 1];
  return Math.max(0, least + step * (to > from ? low + Math.min(1, (p - from) / (to - from)) : high));
}
