import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oneOf, series, slowest, together } from '../../../../src/analysis/estimation/latency/compose.ts';
import { always, stretched, throughPercentiles, type Latency } from '../../../../src/analysis/estimation/latency/distribution.ts';

/** Exponential time of mean one. */
const exponential: Latency = { mean: 1, variance: 1, thirdCumulant: 2, tail: (t) => Math.exp(-t), quantile: (p) => -Math.log(1 - p) };

const copies = (count: number): Latency[] => Array.from({ length: count }, () => exponential);

const times = fc.record({ p50: fc.double({ min: 1e-4, max: 1, noNaN: true }), ratio: fc.double({ min: 1, max: 20, noNaN: true }) }).map(({ p50, ratio }) => throughPercentiles({ p50, p99: p50 * ratio }) as Latency);

describe('stages one after the other', () => {
  // Erlang quantiles: half the chi-squared quantile of 2k degrees.
  it.each([[1, 2.995732, 4.60517], [2, 4.743865, 6.638352], [3, 6.295794, 8.405947], [5, 9.153519, 11.604626]])('of %i exponential times have the percentiles of the Erlang law', (count, p95, p99) => {
    const sum = series(copies(count));
    expect(sum.quantile(0.95)).toBeCloseTo(p95, 5);
    expect(sum.quantile(0.99)).toBeCloseTo(p99, 5);
    expect(sum.tail(p99)).toBeCloseTo(0.01, 6);
  });

  it('that are slow at the same moments have percentiles that add', () => {
    expect(together(copies(5)).quantile(0.99)).toBeCloseTo(5 * 4.60517, 4);
  });

  it('are no slower at the tail when independent than when they coincide', () => {
    fc.assert(fc.property(fc.array(times, { minLength: 1, maxLength: 6 }), (stages) => {
      expect(series(stages).quantile(0.99)).toBeLessThanOrEqual(together(stages).quantile(0.99) * 1.02);
    }));
  });

  it('never answer faster than a constant part', () => {
    expect(series([always(0.2), exponential]).quantile(0.5)).toBeCloseTo(0.2 + Math.LN2, 6);
  });

  it('do not depend on the unit of time', () => {
    fc.assert(fc.property(fc.array(times, { minLength: 2, maxLength: 4 }), fc.constantFrom(1e-3, 1e3), (stages, factor) => {
      const whole = series(stages).quantile(0.99);
      expect(series(stages.map((stage) => stretched(stage, factor))).quantile(0.99) / factor / whole).toBeCloseTo(1, 6);
    }));
  });
});

describe('stages side by side', () => {
  it.each([[2, 5.295808, 1.5], [10, 6.903237, 2.928968], [100, 9.20537, 5.187378]])('the slowest of %i exponential times', (count, p99, mean) => {
    const most = slowest([{ latency: exponential, copies: count }]);
    expect(most.quantile(0.99)).toBeCloseTo(p99, 5);
    expect(most.mean).toBeCloseTo(mean, 1);
  });

  it('of different times is at least each of them', () => {
    fc.assert(fc.property(times, times, fc.constantFrom(0.5, 0.95, 0.99), (a, b, p) => {
      expect(slowest([{ latency: a, copies: 1 }, { latency: b, copies: 1 }]).quantile(p)).toBeGreaterThanOrEqual(Math.max(a.quantile(p), b.quantile(p)) * (1 - 1e-5));
    }));
  });

  it('needs a slow leaf only once: with 100 leaves, 63 % of the requests meet a leaf beyond its own p99', () => {
    expect(slowest([{ latency: exponential, copies: 100 }]).tail(exponential.quantile(0.99))).toBeCloseTo(0.634, 3);
  });
});

describe('one of several ways', () => {
  it('has the percentiles of the mixture', () => {
    const mixed = oneOf([{ latency: always(1), share: 0.9 }, { latency: always(10), share: 0.1 }]);
    expect(mixed.quantile(0.5)).toBeCloseTo(1, 4);
    expect(mixed.quantile(0.95)).toBeCloseTo(10, 4);
    expect(mixed.mean).toBeCloseTo(1.9, 9);
  });

  it('leaves the rest without any time: what a cache answers does not wait', () => {
    const mixed = oneOf([{ latency: exponential, share: 0.4 }]);
    expect(mixed.quantile(0.5)).toBe(0);
    expect(mixed.tail(1)).toBeCloseTo(0.4 * Math.exp(-1), 9);
    expect(mixed.quantile(0.99)).toBeCloseTo(-Math.log(0.01 / 0.4), 4);
  });
});

describe('percentiles that are declared', () => {
  it('are kept exactly, between and beyond them the time goes on rising', () => {
    const time = throughPercentiles({ p50: 0.011, p95: 0.038, p99: 0.088 }) as Latency;
    expect([0.5, 0.95, 0.99].map((p) => Number(time.quantile(p).toFixed(6)))).toEqual([0.011, 0.038, 0.088]);
    expect(time.quantile(0.999)).toBeGreaterThan(0.088);
    expect(time.tail(0.038)).toBeCloseTo(0.05, 9);
  });

  it('are undefined where none is declared, and monotone whatever is', () => {
    expect(throughPercentiles({})).toBeUndefined();
    fc.assert(fc.property(times, fc.double({ min: 0.01, max: 0.99, noNaN: true }), fc.double({ min: 0.01, max: 0.99, noNaN: true }), (time, a, b) => {
      expect(time.quantile(Math.max(a, b))).toBeGreaterThanOrEqual(time.quantile(Math.min(a, b)));
    }));
  });
});
