import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRefusal } from '../../../../src/analysis/estimation/quantity.ts';
import { batchLaw, linearised, type BatchLaw, type BatchTime } from '../../../../src/analysis/estimation/work/batch-law.ts';

function lawOf(...times: readonly (readonly [batch: number, time: number])[]): BatchLaw {
  const law = batchLaw(times.map(([batch, time]) => ({ batch, time })));
  if (isRefusal(law)) throw new Error(law.refused);
  return law;
}

/** Rising times at rising sizes. */
const curves = fc.array(fc.tuple(fc.integer({ min: 1, max: 200 }), fc.double({ min: 1e-4, max: 0.5, noNaN: true })), { minLength: 1, maxLength: 6 }).map((steps) => {
  const times: BatchTime[] = [];
  for (const [batch, time] of steps) {
    const last = times.at(-1);
    times.push({ batch: (last?.batch ?? 0) + batch, time: (last?.time ?? 0) + time });
  }
  return times;
});

describe('the law of batch times', () => {
  it('passes through its points', () => {
    fc.assert(fc.property(curves, (times) => {
      const law = batchLaw(times);
      if (isRefusal(law)) throw new Error(law.refused);
      for (const { batch, time } of times) expect(law.time(batch) / time).toBeCloseTo(1, 9);
    }));
  });

  it('never falls, and never promises more than proportional work', () => {
    fc.assert(fc.property(curves, fc.double({ min: 1, max: 2000, noNaN: true }), fc.double({ min: 1, max: 2, noNaN: true }), (times, batch, factor) => {
      const law = batchLaw(times);
      if (isRefusal(law)) throw new Error(law.refused);
      const [small, large] = [law.time(batch), law.time(batch * factor)];
      expect(large).toBeGreaterThanOrEqual(small * (1 - 1e-9));
      const first = times[0];
      if (first && batch < first.batch) expect(small).toBeGreaterThanOrEqual((first.time * batch) / first.batch * (1 - 1e-9));
    }));
  });

  it('predicts the sizes between two within a few percent: BERT base, 128 tokens, INT8, A100 (TensorRT, 2026)', () => {
    const law = lawOf([1, 0.54e-3], [128, 8.02e-3]);
    expect(law.time(8) / 0.95e-3).toBeCloseTo(0.92, 2);
    expect(law.time(32) / 2.23e-3).toBeCloseTo(1, 1);
    expect(law.time(64) / 4.12e-3).toBeCloseTo(1, 1);
  });

  it('trusts a third point more than the ends', () => {
    const law = lawOf([1, 10], [16, 11], [64, 40]);
    expect(law.time(16)).toBeCloseTo(11, 9);
    expect(law.time(4)).toBeLessThan(11);
    expect(law.logSd(4)).toBeLessThan(lawOf([1, 10], [64, 40]).logSd(16));
  });

  it('takes a shorter time of a larger batch for noise', () => {
    expect(lawOf([1, 10.37], [2, 10.24], [16, 16]).time(2)).toBeCloseTo(10.37, 9);
  });

  it('is the less sure the further a size is from what is known', () => {
    const law = lawOf([1, 1], [64, 10]);
    expect(law.logSd(1)).toBeLessThan(0.05);
    expect(law.logSd(8)).toBeGreaterThan(law.logSd(2));
    expect(law.logSd(8)).toBeGreaterThan(law.logSd(48));
    expect(law.logSd(1024)).toBeGreaterThan(law.logSd(128));
    expect(lawOf([1, 1]).logSd(64)).toBeGreaterThan(0.5);
  });

  it('refuses what is no time', () => {
    expect(batchLaw([])).toEqual({ refused: 'no batch time is known' });
    expect(batchLaw([{ batch: 1, time: 0 }])).toHaveProperty('refused');
    expect(batchLaw([{ batch: -1, time: 1 }])).toHaveProperty('refused');
    expect(batchLaw([{ batch: 1, time: Number.NaN }])).toHaveProperty('refused');
  });
});

describe('the line of a law', () => {
  it('has single requests and the largest batch in common with it', () => {
    fc.assert(fc.property(curves, fc.integer({ min: 2, max: 512 }), (times, most) => {
      const law = batchLaw(times);
      if (isRefusal(law)) throw new Error(law.refused);
      const { fixed, perItem } = linearised(law, most);
      expect(fixed).toBeGreaterThanOrEqual(0);
      expect((fixed + perItem * most) / law.time(most)).toBeCloseTo(1, 9);
      if (fixed > 0) expect((fixed + perItem) / law.time(1)).toBeCloseTo(1, 9);
    }));
  });

  it('has no fixed work where batches gain nothing', () => {
    const { fixed, perItem } = linearised(lawOf([1, 1], [10, 20]), 10);
    expect(fixed).toBe(0);
    expect(perItem).toBeCloseTo(2, 12);
    expect(linearised(lawOf([1, 1], [10, 5]), 1)).toEqual({ fixed: 0, perItem: 1 });
  });
});
