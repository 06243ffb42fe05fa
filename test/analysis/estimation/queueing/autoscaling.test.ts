import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { desiredReplicas, headroomFor, loadTime, reactionTime, steadyReplicas, stepResponse, type Step } from '../../../../src/analysis/estimation/queueing/autoscaling.ts';
import { expectClose } from './close.ts';

describe('the rule of the autoscaler', () => {
  // The examples of the Kubernetes documentation: 200m against 100m doubles, 50m halves.
  it.each([
    [4, 200, 100, 8],
    [4, 50, 100, 2],
    [10, 0.88, 0.8, 10],
    [10, 0.89, 0.8, 12],
    [10, 0.72, 0.8, 10],
    [3, 0.9, 0.6, 5],
  ])('%i replicas at %f with a target of %f become %i', (current, metric, target, expected) => expect(desiredReplicas(current, metric, { target })).toBe(expected));

  it('stays within its limits', () => {
    expect(desiredReplicas(4, 1, { target: 0.1, most: 12 })).toBe(12);
    expect(desiredReplicas(4, 0.01, { target: 0.5, least: 2 })).toBe(2);
    expect(steadyReplicas(100, { target: 0.5, most: 40 })).toBe(40);
  });

  it('comes to rest where the steady number says, within the tolerance, from anywhere', () => {
    fc.assert(fc.property(fc.double({ min: 0.1, max: 500, noNaN: true }), fc.double({ min: 0.3, max: 0.9, noNaN: true }), fc.integer({ min: 1, max: 1000 }), (load, target, start) => {
      const steady = steadyReplicas(load, { target });
      expect(load / steady).toBeLessThanOrEqual(target * (1 + 1e-9));
      let current = start;
      for (let round = 0; round < 50; round++) current = desiredReplicas(current, load / current, { target });
      expect(desiredReplicas(current, load / current, { target })).toBe(current);
      expect(current).toBeLessThanOrEqual(Math.max(steady, start, 1));
      expect(load / current / target).toBeLessThanOrEqual(1.1 + 1e-9);
      if (steady > 1) expect(current).toBeLessThanOrEqual(Math.ceil(load / target / 0.9) + 1);
    }));
  });
});

/** Small portions of traffic through a line whose capacity changes, first come first served. */
function portions({ rate, perReplica, before, after, reaction }: Step): { longest: number; emptyAt: number } {
  let [served, longest, emptyAt] = [0, 0, 0];
  const portion = (rate * reaction) / 20_000;
  for (let now = 0; now < reaction * 40; now += portion / rate) {
    const start = Math.max(served, now);
    // A portion may be begun at the old capacity and ended at the new one.
    const old = Math.min(portion, Math.max(0, reaction - start) * before * perReplica);
    served = start + old / (before * perReplica) + (portion - old) / (after * perReplica);
    const waited = served - now;
    longest = Math.max(longest, waited);
    if (now > reaction && waited < (3 * portion) / (before * perReplica)) {
      emptyAt = now;
      break;
    }
  }
  return { longest, emptyAt };
}

describe('a step of the traffic', () => {
  it('piles up until the new replicas are there', () => {
    // 400/s on ten replicas of 25/s, for two minutes; 150/s too much.
    const { backlog, extraLatency, longestWait, drainTime } = stepResponse({ rate: 400, perReplica: 25, before: 10, after: 20, reaction: 120 });
    expect([backlog, extraLatency, longestWait, drainTime]).toEqual([18_000, 72, 45, 180]);
  });

  it('does what a line of small portions does', () => {
    for (const step of [{ rate: 400, perReplica: 25, before: 10, after: 20, reaction: 120 }, { rate: 90, perReplica: 10, before: 6, after: 12, reaction: 30 }]) {
      const { longest, emptyAt } = portions(step);
      const { longestWait, drainTime = 0 } = stepResponse(step);
      expectClose(longestWait, longest, 0.01);
      expectClose(drainTime, emptyAt - step.reaction, 0.01);
    }
  });

  it('that the replicas at hand take leaves nothing behind', () => {
    expect(stepResponse({ rate: 200, perReplica: 25, before: 10, after: 10, reaction: 120 })).toEqual({ backlog: 0, extraLatency: 0, longestWait: 0, drainTime: 0 });
  });

  it('that the new replicas do not take either never ends', () => {
    expect(stepResponse({ rate: 400, perReplica: 25, before: 10, after: 16, reaction: 10 }).drainTime).toBeUndefined();
    expect(stepResponse({ rate: Number.NaN, perReplica: 25, before: 10, after: 16, reaction: 10 }).backlog).toBe(0);
  });
});

describe('headroom', () => {
  it('is what keeps the extra latency of the jump within the slack, and one replica less does not', () => {
    const rates = fc.record({ from: fc.double({ min: 1, max: 1000, noNaN: true }), factor: fc.double({ min: 1, max: 10, noNaN: true }), perReplica: fc.double({ min: 1, max: 100, noNaN: true }), reaction: fc.double({ min: 1, max: 600, noNaN: true }), slack: fc.double({ min: 0.01, max: 100, noNaN: true }) });
    fc.assert(fc.property(rates, ({ from, factor, perReplica, reaction, slack }) => {
      const to = from * factor;
      const { replicas, utilisation } = headroomFor({ from, to, perReplica, reaction, slack });
      const latencyWith = (before: number): number => stepResponse({ rate: to, perReplica, before, after: before, reaction }).extraLatency;
      expect(latencyWith(replicas)).toBeLessThanOrEqual(slack * (1 + 1e-6));
      const fewer = replicas - 1;
      if (fewer >= 1) expect(latencyWith(fewer) > slack * (1 - 1e-6) || fewer * perReplica < from).toBe(true);
      expectClose(utilisation, from / (replicas * perReplica), 1e-12);
    }));
  });

  it('is the whole jump where nothing may wait', () => {
    expect(headroomFor({ from: 100, to: 500, perReplica: 10, reaction: 60, slack: 0 })).toEqual({ replicas: 50, utilisation: 0.2 });
    expect(headroomFor({ from: 100, to: 500, perReplica: 10, reaction: 60, slack: -1 }).replicas).toBe(50);
    expect(headroomFor({ from: 100, to: 500, perReplica: 10, reaction: 0, slack: 0 }).replicas).toBe(10);
  });
});

describe('the start of a replica', () => {
  it('includes loading the weights', () => {
    expect(loadTime(140e9, 1e9)).toBe(140);
    expect(reactionTime({ metricDelay: 15, machineStart: 60, processStart: 20, weights: 140e9, loadRate: 1e9 })).toBe(235);
    expect(reactionTime({})).toBe(0);
    expect(loadTime(0, 0)).toBe(0);
  });
});
