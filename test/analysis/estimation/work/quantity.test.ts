import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { banded, inQuadrature, logSdOf, product, quotient, scaled, USUAL_LOG_SD } from '../../../../src/analysis/estimation/quantity.ts';

const positive = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
const spread = fc.double({ min: 0.001, max: 2, noNaN: true });

describe('a figure with a band', () => {
  it('has its ends at the 10th and the 90th percentile of a log-normal error', () => {
    const { low, high } = banded(100, 's', 'measured');
    expect(low).toBeCloseTo(87.97, 2);
    expect(high).toBeCloseTo(113.67, 2);
  });

  it('is the wider the less is known', () => {
    expect(Object.values(USUAL_LOG_SD)).toEqual([0.1, 0.2, 0.25, 0.5, 0.8]);
  });

  it('gives its spread back', () => {
    fc.assert(fc.property(positive, spread, (value, logSd) => {
      expect(logSdOf(banded(value, 's', 'assumed', logSd))).toBeCloseTo(logSd, 9);
    }));
  });

  it('keeps its spread when it is scaled', () => {
    fc.assert(fc.property(positive, spread, positive, (value, logSd, factor) => {
      expect(logSdOf(scaled(banded(value, 's', 'measured', logSd), factor))).toBeCloseTo(logSd, 9);
    }));
  });
});

describe('figures together', () => {
  const [three, four] = [banded(3, 'req/s', 'measured', 0.3), banded(4, 's', 'roofline', 0.4)];

  it('add their spreads in quadrature, and are no surer than the least sure', () => {
    const both = product('req', three, four);
    expect(both).toMatchObject({ value: 12, unit: 'req', provenance: 'roofline' });
    expect(logSdOf(both)).toBeCloseTo(0.5, 12);
    expect(logSdOf(quotient('1', three, four))).toBeCloseTo(0.5, 12);
    expect(quotient('1', three, four).value).toBe(0.75);
  });

  it('make an exact figure of exact ones', () => {
    expect(inQuadrature(0, 0)).toBe(0);
    expect(product('1', banded(2, '1', 'measured', 0), banded(5, '1', 'measured', 0))).toEqual({ value: 10, low: 10, high: 10, unit: '1', provenance: 'measured' });
  });
});
