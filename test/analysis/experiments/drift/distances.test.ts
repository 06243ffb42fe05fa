import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chiSquaredAgainst, chiSquaredOfTwo, jensenShannon, jensenShannonDistance, kolmogorovSmirnov, kullbackLeibler, populationStabilityIndex, wassersteinNormed } from '../../../../src/analysis/experiments/drift/distances.ts';
import { expectClose, valueOf } from '../value-of.ts';

const bins = fc.integer({ min: 2, max: 30 }).chain((count) => fc.tuple(...(['reference', 'window'] as const).map(() => fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: count, maxLength: count }))));
const sample = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 40 });

describe('distances of histograms', () => {
  it('are zero for the same shares, and above otherwise', () => {
    fc.assert(
      fc.property(bins, ([reference, window]) => {
        for (const distance of [populationStabilityIndex, kullbackLeibler, jensenShannon, jensenShannonDistance, chiSquaredOfTwo, chiSquaredAgainst]) {
          expect(valueOf(distance(reference!, reference!.map((count) => 3 * count)))).toBeCloseTo(0, 6);
          expect(valueOf(distance(reference!, window!))).toBeGreaterThanOrEqual(-1e-12);
        }
      }),
    );
  });

  it('PSI is both Kullback-Leibler divergences together, and symmetric as Jensen-Shannon is', () => {
    fc.assert(
      fc.property(bins, ([reference, window]) => {
        const [p, q] = [reference!, window!];
        const psi = valueOf(populationStabilityIndex(p, q));
        expect(valueOf(kullbackLeibler(p, q)) + valueOf(kullbackLeibler(q, p))).toBeCloseTo(psi, 8);
        expect(valueOf(populationStabilityIndex(q, p))).toBeCloseTo(psi, 10);
        expect(valueOf(jensenShannon(q, p))).toBeCloseTo(valueOf(jensenShannon(p, q)), 12);
        expect(valueOf(jensenShannonDistance(p, q))).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });

  it('agree with SciPy', () => {
    const [p, q] = [[0.5, 0.3, 0.2], [0.1, 0.6, 0.3]];
    expectClose(valueOf(jensenShannonDistance(p, q)), 0.38603432433827223, 1e-12);
    expectClose(valueOf(kullbackLeibler(p, q)), 0.37658404952500646, 1e-12);
    expectClose(valueOf(chiSquaredAgainst([1, 1, 1], [120, 95, 85])), 6.5, 1e-12);
    // chi2_contingency([[90, 60, 30], [40, 50, 60]], correction=False)
    expectClose(valueOf(chiSquaredOfTwo([90, 60, 30], [40, 50, 60])), 27.64102564102565, 1e-12);
  });

  it('an empty bin makes a divergence infinite, which a pseudo-count prevents', () => {
    expect(populationStabilityIndex([10, 0], [5, 5]).reason).toMatch(/infinite.*pseudo-count/);
    expect(kullbackLeibler([10, 0], [5, 5]).reason).toMatch(/infinite/);
    expect(valueOf(kullbackLeibler([5, 5], [10, 0]))).toBeCloseTo(Math.LN2, 12);
    expect(valueOf(jensenShannonDistance([10, 0], [0, 5]))).toBeCloseTo(1, 12);
    expect(valueOf(populationStabilityIndex([10, 0], [5, 5], 0.5))).toBeGreaterThan(1);
    expect(valueOf(populationStabilityIndex([10, 0, 10], [5, 0, 5]))).toBe(0);
  });

  it.each([[[1], [1]], [[1, 2], [1, 2, 3]], [[-1, 2], [1, 1]], [[0, 0], [1, 1]], [[Number.NaN, 1], [1, 1]], [[Infinity, 1], [1, 1]]])('%o against %o has a reason', (reference, window) => {
    expect(populationStabilityIndex(reference, window).value).toBeNull();
    expect(chiSquaredOfTwo(reference, window).reason).toMatch(/histogram/);
  });
});

describe('distances of samples', () => {
  const [x, y] = [[0.1, 0.4, 0.4, 0.9, 1.5, 2.2], [0.4, 0.8, 1.1, 1.5, 3]];

  it('agree with SciPy, ties included', () => {
    expectClose(valueOf(kolmogorovSmirnov(x, y)), 0.3, 1e-12);
    expectClose(valueOf(wassersteinNormed(x, y)), 0.6081688213084497, 1e-12);
  });

  it('do not depend on the order or on the unit, and a shift by one is one standard deviation', () => {
    fc.assert(
      fc.property(sample, sample, fc.constantFrom(0.001, 1, 1000), (first, second, unit) => {
        const distance = valueOf(kolmogorovSmirnov(first, second));
        expect(distance).toBeGreaterThanOrEqual(0);
        expect(distance).toBeLessThanOrEqual(1 + 1e-12);
        expect(valueOf(kolmogorovSmirnov([...second].reverse(), first))).toBeCloseTo(distance, 10);
        fc.pre(Math.max(...first) - Math.min(...first) > 1);
        const moved = valueOf(wassersteinNormed(first, first.map((value) => value + 10)));
        expectClose(valueOf(wassersteinNormed(first.map((value) => value * unit), first.map((value) => (value + 10) * unit))), moved, 1e-6);
      }),
    );
    expect(valueOf(wassersteinNormed([-1, 1], [0, 2]))).toBe(1);
    expect(valueOf(kolmogorovSmirnov([1, 2], [3, 4]))).toBe(1);
    expect(valueOf(kolmogorovSmirnov([1], [1]))).toBe(0);
  });

  it('takes samples of any length', () => {
    const many = Array.from({ length: 200_000 }, (_, index) => index);
    expect(valueOf(kolmogorovSmirnov(many, many.map((value) => value + 50_000)))).toBeCloseTo(0.25, 4);
  });

  it('says why not', () => {
    expect(kolmogorovSmirnov([], [1]).reason).toMatch(/values/);
    expect(wassersteinNormed([1, Number.NaN], [1]).reason).toMatch(/numbers/);
    expect(wassersteinNormed([1, 1], [2]).reason).toMatch(/standard deviation/);
  });
});
