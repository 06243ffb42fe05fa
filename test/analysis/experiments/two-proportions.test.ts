import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { proportionDetectable, proportionPower, proportionSampleSize, type ProportionFormula } from '../../../src/analysis/experiments/two-proportions.ts';
import { expectClose, valueOf } from './value-of.ts';

const FORMULAS: readonly ProportionFormula[] = ['pooled', 'unpooled', 'arcsine', 'control-variance'];
const share = fc.double({ min: 0.001, max: 0.999, noNaN: true });
const formulas = fc.constantFrom(...FORMULAS);
const size = (options: Parameters<typeof proportionSampleSize>[0]): number => valueOf(proportionSampleSize(options));

describe('samples that tell two shares apart', () => {
  it('the formulas differ by 3 % or less at 10 % against 11 %', () => {
    const sizes = FORMULAS.map((formula) => Math.round(size({ baseline: 0.1, target: 0.11, formula })));
    expect(sizes).toEqual([14_751, 14_748, 14_744, 14_313]);
  });

  it('a split of 10 to 90 costs 2.8 times the sample', () => {
    const even = 2 * size({ baseline: 0.1, target: 0.11 });
    const uneven = 10 * size({ baseline: 0.1, target: 0.11, ratio: 9, formula: 'arcsine' });
    expect(Math.round(uneven)).toBe(81_912);
    expect(uneven / even).toBeCloseTo(2.78, 2);
    // The pooled share is that of both arms by their sizes: 0.109.
    expectClose(size({ baseline: 0.1, target: 0.11, ratio: 9 }), 8301.961148630096, 1e-10);
  });

  it('the arms may be named the other way round', () => {
    fc.assert(
      fc.property(share, share, fc.double({ min: 0.05, max: 20, noNaN: true }), fc.constantFrom<ProportionFormula>('pooled', 'unpooled', 'arcsine'), (baseline, target, ratio, formula) => {
        fc.pre(Math.abs(baseline - target) > 0.001);
        expectClose(size({ baseline, target, ratio, formula }) * ratio, size({ baseline: target, target: baseline, ratio: 1 / ratio, formula }), 1e-6);
      }),
    );
  });

  it('falls with the difference, rises with the power and falls with the level', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 0.4, noNaN: true }), fc.double({ min: 0.001, max: 0.3, noNaN: true }), formulas, (baseline, difference, formula) => {
        const test = { baseline, target: baseline + difference, formula };
        // The variance of the target may grow as well, but never as fast as the square of the difference.
        expect(size({ ...test, target: baseline + 1.1 * difference })).toBeLessThan(size(test));
        expect(size({ ...test, power: 0.9 })).toBeGreaterThan(size(test));
        expect(size({ ...test, alpha: 0.1 })).toBeLessThan(size(test));
        expect(size({ ...test, sides: 1 })).toBeLessThan(size(test));
      }),
    );
  });

  it('has the power that it was asked for, and detects what it was made for', () => {
    fc.assert(
      fc.property(share, share, fc.double({ min: 0.3, max: 0.99, noNaN: true }), fc.double({ min: 0.1, max: 10, noNaN: true }), formulas, (baseline, target, power, ratio, formula) => {
        fc.pre(Math.abs(baseline - target) > 0.001);
        const test = { baseline, ratio, formula };
        const { value: n } = proportionSampleSize({ ...test, target, power });
        fc.pre(n !== null && n > 0.01);
        expectClose(valueOf(proportionPower({ ...test, target, n })), power, 1e-8);
        // With a handful of units the power rises and falls on the way to the end.
        fc.pre(formula !== 'control-variance' && n! * Math.min(1, ratio) > 10);
        expectClose(valueOf(proportionDetectable({ ...test, n, power, direction: target > baseline ? 'up' : 'down' })), target, 1e-4);
      }),
    );
  });

  it('counts in the same way from the other end of the scale', () => {
    fc.assert(fc.property(share, share, formulas, (baseline, target, formula) => (fc.pre(Math.abs(baseline - target) > 0.001), expectClose(size({ baseline, target, formula }), size({ baseline: 1 - baseline, target: 1 - target, formula }), 1e-6))));
  });
});

describe('what cannot be answered', () => {
  it.each([
    [{ baseline: 0.1, target: 0.1 }, /equal/],
    [{ baseline: 1.1, target: 0.1 }, /baseline.*1\.1/],
    [{ baseline: 0.1, target: -1 }, /target.*-1/],
    [{ baseline: 0, target: 0.1 }, /baseline/],
    [{ baseline: Number.NaN, target: 0.1 }, /baseline/],
    [{ baseline: 0.1, target: 0.2, alpha: 0 }, /significance/],
    [{ baseline: 0.1, target: 0.2, power: 1 }, /power/],
    [{ baseline: 0.1, target: 0.2, power: 0.02 }, /power/],
    [{ baseline: 0.1, target: 0.2, ratio: 0 }, /ratio/],
  ])('%o has a reason', (test, reason) => {
    expect(proportionSampleSize(test)).toEqual({ value: null, reason: expect.stringMatching(reason) });
  });

  it('the variance of the control alone may have more power by chance', () => {
    expect(proportionSampleSize({ baseline: 0.001, target: 0.02, ratio: 0.1, power: 0.3, formula: 'control-variance' }).reason).toMatch(/single unit/);
  });

  it('so few units show nothing', () => {
    expect(proportionDetectable({ baseline: 0.9, n: 2 }).reason).toMatch(/100 %/);
    expect(proportionDetectable({ baseline: 0.1, n: 2, direction: 'down' }).reason).toMatch(/0 %/);
    expect(proportionPower({ baseline: 0.1, target: 0.2, n: 0 }).reason).toMatch(/units/);
  });

  it('extreme shares and levels stay finite', () => {
    for (const test of [{ baseline: 1e-300, target: 1.1e-300 }, { baseline: 0.1, target: 0.1 + 1e-15 }, { baseline: 1e-12, target: 1 - 1e-12 }, { baseline: 0.1, target: 0.11, alpha: 1e-300, power: 1 - 1e-15 }]) {
      for (const formula of FORMULAS) {
        const { value, reason } = proportionSampleSize({ ...test, formula });
        expect(value === null ? reason : Number.isFinite(value)).toBeTruthy();
      }
    }
  });
});
