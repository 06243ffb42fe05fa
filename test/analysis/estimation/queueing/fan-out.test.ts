import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Latency } from '../../../../src/analysis/estimation/latency/distribution.ts';
import { forkJoinMean, harmonic, hedged, hedgedStation, slowestMean } from '../../../../src/analysis/estimation/queueing/fan-out.ts';
import { respond } from '../../../../src/analysis/estimation/queueing/station.ts';
import oracles from '../oracles/queueing.json' with { type: 'json' };
import { expectClose } from './close.ts';

const exponential: Latency = { mean: 1, variance: 1, thirdCumulant: 2, tail: (t) => Math.exp(-t), quantile: (p) => -Math.log1p(-p) };
const uniform: Latency = { mean: 0.5, variance: 1 / 12, thirdCumulant: 0, tail: (t) => Math.min(1, Math.max(0, 1 - t)), quantile: (p) => p };

describe('the slowest of many', () => {
  it.each(oracles.slowest.cases)('$n exponential times have the mean of the harmonic number', ({ n, mean }) => {
    expectClose(harmonic(n), mean, oracles.slowest.relativeTolerance);
    expectClose(slowestMean(exponential, n), mean, oracles.slowest.relativeTolerance);
  });

  it('a million exponential times too', () => expectClose(slowestMean(exponential, 1e6), harmonic(1e6), 1e-6));

  it('uniform times have the mean n / (n + 1)', () => {
    for (const n of [1, 2, 10, 1000, 1e6]) expectClose(slowestMean(uniform, n), n / (n + 1), 1e-6);
  });

  it('constant times are as they are', () => {
    const constant: Latency = { mean: 2, variance: 0, thirdCumulant: 0, tail: (t) => (t < 2 ? 1 : 0), quantile: () => 2 };
    expectClose(slowestMean(constant, 50), 2, 1e-9);
  });

  it('is slower with more leaves', () => {
    const means = [1, 2, 3, 10, 100, 1e4].map((n) => slowestMean(exponential, n));
    expect(means).toEqual([...means].sort((a, b) => a - b));
  });
});

describe('fork and join with lines', () => {
  it.each(oracles.forkJoin.cases)('$n leaves at $rho', ({ n, rho, serviceRate, mean }) => {
    expectClose(forkJoinMean({ arrivalRate: rho * serviceRate, serviceTime: 1 / serviceRate, leaves: n }) ?? 0, mean, oracles.forkJoin.relativeTolerance);
  });

  it('is faster than the slowest of independent leaves and slower than one leaf', () => {
    fc.assert(fc.property(fc.double({ min: 0.01, max: 0.99, noNaN: true }), fc.integer({ min: 2, max: 32 }), (rho, leaves) => {
      const single = 1 / (1 - rho);
      const mean = forkJoinMean({ arrivalRate: rho, serviceTime: 1, leaves }) ?? 0;
      expect(mean).toBeLessThanOrEqual(single * harmonic(leaves) * (1 + 1e-12));
      expect(mean).toBeGreaterThan(single);
    }));
  });

  it('of one leaf is M/M/1, and there is none where leaves do not keep up', () => {
    expectClose(forkJoinMean({ arrivalRate: 0.8, serviceTime: 1, leaves: 1 }) ?? 0, 5, 1e-12);
    expect(forkJoinMean({ arrivalRate: 1, serviceTime: 1, leaves: 4 })).toBeUndefined();
    expect(forkJoinMean({ arrivalRate: Number.NaN, serviceTime: 1, leaves: 4 })).toBeUndefined();
  });
});

describe('requests that are sent twice', () => {
  // Without lines the sum is exact: beyond the delay two exponential times run, so the tail falls twice as fast.
  it('of exponential times fall off twice as fast beyond the delay', () => {
    const delay = -Math.log(0.05);
    const { latency, extraLoad } = hedged(exponential, delay);
    expectClose(extraLoad, 0.05, 1e-12);
    expectClose(latency.quantile(0.99), delay + Math.log(5) / 2, 1e-9);
    expectClose(latency.quantile(0.5), Math.LN2, 1e-12);
    // E[T] = ∫₀ᵈ e⁻ᵗ + e⁻ᵈ / 2.
    expectClose(latency.mean, 1 - 0.05 / 2, 1e-6);
    expectClose(latency.variance + latency.mean ** 2, 2 * (1 - 0.05 * (1 + delay)) + 0.05 * (delay + 0.5), 1e-6);
  });

  it('at the median are the faster of two, later', () => {
    const { latency } = hedged(exponential, 0);
    expectClose(latency.quantile(0.9), Math.log(10) / 2, 1e-9);
  });

  it('are never slower than one attempt at the same load, and their tail agrees with their percentiles', () => {
    fc.assert(fc.property(fc.double({ min: 0, max: 5, noNaN: true }), fc.constantFrom(0.5, 0.9, 0.99, 0.999), (delay, p) => {
      const { latency } = hedged(exponential, delay);
      expect(latency.quantile(p)).toBeLessThanOrEqual(exponential.quantile(p) * (1 + 1e-9));
      expectClose(latency.tail(latency.quantile(p)), 1 - p, 1e-6);
    }));
  });

  it('add their share to the load, and say where the estimate ends', () => {
    const station = { arrivalRate: 50, serviceTime: 0.1, servers: 10, arrivalScv: 1, serviceScv: 1 };
    const calm = hedgedStation(station, 0.95);
    const response = respond(station);
    if ('saturated' in calm || 'saturated' in response) return expect.unreachable();
    expectClose(calm.utilisation, 0.525, 1e-12);
    expectClose(calm.extraLoad, 0.05, 1e-6);
    expect(calm.reliable).toBe(true);
    expect(calm.latency.quantile(0.99)).toBeLessThan(response.quantile(0.99));
    // Busier; one server; and as busy as many servers can be, but for the limit.
    expect(hedgedStation({ ...station, arrivalRate: 70 }, 0.95)).toMatchObject({ reliable: false });
    expect(hedgedStation({ ...station, servers: 1, arrivalRate: 0.5 }, 0.95)).toMatchObject({ reliable: false });
    expect(hedgedStation({ ...station, servers: 1000, arrivalRate: 7200 }, 0.95)).toMatchObject({ reliable: false });
    expect(hedgedStation({ ...station, arrivalRate: 98 }, 0.95)).toMatchObject({ saturated: true });
  });
});
