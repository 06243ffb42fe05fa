import { countsOf, type Counts } from './arrival-counts.ts';
import { stationaryOf, type BandedChain } from './banded-chain.ts';
import { neededBatch } from './batching-capacity.ts';
import type { Line } from './batching-line.ts';
import { closings, type Closing } from './batching-window.ts';

/** A line whose requests are counted in units. */
export interface Chain extends Line {
  /** Requests that a state stands for; above one where groups are large. */
  readonly unit: number;
  /** Most units in a group. */
  readonly cap: number;
}

/** What follows a group of some units with none left behind. */
export interface Row {
  /** Requests that come until an instance is free again. */
  readonly arriving: Counts;
  /** The size of what waits when the next group begins. */
  readonly next: Counts;
  /** How groups that are not full are closed; empty without a delay. */
  readonly windows: readonly Closing[];
}

/** What happens from the start of one group to that of the next. */
export interface Gathering {
  readonly chain: Chain;
  /** `shares[n - 1]`: chance that n units wait when a group begins, its own included; above `cap` some are left behind. */
  readonly shares: Float64Array;
  /** `rows[b - 1]`: what follows a group of b units. */
  readonly rows: readonly Row[];
}

/** Sizes of groups that are told apart in any case. */
const LEAST_SIZES = 16;
/** States above a full group. */
const MOST_BEYOND = 2000;
/** Multiplications of the elimination: less than a millisecond. */
const MOST_WORK = 4e5;

/**
 * The chain of how many wait when a group begins: a group leaves behind what is beyond the cap, and finds at the start of the
 * next what has come since. Groups that never get near the cap are cut off where next to none is as large.
 */
export function gatheringOf(line: Line, maxBatch: number): Gathering {
  const typical = largestOf(line);
  const most = Math.min(maxBatch, typical);
  const left = typical > maxBatch ? beyond(line, maxBatch) : 0;
  const unit = Math.max(1, Math.min(Math.floor(most / LEAST_SIZES), Math.ceil(Math.cbrt(workOf(line, most, left) / MOST_WORK))));
  const chain: Chain = { ...line, unit, cap: Math.max(1, Math.round(most / unit)) };
  const rows = Array.from({ length: chain.cap }, (_, index) => rowOf(chain, index + 1));
  const states = chain.cap + Math.min(MOST_BEYOND, Math.ceil(left / unit));
  return { chain, shares: stationaryOf(bandOf(rows, states, chain.cap)), rows };
}

/** Size above which groups next to never come without a cap; a group follows the one before it like an autoregressive process. */
function largestOf({ arrivalRate, gap, gapScv, delay }: Line): number {
  // What each request adds to the time between groups, where those are large.
  const slope = (gap(2e9) - gap(1e9)) / 1e9;
  const needed = neededBatch(arrivalRate, gap(0) + delay, slope);
  const variance = (needed + gapScv * needed ** 2) / Math.max(1e-9, 1 - (arrivalRate * slope) ** 2);
  return Math.ceil(needed + 10 * Math.sqrt(variance) + 14);
}

/** Requests beyond a full group that are left behind next to never: the decay of M/D^B/1 in heavy traffic. */
function beyond({ arrivalRate, gap, gapScv }: Line, size: number): number {
  const arriving = arrivalRate * gap(size);
  return (9 * (arriving + gapScv * arriving ** 2)) / Math.max(1e-9, size - arriving) + 8 * Math.sqrt(arriving) + 8;
}

/** Multiplications with single requests as units. */
function workOf({ arrivalRate, gap, gapScv }: Line, size: number, left: number): number {
  const arriving = arrivalRate * gap(size);
  return (size + left) * size * (12 + 6 * Math.sqrt(arriving + gapScv * arriving ** 2));
}

function rowOf(chain: Chain, size: number): Row {
  const { arrivalRate, gap, gapScv, unit, delay } = chain;
  const time = gap(size * unit);
  const arriving = countsOf(arrivalRate * time, gapScv, unit);
  return delay > 0 ? { arriving, ...closings(chain, arriving, time) } : { arriving, next: arriving, windows: [] };
}

/** With n units a group of min(n, cap) leaves the rest behind, which has waited long enough; who arrives to none begins a group alone. */
function bandOf(rows: readonly Row[], states: number, cap: number): BandedChain {
  const full = rows[cap - 1] as Row;
  const stepsUp = rows.map(({ next }, index) => next.first + next.shares.length - 2 - index);
  const above = Math.max(1, ...stepsUp, full.arriving.first + full.arriving.shares.length - 1 - cap);
  const below = cap;
  const width = below + above + 1;
  const chances = new Float64Array(states * width);
  for (let row = 0; row < states; row++) {
    const left = Math.max(0, row + 1 - cap);
    const { first, shares } = left > 0 ? full.arriving : (rows[row] as Row).next;
    for (let index = 0; index < shares.length; index++) {
      const column = Math.min(states, Math.max(1, left + first + index)) - 1;
      const entry = row * width + column - row + below;
      chances[entry] = (chances[entry] ?? 0) + (shares[index] ?? 0);
    }
  }
  return { states, below, above, chances };
}
