import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lowerGammaInverse } from '../../../../src/analysis/statistics/special-functions.ts';
import { serviceLawOf } from '../../../../src/analysis/estimation/latency/service-law.ts';

const quantile = ({ mean, scv }: { mean: number; scv: number }, p: number): number => mean * scv * lowerGammaInverse(1 / scv, p);

describe('the law of a service time', () => {
  it('goes through the declared median and tail', () => {
    fc.assert(fc.property(fc.double({ min: 1e-4, max: 10, noNaN: true }), fc.double({ min: 1.05, max: 100, noNaN: true }), (p50, ratio) => {
      const law = serviceLawOf({ p50, p99: p50 * ratio });
      expect(law && quantile(law, 0.5) / p50).toBeCloseTo(1, 6);
      expect(law && quantile(law, 0.99) / p50 / ratio).toBeCloseTo(1, 6);
    }));
  });

  it('is nearly constant where median and tail are equal', () => {
    const law = serviceLawOf({ p50: 0.006, p99: 0.006 });
    expect(law?.mean).toBeCloseTo(0.006, 6);
    expect(law?.scv).toBeLessThan(1e-3);
  });

  it('takes a usual spread where one figure is declared, and none where nothing is', () => {
    expect(serviceLawOf({ p99: 0.05 })?.mean).toBeLessThan(0.05);
    expect(serviceLawOf({ p50: 0.05 })?.scv).toBe(0.25);
    expect(serviceLawOf({})).toBeUndefined();
  });
});
