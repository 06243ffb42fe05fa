import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markovian } from '../../../../src/analysis/estimation/queueing/markovian.ts';
import { respond, type Response, type Station } from '../../../../src/analysis/estimation/queueing/station.ts';
import oracles from '../oracles/queueing.json' with { type: 'json' };
import { expectClose } from './close.ts';

const responseOf = (station: Station): Response => {
  const response = respond(station);
  if ('saturated' in response) throw new Error(`saturated at ${response.utilisation}`);
  return response;
};

const variations = fc.constantFrom(0, 1e-5, 1e-3, 0.01, 0.25, 0.5, 0.999, 1, 1.001, 2, 4, 100, 1000);
const stations = fc
  .record({ servers: fc.constantFrom(1, 2, 10, 100, 10_000, 1_000_000), rho: fc.double({ min: 1e-9, max: 0.9999, noNaN: true }), serviceTime: fc.constantFrom(1e-9, 1e-3, 1, 1e9), arrivalScv: variations, serviceScv: variations })
  .map(({ rho, ...station }): Station => ({ ...station, arrivalRate: (rho * station.servers) / station.serviceTime }));

describe('the time in a station', () => {
  it('is exact for M/M/c', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 200 }), fc.double({ min: 0.01, max: 0.999, noNaN: true }), fc.constantFrom(0.5, 0.95, 0.99, 0.999), (servers, rho, p) => {
      const station = { arrivalRate: rho * servers, serviceTime: 1, servers };
      expectClose(responseOf({ ...station, arrivalScv: 1, serviceScv: 1 }).quantile(p), markovian(station)?.sojournQuantile(p) ?? 0, 1e-9);
    }));
  });

  // A wait that were none or exponential would be up to 13 % too long here.
  it.each(oracles.constantService.cases)('M/D/1 at $rho is within half a percent of the exact series', ({ rho, waitProbability, waitP95, waitP99 }) => {
    const response = responseOf({ arrivalRate: rho, serviceTime: 1, servers: 1, arrivalScv: 1, serviceScv: 0 });
    expectClose(response.waitProbability, waitProbability, 1e-12);
    expectClose(response.quantile(0.95), 1 + waitP95, 0.005);
    expectClose(response.quantile(0.99), 1 + waitP99, 0.005);
  });

  it('has finite, rising percentiles and a tail that agrees with them, at any input', () => {
    fc.assert(
      fc.property(stations, (station) => {
        const response = responseOf(station);
        const [p50, p95, p99] = [0.5, 0.95, 0.99].map(response.quantile) as [number, number, number];
        for (const figure of [p50, p95, p99, response.mean, response.variance, response.thirdCumulant]) expect(Number.isFinite(figure) && figure >= 0).toBe(true);
        expect(p50).toBeLessThanOrEqual(p95);
        expect(p95).toBeLessThanOrEqual(p99);
        if (p99 > 0 && station.serviceScv > 1e-4) expectClose(response.tail(p99), 0.01, 1e-6);
        expect(response.tail(-1)).toBe(1);
      }),
      { numRuns: 1000 },
    );
  });

  it('has the mean and the variance of its tail', () => {
    for (const serviceScv of [0.1, 0.5, 1, 3]) {
      for (const rho of [0.3, 0.9, 0.97]) {
        const { tail, mean, variance, thirdCumulant } = responseOf({ arrivalRate: rho * 3, serviceTime: 1, servers: 3, arrivalScv: 1, serviceScv });
        const step = 0.02;
        let [first, second, third] = [0, 0, 0];
        for (let t = step / 2; t < 800; t += step) {
          const share = tail(t) * step;
          first += share;
          second += 2 * t * share;
          third += 3 * t * t * share;
        }
        expectClose(mean, first, 1e-3);
        expectClose(variance, second - first ** 2, 1e-3);
        expectClose(thirdCumulant, third - 3 * first * second + 2 * first ** 3, 1e-2);
      }
    }
  });

  it('goes on smoothly where waits and service fall off alike', () => {
    // Exponential rate of the wait equal to the rate of the gamma law, from both sides.
    for (const serviceScv of [0.5, 0.1, 0.01]) {
      const tails = [1 - 1e-7, 1, 1 + 1e-7].map((nudge) => responseOf({ arrivalRate: 1, serviceTime: 0.6 * nudge, servers: 1, arrivalScv: 1, serviceScv }).tail(2));
      expectClose(tails[0]!, tails[2]!, 1e-4);
    }
  });

  it('scales with the unit of time: doubled rates halve all times', () => {
    fc.assert(fc.property(stations, fc.constantFrom(0.5, 2, 1000), (station, factor) => {
      const faster = responseOf({ ...station, arrivalRate: station.arrivalRate * factor, serviceTime: station.serviceTime / factor });
      const response = responseOf(station);
      for (const p of [0.5, 0.95, 0.99]) expect(Math.abs(faster.quantile(p) * factor - response.quantile(p))).toBeLessThanOrEqual(1e-6 * response.mean);
      expectClose(faster.mean * factor, response.mean, 1e-6);
    }));
  });

  it('rises with the load, and a pool is never slower than its parts', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 50 }), fc.double({ min: 0.05, max: 0.9, noNaN: true }), fc.constantFrom(0, 0.25, 1, 4), fc.constantFrom(0.5, 0.95, 0.99), (servers, rho, serviceScv, p) => {
      const at = (load: number, count: number): number => responseOf({ arrivalRate: load * count, serviceTime: 1, servers: count, arrivalScv: 1, serviceScv }).quantile(p);
      expect(at(rho * 1.05, servers)).toBeGreaterThanOrEqual(at(rho, servers) * (1 - 1e-9));
      expect(at(rho, servers * 2)).toBeLessThanOrEqual(at(rho, servers) * (1 + 1e-9));
    }));
  });
});

describe('a station that is full', () => {
  it('says how much of its traffic it could take', () => {
    expect(respond({ arrivalRate: 20, serviceTime: 1, servers: 10, arrivalScv: 1, serviceScv: 1 })).toEqual({ saturated: true, utilisation: 2, multiple: 0.5 });
    expect(respond({ arrivalRate: 10, serviceTime: 1, servers: 10, arrivalScv: 1, serviceScv: 1 })).toMatchObject({ saturated: true, multiple: 1 });
    for (const station of [{ servers: 0 }, { arrivalRate: Number.NaN }, { serviceTime: Infinity }]) {
      expect(respond({ arrivalRate: 1, serviceTime: 0.5, servers: 1, arrivalScv: 1, serviceScv: 1, ...station })).toMatchObject({ saturated: true });
    }
  });

  it('or nearly full, or fed or serving unevenly, is marked', () => {
    const station = { arrivalRate: 0.96, serviceTime: 1, servers: 1, arrivalScv: 1, serviceScv: 1 };
    expect(responseOf(station)).toMatchObject({ nearSaturation: true, notes: ['near saturation'] });
    expect(responseOf({ ...station, arrivalRate: 0.5, arrivalScv: 3, serviceScv: 5 })).toMatchObject({ nearSaturation: false, notes: ['heavy-tailed service', 'bursty arrivals'] });
  });
});
