import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stepResponse } from '../../../../src/analysis/estimation/queueing/autoscaling.ts';
import { highestShare, riseResponse, type Rise } from '../../../../src/analysis/estimation/queueing/rise.ts';
import { expectClose } from './close.ts';

/** Ten replicas of 25/s at half of their load; a rise from 125/s to 400/s, for which sixteen replicas would be full and 32 are wanted. */
const JUMP: Rise = { from: 125, to: 400, within: 0, perReplica: 25, before: 10, after: 32, target: 0.5, reaction: 120 };

/** Small steps of time, first come first served. */
function stepped(rise: Rise, step: number): { backlog: number; longest: number; drained: number } {
  const { from, to, within, perReplica, before, after, target, reaction } = rise;
  const rateAt = (t: number): number => (t >= within ? to : from + ((to - from) * Math.max(0, t)) / within);
  const most = Math.max(before, after) * perReplica;
  const capacityAt = (t: number): number => (t >= within + reaction ? most : Math.max(before * perReplica, Math.min(most, t < reaction ? 0 : rateAt(t - reaction) / target)));
  let [arrived, served, backlog, at, longest, first] = [0, 0, 0, 0, 0, 0];
  const arrivals: number[] = [0];
  for (let index = 0; ; index++) {
    const t = (index + 0.5) * step;
    arrived += rateAt(t) * step;
    arrivals.push(arrived);
    served = Math.min(arrived, served + capacityAt(t) * step);
    while ((arrivals[first + 1] ?? Infinity) <= served) first += 1;
    longest = Math.max(longest, (index + 1 - first) * step);
    if (arrived - served > backlog) [backlog, at] = [arrived - served, (index + 1) * step];
    if (t > within && backlog > 0 && arrived - served <= 1e-9 * arrived) return { backlog, longest, drained: (index + 1) * step - at };
    if (t > 100 * (within + reaction)) return { backlog, longest, drained: 0 };
  }
}

describe('a rise of the traffic', () => {
  it('that is a jump is what a step is', () => {
    const { backlog, longestWait, drainTime } = stepResponse({ rate: 400, perReplica: 25, before: 10, after: 32, reaction: 120 });
    expect([backlog, longestWait, drainTime]).toEqual([18_000, 45, 45]);
    const response = riseResponse(JUMP);
    expectClose(response.backlog, 18_000, 1e-12);
    expectClose(response.longestWait ?? 0, 45, 1e-9);
    expectClose(response.drainTime ?? 0, 45, 1e-9);
  });

  it('within the reaction time leaves out what the first replicas took on the way', () => {
    // By 5/s each second within 55 s: beyond 250/s from second 25 on, 30 s · 150/s / 2, then 150/s for 65 s until second 120;
    // from there capacity grows by 10/s each second, and is behind for another 15 s: 15 s · 150/s / 2.
    expectClose(riseResponse({ ...JUMP, within: 55 }).backlog, 2250 + 9750 + 1125, 1e-12);
  });

  it('that is longer than the reaction is followed on its way', () => {
    // By 1/s each second within 275 s; 250/s are passed at 125 s. Capacity follows from second 120 on, 2 · 125/s = 250/s and then
    // by 2/s each second, so that it is above the rate at once but for what came before.
    expect(riseResponse({ ...JUMP, within: 275 })).toEqual({ backlog: 0, longestWait: 0, drainTime: 0 });
    // By 2.5/s each second within 110 s: beyond 250/s at 50 s, 60 s · 150/s / 2 until 110 s, 10 s · 150/s until 120 s; then the
    // capacity, 250/s and 5/s more each second, is behind for another 30 s: 150/s · 30 s / 2.
    expectClose(riseResponse({ ...JUMP, within: 110 }).backlog, 4500 + 1500 + 2250, 1e-12);
  });

  it('that the replicas at hand take leaves nothing behind', () => {
    expect(riseResponse({ ...JUMP, before: 16 })).toEqual({ backlog: 0, longestWait: 0, drainTime: 0 });
    expect(riseResponse({ ...JUMP, from: Number.NaN }).backlog).toBe(0);
  });

  it('that all replicas together do not take never ends', () => {
    const { backlog, longestWait, drainTime } = riseResponse({ ...JUMP, after: 12 });
    expectClose(backlog, 18_000, 1e-12);
    expect([longestWait, drainTime]).toEqual([undefined, undefined]);
  });

  const rises = fc.record({
    from: fc.double({ min: 50, max: 200, noNaN: true }),
    factor: fc.double({ min: 1.2, max: 8, noNaN: true }),
    within: fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 600, noNaN: true })),
    target: fc.double({ min: 0.3, max: 0.9, noNaN: true }),
    reaction: fc.double({ min: 5, max: 300, noNaN: true }),
  }).map(({ from, factor, within, target, reaction }): Rise => ({ from, to: from * factor, within, perReplica: 10, before: Math.ceil(from / (10 * target)), after: Math.ceil((from * factor) / (10 * target)), target, reaction }));

  it('is what small steps of time make of it', () => {
    fc.assert(fc.property(rises, (rise) => {
      const step = (rise.within + rise.reaction) / 10_000;
      const [exact, { backlog, longest, drained }] = [riseResponse(rise), stepped(rise, step)];
      const most = rise.to * step * 40;
      expect(Math.abs(exact.backlog - backlog)).toBeLessThanOrEqual(0.002 * backlog + most + 1e-9);
      if (exact.backlog < 20 * most) return;
      expect(Math.abs((exact.longestWait ?? 0) - longest)).toBeLessThanOrEqual(0.01 * longest + 5 * step);
      expect(Math.abs((exact.drainTime ?? 0) - drained)).toBeLessThanOrEqual(0.02 * drained + 20 * step);
    }), { numRuns: 30 });
  });

  it('is no worse the longer it takes and the sooner replicas come', () => {
    fc.assert(fc.property(rises, fc.double({ min: 1, max: 3, noNaN: true }), (rise, more) => {
      const { backlog } = riseResponse(rise);
      expect(riseResponse({ ...rise, within: rise.within * more }).backlog).toBeLessThanOrEqual(backlog * (1 + 1e-9) + 1e-5);
      expect(riseResponse({ ...rise, reaction: rise.reaction / more }).backlog).toBeLessThanOrEqual(backlog * (1 + 1e-9) + 1e-5);
      expect(riseResponse({ ...rise, before: rise.before + 1 }).backlog).toBeLessThanOrEqual(backlog * (1 + 1e-9) + 1e-5);
    }));
  });
});

describe('the highest busy share', () => {
  it('is that of the whole rise on the first replicas, unless others come before it is over', () => {
    expectClose(highestShare(JUMP), 1.6, 1e-12);
    expectClose(highestShare({ ...JUMP, within: 120 }), 1.6, 1e-12);
    // By 0.5/s each second: replicas follow from 125/s on, 60/s later.
    expectClose(highestShare({ ...JUMP, within: 550 }), 185 / 250, 1e-12);
  });
});
