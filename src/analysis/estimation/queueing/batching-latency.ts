import type { Latency } from '../latency/distribution.ts';
import type { Chain, Gathering, Row } from './batching-chain.ts';
import type { Totals } from './batching-totals.ts';
import type { Closing } from './batching-window.ts';
import { mixtureOf, type Piece } from './uniform-mixture.ts';
import { waitMoment, type WaitLaw } from './wait-law.ts';

/** Shares of requests below this are left out. */
const NEGLIGIBLE = 1e-9;
/** Pieces for groups that leave requests behind. */
const MOST_PIECES = 20_000;

/**
 * The law of the time of a request: uniform waits for the rest of the group under way, for groups before its own, for
 * others to join, and the time of its own group, whose size depends on the same arrivals.
 *
 * @param computeWait What its group waits for others of the same accelerator.
 */
export function batchLatency(gathering: Gathering, { mean, alone }: Totals, computeWait: WaitLaw): Latency {
  const { chain } = gathering;
  const pieces = piecesOf(gathering);
  if (alone > 0) {
    const total = pieces.reduce((sum, { weight }) => sum + weight, 0);
    pieces.push({ weight: (total * alone) / (1 - alone), from: 0, width: 0, service: chain.serve(1) });
  }
  return mixtureOf(pieces, { mean: mean + waitMoment(computeWait, 1), serviceScv: chain.serviceScv, wait: computeWait });
}

function piecesOf({ chain, shares, rows }: Gathering): Piece[] {
  const { cap } = chain;
  const pieces: Piece[] = [];
  // Where a full group leaves many behind, neighbours are so alike that one of a few stands for all.
  const stride = Math.ceil(((shares.length - cap) * (rows[cap - 1] as Row).arriving.shares.length) / MOST_PIECES);
  let share = 0;
  for (let index = 0; index < shares.length; index++) {
    share += shares[index] ?? 0;
    if (index >= cap && (index - cap) % stride < stride - 1 && index < shares.length - 1) continue;
    const group = Math.min(cap, index + 1);
    const left = index < cap ? 0 : Math.max(1, Math.round(index + 1 - cap - (stride - 1) / 2));
    const row = rows[group - 1] as Row;
    if (share >= NEGLIGIBLE && left === 0) for (const window of row.windows) addWindow(pieces, chain, share * window.chance, window);
    if (share >= NEGLIGIBLE) addArrivals(pieces, chain, share, row, group, left);
    share = 0;
  }
  return pieces;
}

/** A group that is kept open: the oldest request, those that came while the group before was served, and those that join. */
function addWindow(pieces: Piece[], { serve }: Chain, weight: number, { present, age, open, joining }: Closing): void {
  if (weight < NEGLIGIBLE) return;
  const service = serve(present + joining);
  pieces.push({ weight, from: age + open, width: 0, service });
  if (present > 1) pieces.push({ weight: weight * (present - 1), from: open, width: age, service });
  pieces.push({ weight: weight * joining, from: 0, width: open, service });
}

/** Those that come while a group of `group` units is served that has left `left` behind. */
function addArrivals(pieces: Piece[], { arrivalRate, delay, gap, gapScv, phaseScv, serve, unit, cap }: Chain, share: number, { arriving }: Row, group: number, left: number): void {
  const time = gap(group * unit);
  for (let index = 0; index < arriving.shares.length; index++) {
    const count = arriving.first + index;
    const weight = share * (arriving.shares[index] ?? 0);
    if (weight < NEGLIGIBLE || (delay > 0 && left === 0 && count < cap)) continue;
    if (count === 0) {
      if (left === 0) pieces.push({ weight, from: 0, width: 0, service: serve(1) });
      continue;
    }
    // How long the time was, given how many came in it: the posterior of its gamma law.
    const rest = (gapScv > 0 ? (1 / gapScv + count * unit) / (1 / (gapScv * time) + arrivalRate) : time) * (1 + phaseScv);
    // They are served in their order: which group each is in follows from its place behind those left.
    const total = left + count;
    for (let later = Math.floor(left / cap); later * cap < total; later++) {
      const [least, most] = [Math.max(0, later * cap - left), Math.min(count, (later + 1) * cap - left)];
      if (most <= least) continue;
      const before = later * gap(cap * unit);
      const size = total >= (later + 1) * cap ? cap * unit : Math.min(cap * unit, (total - later * cap) * unit + arrivalRate * before);
      pieces.push({ weight: weight * (most - least) * unit, from: before + rest * (1 - most / count), width: (rest * (most - least)) / count, service: serve(size) });
    }
  }
}
