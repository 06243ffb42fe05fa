import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meanDetectable, meanPower, meanSampleSize } from '../../../src/analysis/experiments/means.ts';
import { expectClose, valueOf } from './value-of.ts';

const effect = fc.double({ min: 0.02, max: 1.5, noNaN: true });

describe('samples that tell two means apart', () => {
  it('normal is 2 (z + z)² / d², and t needs a little more', () => {
    expectClose(valueOf(meanSampleSize({ sd: 1, delta: 0.2, formula: 'normal' })), (2 * (1.959963984540054 + 0.8416212335729143) ** 2) / 0.04, 1e-10);
    fc.assert(
      fc.property(effect, (delta) => {
        const [t, normal] = (['t', 'normal'] as const).map((formula) => valueOf(meanSampleSize({ sd: 1, delta, formula }))) as [number, number];
        expect(t).toBeGreaterThan(normal);
        expect(t - normal).toBeLessThan(3);
      }),
    );
  });

  it('has the power that it was asked for, and detects what it was made for, in any unit', () => {
    fc.assert(
      fc.property(effect, fc.double({ min: 0.3, max: 0.99, noNaN: true }), fc.double({ min: 0.3, max: 3, noNaN: true }), fc.constantFrom(1e-6, 1, 1e6), fc.constantFrom('t' as const, 'normal' as const), (d, power, ratio, sd, formula) => {
        const n = valueOf(meanSampleSize({ sd, delta: d * sd, power, ratio, formula }));
        fc.pre(n * Math.min(1, ratio) > 2.5);
        expectClose(valueOf(meanPower({ sd, delta: -d * sd, n, ratio, formula })), power, 1e-7);
        expectClose(valueOf(meanDetectable({ sd, n, power, ratio, formula })), d * sd, 1e-6);
      }),
      { numRuns: 30 },
    );
  });

  it('never has fewer than two in an arm', () => {
    expect(valueOf(meanSampleSize({ sd: 1, delta: 100 }))).toBe(2);
    expect(valueOf(meanSampleSize({ sd: 1, delta: 100, ratio: 0.5 }))).toBe(4);
    expect(meanPower({ sd: 1, delta: 1, n: 1 }).reason).toMatch(/two units/);
  });

  it('says why not', () => {
    expect(meanSampleSize({ sd: 0, delta: 1 }).reason).toMatch(/standard deviation/);
    expect(meanSampleSize({ sd: 1, delta: 0 }).reason).toMatch(/difference/);
    expect(meanSampleSize({ sd: 1, delta: Number.NaN }).reason).toMatch(/difference/);
    expect(meanSampleSize({ sd: 1, delta: 1e-200 }).reason).toMatch(/too large/);
    expect(meanSampleSize({ sd: 1, delta: 1, power: 0.01 }).reason).toMatch(/power/);
    expect(meanDetectable({ sd: 1, n: Number.NaN }).reason).toMatch(/units/);
  });

  it('tiny differences are normal', () => {
    expectClose(valueOf(meanSampleSize({ sd: 1, delta: 1e-150 })), 1.5697759e301, 1e-6);
    expectClose(valueOf(meanSampleSize({ sd: 1, delta: 1e-6 })), valueOf(meanSampleSize({ sd: 1, delta: 1e-6, formula: 'normal' })), 1e-9);
  });
});
