import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chiSquaredTail, chiSquaredUpperQuantile, kolmogorovTail, kolmogorovUpperQuantile, noncentralChiSquaredTail, noncentralityFor, normalCdf, normalQuantile, normalTail, normalUpperQuantile } from '../../../src/analysis/experiments/distributions.ts';
import { gaussLegendre } from '../../../src/analysis/experiments/legendre.ts';
import { rootOf } from '../../../src/analysis/experiments/root.ts';
import { studentTail, studentUpperQuantile } from '../../../src/analysis/experiments/student-t.ts';
import { expectClose } from './value-of.ts';

/** The reference values are those of SciPy 1.17. */
describe('distributions', () => {
  it.each([[0, 0.5], [1.96, 0.024997895148220435], [10, 7.61985302416047e-24], [37, 5.7255712225239266e-300]])('normal tail above %d', (z, p) => {
    expectClose(normalTail(z), p, 1e-12);
    expectClose(normalCdf(-z), p, 1e-12);
    if (z > 0) expectClose(normalUpperQuantile(p), z, 1e-12);
  });

  it.each([[3.84, 1, 0.05004352124870519, 1e-11], [16.919, 9, 0.049999640848349826, 1e-11], [300, 1, 3.2943623833139784e-67, 1e-11], [100, 99, 0.4529585113209314, 1e-11], [2100, 2000, 0.05867111137731806, 1e-9], [5300, 5000, 0.0015958249441347303, 3e-4]])('chi-squared tail above %d with %d degrees of freedom', (x, df, p, tolerance) => {
    expectClose(chiSquaredTail(x, df), p, tolerance);
    expectClose(chiSquaredUpperQuantile(p, df), x, Math.max(1e-9, tolerance / 10));
  });

  it.each([[20, 9, 5, 0.15912348526970627, 1e-11], [50, 19, 40, 0.7257718064061506, 1e-11], [3, 1, 4, 0.6057257497983667, 1e-11], [1010, 9, 999, 0.48113431284705604, 1e-9], [1010, 9, 1001, 0.4937180478947789, 1e-5], [10_000, 9, 9900, 0.32234369006513386, 1e-5]])('noncentral chi-squared above %d (%d, %d)', (x, df, noncentrality, p, tolerance) => {
    expectClose(noncentralChiSquaredTail(x, df, noncentrality), p, tolerance);
    expectClose(noncentralityFor(x, df, p), noncentrality, Math.max(1e-8, tolerance));
  });

  it.each([[12.706, 1, 0.025000401179066593], [2.228, 10, 0.02500588590855566], [5, 2, 0.018874775675311862], [1e4, 2, 4.9999999250000005e-9], [1.96, 1e6, 0.024998033792634926]])('t above %d with %d degrees of freedom', (t, df, p) => {
    expectClose(studentTail(t, df), p, 1e-9);
    expectClose(studentUpperQuantile(p, df), t, 1e-9);
  });

  it.each([[2, 10, 1, 0.19238843746962478], [1.984, 98, 2.5, 0.6970508849969159], [3, 2, 1, 0.1664405736628651], [-1, 5, 2, 0.9976836243459248]])('noncentral t above %d (%d, %d)', (t, df, noncentrality, p) => expectClose(studentTail(t, df, noncentrality), p, 1e-9));

  it.each([[0.3, 0.9999906941986655], [0.5, 0.9639452436648751], [1, 0.26999967167735456], [1.3581, 0.0499996304316674], [3, 3.045995948942526e-8]])('Kolmogorov above %d', (x, p) => {
    expectClose(kolmogorovTail(x), p, 1e-10);
    expectClose(kolmogorovUpperQuantile(p), x, 1e-5);
  });

  it('quantiles undo tails', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 0.999, noNaN: true }), fc.integer({ min: 1, max: 400 }), (p, df) => {
        expectClose(normalCdf(normalQuantile(p)), p, 1e-10);
        expectClose(chiSquaredTail(chiSquaredUpperQuantile(p, df), df), p, 1e-7);
        expectClose(kolmogorovTail(kolmogorovUpperQuantile(p)), p, 1e-6);
      }),
    );
  });

  it('ends are infinite or zero, and not missing', () => {
    expect([chiSquaredUpperQuantile(0, 3), chiSquaredUpperQuantile(1, 3), chiSquaredTail(0, 3), chiSquaredTail(Infinity, 3)]).toEqual([Infinity, 0, 1, 0]);
    expect([kolmogorovUpperQuantile(0), kolmogorovUpperQuantile(1), kolmogorovTail(0)]).toEqual([Infinity, 0, 1]);
  });
});

describe('numerical tools', () => {
  it('finds roots to the last digits', () => {
    expectClose(rootOf((x) => x ** 3 - 2, 0, 2), Math.cbrt(2), 1e-15);
    expectClose(rootOf((x) => Math.exp(-x) - 1e-9, 0, 1000), Math.log(1e9), 1e-14);
    expectClose(rootOf((x) => 1e-30 - x, 0, 1), 1e-30, 1e-12);
    expect(rootOf((x) => x, 0, 5)).toBe(0);
  });

  it('returns the better end where there is no root', () => {
    expect(rootOf((x) => x + 1, 0, 5)).toBe(0);
  });

  it.each([1, 2, 5, 16, 64, 200])('integrates polynomials exactly with %d nodes', (count) => {
    const { nodes, weights } = gaussLegendre(count);
    const integral = (degree: number): number => nodes.reduce((sum, node, index) => sum + (weights[index] ?? 0) * node ** degree, 0);
    for (const degree of [0, 1, 2, 2 * count - 2]) if (degree <= 2 * count - 1) expect(integral(degree)).toBeCloseTo(degree % 2 === 0 ? 2 / (degree + 1) : 0, 12);
  });
});
