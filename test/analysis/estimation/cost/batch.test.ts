import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchCost, batchTree, machinesForWindow, type BatchCost, type BatchJob } from '../../../../src/analysis/estimation/cost/batch.ts';
import { compareServing } from '../../../../src/analysis/estimation/cost/serving-comparison.ts';
import { apiOption, batchOption, fleetOption, hybridOption, type ServingNeed } from '../../../../src/analysis/estimation/cost/serving-options.ts';
import type { TrafficProfile } from '../../../../src/analysis/estimation/cost/traffic-profile.ts';
import { totalOf } from '../../../../src/analysis/estimation/cost/tree.ts';

/** A million items at 100/s on four machines: 2,500 s of work. */
const NIGHTLY: BatchJob = { items: 1e6, throughput: 100, machines: 4, startUpSeconds: 200, pricePerHour: 0.36, runsPerMonth: 30, windowSeconds: 3600 };
const run = (change: Partial<BatchJob> = {}): BatchCost => {
  const cost = batchCost({ ...NIGHTLY, ...change });
  if ('problem' in cost) throw new Error(cost.problem);
  return cost;
};

describe('a batch job', () => {
  it('pays work and start-up on all machines', () =>
    expect(run()).toEqual({ runSeconds: 2700, perRun: expect.closeTo(1.08, 12), perMonth: expect.closeTo(32.4, 12), perItem: expect.closeTo(1.08e-6, 15), wastedShare: expect.closeTo(200 / 2700, 12), inTime: true, mostItems: 1_360_000 }));

  it('takes longer where machines together are slower than alone', () => expect(run({ efficiency: 0.5 })).toMatchObject({ runSeconds: 5200, inTime: false }));

  it('on spot machines does again what is lost', () => {
    // Each interruption loses 200 s and half of 640 s: 520 s; at 0.5 an hour that is 7.2 % of the time.
    const cost = run({ spot: { priceFactor: 0.3, interruptionsPerHour: 0.5, checkpointSeconds: 640 } });
    expect(cost.runSeconds).toBeCloseTo(200 + 2500 / (1 - (0.5 * 520) / 3600), 9);
    expect(cost.perRun).toBeCloseTo((cost.runSeconds / 3600) * 4 * 0.36 * 0.3, 12);
  });

  it('needs so many machines for its window', () => {
    expect(machinesForWindow(NIGHTLY)).toBe(3);
    expect(machinesForWindow({ ...NIGHTLY, windowSeconds: 10_200 })).toBe(1);
    expect(machinesForWindow({ ...NIGHTLY, windowSeconds: 200 })).toBeUndefined();
    expect(machinesForWindow({ ...NIGHTLY, windowSeconds: undefined })).toBeUndefined();
  });

  it.each<Partial<BatchJob>>([{ items: -1 }, { throughput: 0 }, { machines: 0 }, { machines: 1.5 }, { efficiency: 0 }, { startUpSeconds: Number.NaN }, { pricePerHour: Number.NaN }, { runsPerMonth: -1 }, { windowSeconds: -1 }, { spot: { priceFactor: 2, interruptionsPerHour: 0, checkpointSeconds: 0 } }, { spot: { priceFactor: 0.3, interruptionsPerHour: 18, checkpointSeconds: 0 } }])('with %j is unusable, and unknown in the bill', (wrong) => {
    expect(batchCost({ ...NIGHTLY, ...wrong })).toHaveProperty('problem');
    expect(batchTree({ ...NIGHTLY, ...wrong }, { name: 'scoring', currency: 'USD', provenance: 'measured' })).toMatchObject({ kind: 'unknown' });
  });

  it('is in time with the machines for its window, and not with one less', () =>
    fc.assert(fc.property(fc.integer({ min: 1, max: 1e8 }), fc.double({ min: 1, max: 1e4, noNaN: true }), fc.double({ min: 0, max: 600, noNaN: true }), fc.double({ min: 601, max: 1e5, noNaN: true }), (items, throughput, startUpSeconds, windowSeconds) => {
      const job = { ...NIGHTLY, items, throughput, startUpSeconds, windowSeconds };
      const machines = machinesForWindow(job) ?? 0;
      expect(run({ ...job, machines, windowSeconds: windowSeconds * (1 + 1e-9) }).inTime).toBe(true);
      if (machines > 1) expect(run({ ...job, machines: machines - 1, windowSeconds: windowSeconds * (1 - 1e-9) }).inTime).toBe(false);
    })));

  it('costs more with more items, a higher price and more machines, and its tree says the same', () =>
    fc.assert(fc.property(fc.integer({ min: 0, max: 1e8 }), fc.double({ min: 0, max: 50, noNaN: true }), fc.integer({ min: 1, max: 50 }), (items, pricePerHour, machines) => {
      const cost = run({ items, pricePerHour, machines });
      expect(run({ items: items * 2, pricePerHour, machines }).perMonth).toBeGreaterThanOrEqual(cost.perMonth);
      expect(run({ items, pricePerHour: pricePerHour * 2, machines }).perMonth).toBeCloseTo(cost.perMonth * 2, 6);
      expect(run({ items, pricePerHour, machines: machines + 1 }).perMonth).toBeGreaterThanOrEqual(cost.perMonth * (1 - 1e-12));
      expect(totalOf(batchTree({ ...NIGHTLY, items, pricePerHour, machines }, { name: 'scoring', currency: 'USD', provenance: 'measured' })).value).toBe(cost.perMonth);
    })));
});

describe('ways to serve the same volume', () => {
  const profile: TrafficProfile = { rates: [10, 20, 30, 20], slotSeconds: 21_600 };
  const need: ServingNeed = { profile, latencySeconds: 0.5, ageSeconds: 2 * 86_400, candidateAgeSeconds: 2 * 86_400, inputsKnownBefore: true, mayLeave: true };
  const source = (name: string) => ({ name, currency: 'USD', provenance: 'measured' as const });
  const fleet = { pricePerHour: 1, capacity: 10 };
  const prices = { input: 0.15e-6, output: 0.6e-6, currency: 'USD' };
  const ways = (asked: ServingNeed, api: object = {}) => [
    fleetOption(asked, { fleet, scaling: { min: 1 }, latencySeconds: 0.2 }, source('real time')),
    batchOption(asked, NIGHTLY, source('batch')),
    hybridOption(asked, NIGHTLY, { fleet: { pricePerHour: 0.2, capacity: 30 }, scaling: { replicas: 2 }, latencySeconds: 0.1 }, source('hybrid')),
    apiOption(asked, { prices, tokens: { input: 500, output: 150 }, latencySeconds: 2, mostCallsPerSecond: 100, ...api }, { name: 'LLM API', provenance: 'published' }),
    fleetOption(asked, { fleet: { pricePerHour: 4, capacity: 5 }, scaling: { replicas: 4 }, latencySeconds: 0.4 }, source('self-hosted LLM')),
  ];

  it('stand side by side with the cheapest that does and why the others do not', () => {
    const { options, cheapest, mayBeCheaper } = compareServing(need, ways(need));
    expect(options.map(({ name, feasible, total }) => [name, feasible, Math.round(total.value)])).toEqual([
      ['batch', 'yes', 32],
      ['hybrid', 'yes', 325],
      ['real time', 'yes', 1461],
      ['LLM API', 'no', 8678],
      ['self-hosted LLM', 'no', 11_688],
    ]);
    expect([cheapest, mayBeCheaper]).toEqual(['batch', []]);
    expect(options[3]?.obstacles).toEqual(['the time for an answer is 2 s, and may be 500 ms']);
    expect(options[4]?.obstacles).toEqual(['4 replicas are too few for 25 % of the time']);
    expect(options[2]?.timesCheapest).toBeCloseTo(1461 / 32.4, 9);
    expect(options[2]?.unit).toMatchObject({ utilisation: 1, perMonth: 1461 });
  });

  it('change when answers must be young, or nobody knows what will be asked', () => {
    const fresh = { ...need, ageSeconds: 60 };
    const { options, cheapest } = compareServing(fresh, ways(fresh));
    expect(cheapest).toBe('hybrid');
    // 2,700 s of the run and 30.4375 / 30 days until the next one.
    expect(options.find(({ name }) => name === 'batch')?.obstacles).toEqual(['the age of an answer is 1.05 days, and may be 1 min']);
    const unique = { ...need, inputsKnownBefore: false };
    expect(compareServing(unique, ways(unique)).options[0]?.obstacles).toEqual(['what will be asked is not known before']);
  });

  it('stay open where something is not known, and may then be cheaper', () => {
    const silent = { profile };
    const comparison = compareServing(silent, ways(silent));
    expect(comparison.cheapest).toBeUndefined();
    expect(comparison.mayBeCheaper).toEqual(['batch', 'hybrid', 'real time', 'LLM API']);
    expect(comparison.options[0]).toMatchObject({ feasible: 'open', open: ['whether it is known before what will be asked', 'what the age of an answer may be'] });
  });

  it('are not cheapest with a bill of which a part is unknown', () => {
    const unpriced = ways(need, { tokens: { input: 1 }, latencySeconds: 0.1 }).filter(({ name }) => name === 'LLM API' || name === 'real time');
    expect(compareServing(need, unpriced)).toMatchObject({ cheapest: 'real time', mayBeCheaper: ['LLM API'] });
  });

  it('exceed the contract at the peak, or may not leave the house', () => {
    const inside = { ...need, mayLeave: false };
    expect(apiOption(inside, { prices, tokens: {}, latencySeconds: 0.1, mostCallsPerSecond: 20 }, { name: 'LLM API', provenance: 'published' }).obstacles).toEqual(['the peak asks 30 times a second, and 20 are allowed', 'inputs may not leave the house']);
  });
});
