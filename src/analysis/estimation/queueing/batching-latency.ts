import type { Latency } from '../latency/distribution.ts';
import type { Gathering, Row } from './batching-chain.ts';
import { mixtureOf, type Piece } from './uniform-mixture.ts';

/** Shares of requests below this are left out. */
const NEGLIGIBLE = 1e-9;

/**
 * The law of the time of a request: uniform waits for the rest of the group under way, for groups before its own, for
 * others to join, and the time of its own group, whose size depends on the same arrivals.
 */
export function batchLatency(gathering: Gathering): Latency {
  const pieces = piecesOf(gathering);
  const { mean, serviceScv } = gathering;
  return mixtureOf(pieces, mean, serviceScv);
}

function piecesOf({ shares, rows, unit, cap, gap, gapScv, serve, arrivalRate, delay }: Gathering): Piece[] {
  const pieces: Piece[] = [];
  const full = serve(cap * unit);
  for (let row = 0; row < shares.length; row++) {
    const share = shares[row] ?? 0;
    if (share < NEGLIGIBLE) continue;
    const left = Math.max(0, row + 1 - cap);
    const group = row + 1 - left;
    const time = gap(group * unit);
    // A time during which somebody arrives is longer than others.
    const rest = time * (1 + gapScv);
    const { arriving, windows } = rows[group - 1] as Row;
    for (const { chance, present, age, open, joining } of left === 0 ? windows : []) {
      const weight = share * chance;
      if (weight < NEGLIGIBLE) continue;
      const service = serve(present + joining);
      pieces.push({ weight, from: age + open, width: 0, service });
      if (present > 1) pieces.push({ weight: weight * (present - 1), from: open, width: age, service });
      pieces.push({ weight: weight * joining, from: 0, width: open, service });
    }
    for (let index = 0; index < arriving.shares.length; index++) {
      const count = arriving.first + index;
      const weight = share * (arriving.shares[index] ?? 0);
      if (weight < NEGLIGIBLE || (delay > 0 && left === 0 && count < cap)) continue;
      if (count === 0) {
        if (left === 0) pieces.push({ weight, from: 0, width: 0, service: serve(1) });
        continue;
      }
      // Those that arrive are served in their order: which group each is in follows from its place behind those left.
      const total = left + count;
      for (let later = Math.floor(left / cap); later * cap < total; later++) {
        const [least, most] = [Math.max(0, later * cap - left), Math.min(count, (later + 1) * cap - left)];
        if (most <= least) continue;
        const before = later * gap(cap * unit);
        const size = total >= (later + 1) * cap ? cap * unit : Math.min(cap * unit, (total - later * cap) * unit + arrivalRate * before);
        const [latest, earliest] = [1 - most / count, 1 - least / count];
        pieces.push({ weight: weight * (most - least) * unit, from: before + rest * latest, width: rest * (earliest - latest), service: size === cap * unit ? full : serve(size) });
      }
    }
  }
  return pieces;
}
