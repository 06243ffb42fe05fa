import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alwaysValid, alwaysValidDesign, alwaysValidPValues } from '../../../src/analysis/experiments/always-valid.ts';
import { expectClose, valueOf } from './value-of.ts';

const observation = fc.record({ n: fc.integer({ min: 1, max: 1e7 }), difference: fc.double({ min: -2, max: 2, noNaN: true }), variance: fc.double({ min: 1e-6, max: 1e6, noNaN: true }), mixingVariance: fc.double({ min: 1e-9, max: 10, noNaN: true }) });

describe('an always-valid test', () => {
  it('rejects exactly where the confidence sequence leaves out zero', () => {
    fc.assert(
      fc.property(observation, (seen) => {
        const { p, halfWidth } = valueOf(alwaysValid(seen));
        fc.pre(Math.abs(p - 0.05) > 1e-9);
        expect(p < 0.05).toBe(Math.abs(seen.difference) > halfWidth);
      }),
    );
  });

  it('does not depend on the sign or on the unit', () => {
    fc.assert(
      fc.property(observation, fc.constantFrom(1e-3, 10, 1e5), (seen, unit) => {
        const { logRatio } = valueOf(alwaysValid(seen));
        expectClose(valueOf(alwaysValid({ ...seen, difference: -seen.difference })).logRatio, logRatio, 1e-12);
        const scaled = valueOf(alwaysValid({ n: seen.n, difference: seen.difference * unit, variance: seen.variance * unit ** 2, mixingVariance: seen.mixingVariance * unit ** 2 }));
        expect(Math.abs(scaled.logRatio - logRatio)).toBeLessThan(1e-9 * (1 + Math.abs(logRatio)));
      }),
    );
  });

  it('never takes a p-value back', () => {
    const seen = [0.02, 0.012, 0.008].map((difference, index) => ({ n: 10_000 * (index + 1), difference, variance: 0.18, mixingVariance: 1e-4 }));
    const p = valueOf(alwaysValidPValues(seen));
    expect(p).toEqual([...p].sort((a, b) => b - a));
    expect(p[2]).toBe(p[1]);
  });

  it('costs 1.6 times the sample of one look, and has a power of 55 % there', () => {
    // Four thousand simulated experiments at 10 % against 11 %: 23,200 units in each arm, where one look needs 14,128
    // with the same variance; 0.55 at 14,751.
    const { inflation, expectedUnderAlternative, powerAtFixedSample } = valueOf(alwaysValidDesign());
    expectClose(inflation, 23_200 / 14_128, 0.03);
    expectClose(powerAtFixedSample, 0.55, 0.02);
    expect(expectedUnderAlternative).toBeLessThan(1);
  });

  it('is best where the differences thought possible are like the one to detect', () => {
    const costs = [0.2, 1, 5].map((mixing) => valueOf(alwaysValidDesign({ mixing })).inflation);
    expect(costs[1]).toBeLessThan(Math.min(costs[0]!, costs[2]!));
  });

  it('stays finite where the numbers are not', () => {
    expect(valueOf(alwaysValid({ n: 1e12, difference: 1, variance: 1e-6, mixingVariance: 1 })).p).toBe(0);
    expect(alwaysValid({ n: 1e300, difference: 1e300, variance: 1e-300, mixingVariance: 1 }).reason).toMatch(/too large/);
  });

  it.each([[{ n: 0 }, /units/], [{ variance: -1 }, /variance/], [{ mixingVariance: 0 }, /mixing/], [{ difference: Number.NaN }, /difference/]])('%o has a reason', (part, reason) => {
    const seen = { n: 100, difference: 0.1, variance: 1, mixingVariance: 1, ...part };
    expect(alwaysValid(seen).reason).toMatch(reason);
    expect(alwaysValidPValues([seen]).reason).toMatch(reason);
  });

  it('says why it cannot be planned', () => {
    expect(alwaysValidDesign({ power: 2 }).reason).toMatch(/power/);
    expect(alwaysValidDesign({ mixing: 0 }).reason).toMatch(/mixing/);
    expect(alwaysValidDesign({ alpha: 0.5, power: 0.3 }).reason).toMatch(/power/);
    expect(alwaysValidDesign({ alpha: 0.01, power: 0.011 }).reason).toMatch(/12 times/);
  });
});
