import type { Chain, Row } from './batching-chain.ts';
import { erlangC } from './erlang.ts';

export interface Totals {
  /** Requests in a group on average. */
  readonly meanBatch: number;
  /** Share of the time that an instance works. */
  readonly busyFraction: number;
  /** Mean seconds of a request. */
  readonly mean: number;
  /** Share of the requests that find an instance free, beyond what the chain has. */
  readonly alone: number;
}

/** Means by what waits and is served between the starts of two groups (renewal and reward). */
export function totalsOf(chain: Chain, shares: Float64Array, rows: readonly Row[]): Totals {
  const { arrivalRate, servers, gap, gapScv, phaseScv, serve, unit, cap } = chain;
  let [waiting, served, serving, size] = [0, 0, 0, 0];
  for (let row = 0; row < shares.length; row++) {
    const share = shares[row] ?? 0;
    const group = Math.min(cap, row + 1);
    const time = gap(group * unit);
    const left = (row + 1 - group) * unit;
    waiting += share * (left * time + (arrivalRate * time ** 2 * (1 + gapScv + phaseScv)) / 2);
    if (left === 0) for (const { chance, present, open } of (rows[row] as Row).windows) waiting += share * chance * (present * open + (arrivalRate * open ** 2) / 2);
    size += share * group * unit;
    serving += share * serve(group * unit);
    served += share * group * unit * serve(group * unit);
  }
  const busy = (arrivalRate * serving) / size;
  const alone = shareAlone(chain, shares, rows, size, busy);
  return { alone, meanBatch: 1 / (alone + (1 - alone) / size), busyFraction: Math.min(1, busy / servers), mean: ((1 - alone) * (waiting + served)) / size + alone * serve(1) };
}

/** With several instances more requests find one free than in the chain, which has one: as many as with Erlang C at the same load. */
function shareAlone({ cap, servers }: Chain, shares: Float64Array, rows: readonly Row[], size: number, busy: number): number {
  if (servers === 1) return 0;
  let idle = 0;
  for (let row = 0; row < cap; row++) {
    const { first, shares: counts } = (rows[row] as Row).arriving;
    if (first === 0) idle += (shares[row] ?? 0) * (counts[0] ?? 0);
  }
  return Math.min(1 - 1e-9, Math.max(0, 1 - erlangC(busy, servers) / (1 - idle / size)));
}
