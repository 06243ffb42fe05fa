import { countsOf, type Counts } from './arrival-counts.ts';
import { neededBatch, type BatchingStation } from './batching-capacity.ts';
import { stationaryOf, type BandedChain } from './banded-chain.ts';
import { closings, type Closing } from './batching-window.ts';

/** One line of requests, and what happens from the start of one group to that of the next. */
export interface Gathering {
  /** Requests per second in this line. */
  readonly arrivalRate: number;
  /** Requests that a state stands for; above one where groups are large. */
  readonly unit: number;
  /** Most units in a group; states go on above it where groups are full. */
  readonly cap: number;
  /** Longest wait for others where an instance is free, in seconds. */
  readonly delay: number;
  /** `shares[n - 1]`: chance that n units wait when a group begins, its own included. */
  readonly shares: Float64Array;
  /** Seconds until an instance is free again after a group of so many requests began, and the variation of that time. */
  readonly gap: (requests: number) => number;
  readonly gapScv: number;
  /** Seconds that a group of so many requests is served. */
  readonly serve: (requests: number) => number;
  readonly serviceScv: number;
  /** `rows[b - 1]`: what follows a group of b units. */
  readonly rows: readonly Row[];
  readonly meanBatch: number;
  readonly busyFraction: number;
  /** Mean seconds of a request. */
  readonly mean: number;
}

/** States that are told apart before they are taken together in units. */
const MOST_STATES = 160;
/** States above a full group: enough for a busy share of 0.99 with groups of eight. */
const MOST_BEYOND = 1000;

export function gatheringOf(station: BatchingStation): Gathering {
  const line = lineOf(station);
  const { arrivalRate, gap, gapScv, delay } = line;
  const needed = neededBatch(arrivalRate, line.gap(0) + delay, gap(1) - gap(0));
  const persistence = arrivalRate * (gap(1) - gap(0));
  const unbounded = Math.ceil(needed + 14 * Math.sqrt((needed + gapScv * needed ** 2) / Math.max(1e-9, 1 - persistence ** 2)) + 14);
  const bounded = !(unbounded <= station.maxBatch);
  const most = bounded ? station.maxBatch : unbounded;
  const unit = Math.max(1, Math.floor(most / MOST_STATES));
  const cap = Math.max(1, Math.round(most / unit));
  const chain = { ...line, unit, cap };
  const states = bounded ? cap + Math.min(MOST_BEYOND, Math.ceil(beyond(chain) / unit)) : cap;
  const rows = Array.from({ length: cap }, (_, index) => rowOf(chain, index + 1));
  const shares = stationaryOf(bandOf(rows, states, cap));
  return { ...chain, shares, rows, ...totalsOf(chain, shares, rows, serversOf(station)) };
}

type Line = Pick<Gathering, 'arrivalRate' | 'delay' | 'gap' | 'gapScv' | 'serve' | 'serviceScv'>;
export type Chain = Line & Pick<Gathering, 'unit' | 'cap'>;

/** Groups that are served at once from one line. */
const serversOf = ({ instances = 1, replicas = 1, topology = 'replica' }: Pick<BatchingStation, 'instances' | 'replicas' | 'topology'>): number => instances * (topology === 'central' ? replicas : 1);

/** What one line sees of instances and accelerators. */
function lineOf({ arrivalRate, fixed, perItem, serviceScv = 0, delay = 0, instances = 1, replicas = 1, topology = 'replica' }: BatchingStation): Line {
  const accelerators = topology === 'central' ? replicas : 1;
  const rate = (arrivalRate * accelerators) / replicas;
  const servers = serversOf({ instances, replicas, topology });
  // Instances of one accelerator compute in turn; while they are few groups at work, seldom at once.
  const computing = ((rate * perItem) / accelerators) * (1 - 1 / instances);
  const slowed = perItem / Math.max(1 / instances, 1 - computing);
  return {
    arrivalRate: rate,
    delay,
    gap: (requests) => Math.max(fixed + perItem * requests, instances * perItem * requests) / servers,
    gapScv: servers === 1 ? serviceScv : serviceScv / servers,
    serve: (requests) => fixed + slowed * requests,
    serviceScv,
  };
}

/** Requests beyond a full group that are left behind next to never: decay of M/D^B/1 in heavy traffic. */
function beyond({ arrivalRate, gap, gapScv, unit, cap }: Chain): number {
  const size = cap * unit;
  const arriving = arrivalRate * gap(size);
  return (9 * (arriving + gapScv * arriving ** 2)) / Math.max(1e-9, size - arriving) + 8 * Math.sqrt(arriving) + 8;
}

/** What follows a group of some units with none left behind. */
export interface Row {
  /** Requests that come until an instance is free again. */
  readonly arriving: Counts;
  /** The size of what waits when the next group begins. */
  readonly next: Counts;
  readonly windows: readonly Closing[];
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

/** Means by what waits and is served between the starts of two groups (renewal and reward). */
function totalsOf(chain: Chain, shares: Float64Array, rows: readonly Row[], servers: number): Pick<Gathering, 'meanBatch' | 'busyFraction' | 'mean'> {
  const { arrivalRate, gap, gapScv, serve, unit, cap } = chain;
  let [waiting, served, serving, size] = [0, 0, 0, 0];
  for (let row = 0; row < shares.length; row++) {
    const share = shares[row] ?? 0;
    const group = Math.min(cap, row + 1);
    const time = gap(group * unit);
    const left = (row + 1 - group) * unit;
    waiting += share * (left * time + (arrivalRate * time ** 2 * (1 + gapScv)) / 2);
    if (left === 0) for (const { chance, present, open } of (rows[row] as Row).windows) waiting += share * chance * (present * open + (arrivalRate * open ** 2) / 2);
    size += share * group * unit;
    serving += share * serve(group * unit);
    served += share * group * unit * serve(group * unit);
  }
  return { meanBatch: size, busyFraction: Math.min(1, (arrivalRate * serving) / size / servers), mean: (waiting + served) / size };
}
