import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleRatio } from '../../../src/analysis/experiments/srm.ts';
import { expectClose, valueOf } from './value-of.ts';

const count = fc.integer({ min: 10, max: 1e9 });

describe('a sample ratio mismatch', () => {
  it('is seen below p = 0.001', () => {
    expect(valueOf(sampleRatio([821_588, 815_482])).mismatch).toBe(true);
    expect(valueOf(sampleRatio([10_000, 10_300])).mismatch).toBe(false);
    const { p, statistic, expected } = valueOf(sampleRatio([120, 95, 85]));
    expectClose(statistic, 6.5, 1e-12);
    expectClose(p, 0.03877420783172202, 1e-10);
    expect(expected).toEqual([100, 100, 100]);
  });

  it('does not depend on the order of the arms or on the scale of the split', () => {
    fc.assert(
      fc.property(count, count, fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 }), (a, b, left, right) => {
        fc.pre(((a + b) * Math.min(left, right)) / (left + right) > 6);
        const { p } = valueOf(sampleRatio([a, b], [left, right]));
        expectClose(valueOf(sampleRatio([b, a], [right, left])).p, p, 1e-9);
        expectClose(valueOf(sampleRatio([a, b], [left / 100, right / 100])).p, p, 1e-9);
      }),
    );
  });

  it('counts that are as configured have p = 1', () => {
    expect(valueOf(sampleRatio([9000, 1000], [9, 1]))).toEqual({ expected: [9000, 1000], statistic: 0, p: 1, mismatch: false });
  });

  it('a vast mismatch has p = 0', () => {
    expect(valueOf(sampleRatio([1e12, 1])).p).toBe(0);
  });

  it.each([[[1], undefined, /two arms/], [[1, 2], undefined, /5 units/], [[0, 0], undefined, /5 units/], [[-1, 2], undefined, /Counts/], [[100, Number.NaN], undefined, /Counts/], [[100, 100], [1, 0], /above 0/], [[100, 100], [1], /1 proportions/]])('%o against %o has a reason', (counts, split, reason) => {
    expect(sampleRatio(counts, split).reason).toMatch(reason);
  });
});
