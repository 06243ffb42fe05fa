import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finite } from '../../../../src/analysis/estimation/queueing/finite.ts';
import { markovian } from '../../../../src/analysis/estimation/queueing/markovian.ts';
import oracles from '../oracles/queueing.json' with { type: 'json' };
import { expectClose } from './close.ts';

const { markovian: exact, finite: bounded } = oracles;

describe('M/M/c', () => {
  it.each(exact.cases)('$arrivalRate a second on $servers servers that do $serviceRate', ({ arrivalRate, serviceRate, servers, ...expected }) => {
    const response = markovian({ arrivalRate, serviceTime: 1 / serviceRate, servers });
    if (!response) return expect(response).toBeDefined();
    const { waitQuantile, sojournQuantile, waitProbability, meanWait, meanSojourn } = response;
    const found = { waitProbability, meanWait, meanSojourn, sojournP50: sojournQuantile(0.5), sojournP95: sojournQuantile(0.95), sojournP99: sojournQuantile(0.99), waitP95: waitQuantile(0.95), waitP99: waitQuantile(0.99) };
    for (const name of Object.keys(found) as (keyof typeof found)[]) expectClose(found[name], expected[name], exact.relativeTolerance);
  });

  it('is undefined where it does not keep up', () => {
    expect(markovian({ arrivalRate: 2, serviceTime: 1, servers: 2 })).toBeUndefined();
    expect(markovian({ arrivalRate: Number.NaN, serviceTime: 1, servers: 2 })).toBeUndefined();
  });

  it('with one server has an exponential sojourn', () => {
    fc.assert(fc.property(fc.double({ min: 1e-6, max: 0.999, noNaN: true }), fc.double({ min: 0.001, max: 0.999, noNaN: true }), (rho, p) => {
      expectClose(markovian({ arrivalRate: rho, serviceTime: 1, servers: 1 })?.sojournQuantile(p) ?? 0, -Math.log(1 - p) / (1 - rho), 1e-8);
    }));
  });

  it('waits of one kind are quantiles of the tail', () => {
    const response = markovian({ arrivalRate: 9, serviceTime: 1, servers: 10 });
    expectClose(response?.waitTail(response.waitQuantile(0.9)) ?? 0, 0.1, 1e-12);
    expect(response?.waitQuantile(0.2)).toBe(0);
    expect(response?.waitTail(-1)).toBe(1);
    expect(response?.sojournTail(0)).toBe(1);
  });
});

describe('M/M/c/K', () => {
  it.each(bounded.cases)('$arrivalRate a second with $places places', (expected) => {
    const found = finite({ arrivalRate: expected.arrivalRate, serviceTime: 1 / expected.serviceRate, servers: 'servers' in expected ? (expected.servers ?? 1) : 1, places: expected.places });
    for (const name of ['utilisation', 'meanSojourn', 'inSystem', 'loss'] as const) expectClose(found[name], expected[name], bounded.relativeTolerance);
  });

  it('has the chances of the birth and death process, above capacity too', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 60 }), fc.double({ min: 0.05, max: 4, noNaN: true }), (servers, waiting, rho) => {
      const [load, places] = [rho * servers, servers + waiting];
      const weights = [1];
      for (let n = 1; n <= places; n++) weights.push((weights[n - 1]! * load) / Math.min(n, servers));
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      const found = finite({ arrivalRate: load, serviceTime: 1, servers, places });
      expectClose(found.loss, weights[places]! / total, 1e-9);
      expectClose(found.inSystem, weights.reduce((sum, weight, n) => sum + weight * n, 0) / total, 1e-9);
    }));
  });

  it('comes to M/M/c with many places, and to what the servers do above capacity', () => {
    expectClose(finite({ arrivalRate: 8, serviceTime: 1, servers: 10, places: 100_000 }).meanSojourn, markovian({ arrivalRate: 8, serviceTime: 1, servers: 10 })?.meanSojourn ?? 0, 1e-9);
    const over = finite({ arrivalRate: 20, serviceTime: 1, servers: 10, places: 100_000 });
    expectClose(over.loss, 0.5, 1e-9);
    expectClose(over.inSystem, 100_000 - 1, 1e-9);
    expectClose(finite({ arrivalRate: 10, serviceTime: 1, servers: 10, places: 10_000 }).meanWait, 499.5, 5e-3);
    expect(finite({ arrivalRate: 0, serviceTime: 1, servers: 2, places: 4 })).toEqual({ loss: 0, utilisation: 0, inSystem: 0, meanSojourn: 1, meanWait: 0 });
  });
});
