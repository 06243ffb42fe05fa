import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chiSquaredUnderNull, kolmogorovSmirnovUnderNull, psiUnderNull, rowsForThreshold } from '../../../../src/analysis/experiments/drift/null-distribution.ts';
import { detectableByChiSquared, detectableByKs, detectablePsi, klOfShift, ksOfShift, psiOfShift, rowsForShift, shiftedShares, shiftOf } from '../../../../src/analysis/experiments/drift/sensitivity.ts';
import { expectClose, valueOf } from '../value-of.ts';

const sizes = fc.record({ rows: fc.integer({ min: 100, max: 1e6 }), reference: fc.integer({ min: 100, max: 1e7 }) });
const bins = fc.integer({ min: 2, max: 40 });

describe('what chance makes of a statistic', () => {
  it('needs 339 rows for a PSI of 0.1 in 10 bins, and 603 in 20', () => {
    expect([10, 20].map((count) => Math.ceil(valueOf(rowsForThreshold({ bins: count, threshold: 0.1 }))))).toEqual([339, 603]);
    expect(Math.ceil(valueOf(rowsForThreshold({ bins: 10, threshold: 0.1, reference: 10_000 })))).toBe(173);
    expect(rowsForThreshold({ bins: 10, threshold: 0.1, reference: 100 }).reason).toMatch(/100 rows in the reference/);
  });

  it('stays below the threshold with the rows that it needs', () => {
    fc.assert(
      fc.property(bins, fc.double({ min: 0.01, max: 0.5, noNaN: true }), fc.constantFrom(1, 0.5), (count, threshold, factor) => {
        const rows = valueOf(rowsForThreshold({ bins: count, threshold, factor }));
        fc.pre(rows >= 1);
        const { exceededWith, chanceAbove } = valueOf(psiUnderNull(count, { rows, reference: rows }, factor));
        expectClose(exceededWith(0.05), threshold, 1e-9);
        expectClose(chanceAbove(threshold), 0.05, 1e-7);
      }),
    );
  });

  it('critical distances of Kolmogorov and Smirnov', () => {
    const critical = (rows: number): number => valueOf(kolmogorovSmirnovUnderNull({ rows, reference: rows })).exceededWith(0.05);
    expect([1000, 100_000].map((rows) => Number(critical(rows).toFixed(4)))).toEqual([0.0607, 0.0061]);
    expect(critical(1)).toBe(1);
    // 40,000 pairs of samples of 1,000 rows had a mean distance of 0.0383; the limit is a little more.
    expectClose(valueOf(kolmogorovSmirnovUnderNull({ rows: 1000, reference: 1000 })).mean, 0.8687311606312806 * Math.sqrt(0.002), 1e-9);
  });

  it.each([[psiUnderNull(1, { rows: 10, reference: 10 }), /bins/], [psiUnderNull(10, { rows: 0, reference: 10 }), /window/], [psiUnderNull(10, { rows: 10, reference: Number.NaN }), /reference/], [chiSquaredUnderNull(2.5), /bins/], [kolmogorovSmirnovUnderNull({ rows: Infinity, reference: 1 }), /window/], [rowsForThreshold({ bins: 10, threshold: 0 }), /threshold/]])('has a reason: %o', ({ value, reason }, expected) => {
    expect(value).toBeNull();
    expect(reason).toMatch(expected);
  });
});

describe('what is seen at a size', () => {
  it('shares of a normal feature that moved', () => {
    expect(shiftedShares(0, 10)).toEqual(Array.from({ length: 10 }, () => expect.closeTo(0.1, 12)));
    fc.assert(fc.property(fc.double({ min: 0, max: 8, noNaN: true }), bins, (shift, count) => void expect(shiftedShares(shift, count).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 10)));
    // Two bins: a share of Φ(0.5) above the old median.
    expectClose(psiOfShift(0.5, 2), (0.6914624612740131 - 0.5) * Math.log(0.6914624612740131 / 0.3085375387259869), 1e-10);
  });

  it('grows with the shift, and can be undone', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 7, noNaN: true }), bins, (shift, count) => {
        for (const ofShift of [(d: number) => psiOfShift(d, count), (d: number) => klOfShift(d, count), ksOfShift]) {
          expect(ofShift(1.1 * shift)).toBeGreaterThan(ofShift(shift));
          expect(Math.abs(ofShift(valueOf(shiftOf(ofShift(shift), ofShift))) - ofShift(shift))).toBeLessThan(1e-9);
        }
      }),
    );
  });

  it('is what simulation finds in four of five windows', () => {
    // 40,000 pairs of histograms: 0.809, 0.809 and 0.797; 3,000 pairs of samples: 0.834.
    const psi = (rows: number, reference: number): number => valueOf(shiftOf(valueOf(detectablePsi({ bins: 10, sizes: { rows, reference }, threshold: 0.1 })), (shift) => psiOfShift(shift, 10)));
    expectClose(psi(1000, 10_000), 0.33814, 1e-4);
    expectClose(psi(200, 200), 0.26617, 1e-4);
    expectClose(valueOf(detectableByChiSquared({ bins: 10, sizes: { rows: 1000, reference: 100_000 }, critical: 16.918977604620450 })), 0.12794, 1e-4);
    const equal = { rows: 4320, reference: 4320 };
    expectClose(valueOf(detectableByKs({ sizes: equal, critical: valueOf(kolmogorovSmirnovUnderNull(equal)).exceededWith(0.05) })), 0.07326, 1e-3);
  });

  it('is smaller with more rows and larger with more power', () => {
    fc.assert(
      fc.property(sizes, ({ rows, reference }) => {
        const more = { rows: 2 * rows, reference: 2 * reference };
        const critical = (at: typeof more): number => valueOf(kolmogorovSmirnovUnderNull(at)).exceededWith(0.05);
        const [few, many] = [{ rows, reference }, more].map((at) => valueOf(detectableByKs({ sizes: at, critical: critical(at) })));
        expect(many).toBeLessThan(few!);
        const [chiFew, chiMany, chiSure] = [detectableByChiSquared({ bins: 10, sizes: { rows, reference }, critical: 17 }), detectableByChiSquared({ bins: 10, sizes: more, critical: 17 }), detectableByChiSquared({ bins: 10, sizes: { rows, reference }, critical: 17, power: 0.95 })].map(valueOf);
        expect(chiMany).toBeLessThan(chiFew!);
        expect(chiSure).toBeGreaterThan(chiFew!);
        const psi = [0.5, 0.8, 0.99].map((power) => valueOf(detectablePsi({ bins: 10, sizes: { rows, reference }, threshold: 0.3, power })));
        expect(psi).toEqual([...psi].sort((a, b) => a - b));
      }),
      { numRuns: 30 },
    );
  });

  it('of many rows the threshold itself is seen', () => {
    expectClose(valueOf(detectablePsi({ bins: 10, sizes: { rows: 1e9, reference: 1e9 }, threshold: 0.1 })), 0.1, 1e-3);
  });

  it('says why not', () => {
    expect(shiftOf(0.99999999, (shift) => Math.min(shift, 0.5)).reason).toMatch(/8 standard deviations/);
    expect(shiftOf(Number.NaN, ksOfShift).reason).toMatch(/statistic/);
    expect(detectableByKs({ sizes: { rows: 2, reference: 2 }, critical: 1 }).reason).toMatch(/few rows/);
    expect(detectablePsi({ bins: 10, sizes: { rows: 10, reference: 10 }, threshold: 0.1, power: 1 }).reason).toMatch(/power/);
    expect(detectablePsi({ bins: 10, sizes: { rows: 10, reference: 10 }, threshold: -1 }).reason).toMatch(/threshold/);
    expect(rowsForShift(0, 1.36).reason).toMatch(/shift/);
  });
});
