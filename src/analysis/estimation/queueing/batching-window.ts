import { countsOf, type Counts } from './arrival-counts.ts';
import type { Chain } from './batching-chain.ts';

/** A group that is not full when an instance gets free, and waits for others until its oldest request has waited long enough. */
export interface Closing {
  readonly chance: number;
  /** Requests when the instance gets free; one where it was the first to come to a free instance. */
  readonly present: number;
  /** Seconds that the oldest has waited by then. */
  readonly age: number;
  /** Mean seconds until the group is closed. */
  readonly open: number;
  /** Mean number of requests that join in that time. */
  readonly joining: number;
}

/** Ages of the oldest request that stand for all: middles of as many equal shares. */
const AGES = 4;
/** Steps of the remaining wait at which the joining requests are counted. */
const STEPS = 32;

const joiningCounts = new WeakMap<Chain, Counts[]>();

/**
 * The sizes of the group that follows one of `gap` seconds, where the delay may keep it open. The oldest of `a` uniform
 * arrivals has an age whose a-th power is uniform.
 */
export function closings(chain: Chain, arriving: Counts, gap: number): { next: Counts; windows: readonly Closing[] } {
  const { cap, unit, delay } = chain;
  const last = Math.max(cap, arriving.first + arriving.shares.length - 1);
  const shares = new Float64Array(last + 1);
  const windows: Closing[] = [];
  const close = (chance: number, present: number, age: number): void => {
    const counts = joiningAt(chain, Math.max(0, delay - age));
    let joining = 0;
    for (let index = 0; index < counts.shares.length; index++) {
      const joined = Math.min(cap - present, counts.first + index);
      const share = counts.shares[index] ?? 0;
      joining += share * joined;
      shares[present + joined] = (shares[present + joined] ?? 0) + chance * share;
    }
    // Requests come at their rate until the group closes, so the mean time is their mean number over the rate (Wald).
    windows.push({ chance, present: present * unit, age, open: (joining * unit) / chain.arrivalRate, joining: joining * unit });
  };
  for (let index = 0; index < arriving.shares.length; index++) {
    const [count, share] = [arriving.first + index, arriving.shares[index] ?? 0];
    if (count >= cap) shares[count] = (shares[count] ?? 0) + share;
    else if (count === 0) close(share, 1, 0);
    else if (share > 1e-9) for (let node = 0; node < AGES; node++) close(share / AGES, count, gap * ((node + 0.5) / AGES) ** (1 / (count * unit)));
    else shares[count] = (shares[count] ?? 0) + share;
  }
  return { next: { first: 0, shares }, windows };
}

function joiningAt(chain: Chain, wait: number): Counts {
  let table = joiningCounts.get(chain);
  if (!table) {
    const { arrivalRate, delay, unit } = chain;
    table = Array.from({ length: STEPS + 1 }, (_, step) => countsOf((arrivalRate * delay * step) / STEPS, 0, unit));
    joiningCounts.set(chain, table);
  }
  return table[Math.round((wait / chain.delay) * STEPS)] as Counts;
}
