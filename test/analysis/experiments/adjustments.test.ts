import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { designEffect, guardrailSampleSize, ratioMetricVariance, varianceReduction } from '../../../src/analysis/experiments/adjustments.ts';
import { benjaminiHochberg, bonferroniLevel, falseDiscoveriesUnderNull, holm } from '../../../src/analysis/experiments/multiple-testing.ts';
import { durationOf, problemOfLength, SECONDS_PER_WEEK, unitsIn } from '../../../src/analysis/experiments/duration.ts';
import { expectClose, valueOf } from './value-of.ts';

const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 30 });

describe('adjustments of a sample', () => {
  it('a covariate saves the square of its correlation, a cluster costs what its units share', () => {
    expect(valueOf(varianceReduction(0.5))).toBe(0.75);
    expect(valueOf(varianceReduction(-0.5))).toBe(0.75);
    expect(valueOf(designEffect(20, 0.05))).toBeCloseTo(1.95, 12);
    expect(valueOf(designEffect(1, 0.9))).toBe(1);
    expect(varianceReduction(1).reason).toMatch(/correlation/);
    expect(designEffect(0.5, 0).reason).toMatch(/cluster/);
    expect(designEffect(2, -0.1).reason).toMatch(/correlation/);
  });

  it('a guardrail is a test of non-inferiority', () => {
    // (1.644854 + 0.841621)² · 2 · 0.1 · 0.9 / 0.01²
    expectClose(valueOf(guardrailSampleSize({ baseline: 0.1, margin: 0.01 })), 11_128.6, 1e-4);
    expect(valueOf(guardrailSampleSize({ baseline: 0.1, target: 0.104, margin: 0.01 }))).toBeGreaterThan(2.7 * 11_128);
    expect(guardrailSampleSize({ baseline: 0.1, target: 0.12, margin: 0.01 }).reason).toMatch(/loss/);
    expect(guardrailSampleSize({ baseline: 0.1, margin: 0 }).reason).toMatch(/margin/);
    expect(guardrailSampleSize({ baseline: 2, margin: 0.1 }).reason).toMatch(/baseline/);
  });

  it('a ratio whose denominator is constant has the variance of its numerator', () => {
    const metric = { numeratorMean: 3, denominatorMean: 2, numeratorVariance: 5, denominatorVariance: 0, covariance: 0 };
    expect(valueOf(ratioMetricVariance(metric))).toBe(5 / 4);
    expect(valueOf(ratioMetricVariance({ ...metric, numeratorMean: 4, numeratorVariance: 4, denominatorVariance: 1, covariance: 2 }))).toBe(0);
    expect(ratioMetricVariance({ ...metric, denominatorMean: 0 }).reason).toMatch(/denominator/);
    expect(ratioMetricVariance({ ...metric, covariance: 100 }).reason).toMatch(/covariance/);
  });
});

describe('many comparisons', () => {
  it('are adjusted as in R', () => {
    // p.adjust(c(.01, .02, .03, .04, .05), "holm") and "BH"
    const p = [0.04, 0.01, 0.05, 0.02, 0.03];
    for (const [index, value] of [0.09, 0.05, 0.09, 0.08, 0.09].entries()) expect(holm(p)[index]).toBeCloseTo(value, 12);
    expect(benjaminiHochberg(p).map((value) => Number(value.toFixed(12)))).toEqual([0.05, 0.05, 0.05, 0.05, 0.05]);
    expect(bonferroniLevel(0.05, 5)).toBe(0.01);
  });

  it('Benjamini-Hochberg ≤ Holm ≤ Bonferroni, in the order of the p-values', () => {
    fc.assert(
      fc.property(pValues, (p) => {
        const [h, bh] = [holm(p), benjaminiHochberg(p)];
        for (const [index, value] of p.entries()) {
          expect(bh[index]).toBeLessThanOrEqual(h[index]! + 1e-12);
          expect(h[index]).toBeLessThanOrEqual(Math.min(1, value * p.length) + 1e-12);
          expect(bh[index]).toBeGreaterThanOrEqual(value - 1e-12);
          for (const [other, second] of p.entries()) if (value < second) expect(h[index]).toBeLessThanOrEqual(h[other]!);
        }
      }),
    );
  });

  it('false discoveries without any effect', () => {
    // Two million simulated families of five at 0.3: 0.48994 ± 0.0006.
    expectClose(falseDiscoveriesUnderNull(0.3, 5), 0.48994, 0.002);
    expect(falseDiscoveriesUnderNull(0.05, 1)).toBe(0.05);
    expect(falseDiscoveriesUnderNull(0.05, 1e6)).toBeCloseTo(0.05 / 0.95 ** 2, 6);
  });
});

describe('how long it runs', () => {
  it('is whole weeks, at least one', () => {
    expect(valueOf(durationOf(1000, { eligiblePerSecond: 1 }))).toEqual({ seconds: 1000, weeks: 1, warnings: [] });
    expect(valueOf(durationOf(SECONDS_PER_WEEK + 1, { eligiblePerSecond: 1 })).weeks).toBe(2);
    expect(valueOf(durationOf(SECONDS_PER_WEEK, { eligiblePerSecond: 1, share: 0.5 })).weeks).toBe(2);
    expect(valueOf(unitsIn(100, { eligiblePerSecond: 3, share: 0.1 }))).toBeCloseTo(30, 12);
  });

  it('is warned of beyond eight weeks, and refused under seven days', () => {
    expect(valueOf(durationOf(8 * SECONDS_PER_WEEK, { eligiblePerSecond: 1 })).warnings).toEqual([]);
    expect(valueOf(durationOf(8 * SECONDS_PER_WEEK + 1, { eligiblePerSecond: 1 })).warnings).toEqual([expect.stringMatching(/^9 weeks/)]);
    expect(problemOfLength(6 * 86_400)).toMatch(/6 days/);
    expect(problemOfLength(7 * 86_400)).toBeUndefined();
  });

  it('has a reason where there is no traffic', () => {
    expect(durationOf(1000, { eligiblePerSecond: 0 }).reason).toMatch(/traffic/);
    expect(durationOf(1000, { eligiblePerSecond: 1, share: 2 }).reason).toMatch(/share/);
    expect(durationOf(1e308, { eligiblePerSecond: 1e-308 }).reason).toMatch(/never/);
    expect(unitsIn(1, { eligiblePerSecond: Number.NaN }).reason).toMatch(/traffic/);
  });
});
