import { describe, expect, it } from 'vitest';
import { markovian } from '../../../../src/analysis/estimation/queueing/markovian.ts';
import { respond, type Station } from '../../../../src/analysis/estimation/queueing/station.ts';
import { simulateStation } from '../../../../src/analysis/estimation/simulation/station.ts';
import { constantServiceChain } from '../queueing/constant-service-chain.ts';
import { expectWithin, replications } from './replications.ts';

const station = (servers: number, rho: number, arrivalScv: number, serviceScv: number): Station => ({ arrivalRate: rho * servers, serviceTime: 1, servers, arrivalScv, serviceScv });

const simulated = (given: Station, requests = 20_000) =>
  replications(8, (seed) => {
    const sample = simulateStation(given, { requests, seed });
    return { mean: sample.mean, p50: sample.quantile(0.5), p95: sample.quantile(0.95), p99: sample.quantile(0.99) };
  });

describe('the simulator', () => {
  it.each([[1, 0.5], [1, 0.8], [5, 0.8], [50, 0.9]])('agrees with M/M/c: %i servers, busy %f', (servers, rho) => {
    const exact = markovian({ arrivalRate: rho * servers, serviceTime: 1, servers });
    if (!exact) return expect.unreachable();
    const { mean, p50, p95, p99 } = simulated(station(servers, rho, 1, 1));
    expectWithin(exact.meanSojourn, mean);
    expectWithin(exact.sojournQuantile(0.5), p50);
    expectWithin(exact.sojournQuantile(0.95), p95);
    expectWithin(exact.sojournQuantile(0.99), p99);
  });

  it.each([[2, 0.5], [5, 0.8], [10, 0.9]])('agrees with the exact chain of M/D/c: %i servers, busy %f', (servers, rho) => {
    expectWithin(1 + constantServiceChain(servers, rho).meanWait, simulated(station(servers, rho, 1, 0)).mean);
  });

  it('says the same for the same seed', () => {
    const run = { requests: 1000, seed: 3 };
    expect(simulateStation(station(3, 0.7, 2, 0.5), run).times).toEqual(simulateStation(station(3, 0.7, 2, 0.5), run).times);
  });
});

describe('the estimate of a station', () => {
  // What the formulas may be off, from the full grid (scripts/validate-queueing.ts): less with Poisson arrivals.
  const grid = [1, 5, 50].flatMap((servers) => [0.5, 0.8, 0.9].flatMap((rho) => [0, 0.25, 4].flatMap((serviceScv) => [0.5, 1, 2].map((arrivalScv) => [servers, rho, arrivalScv, serviceScv] as const))));

  it.each(grid.filter(([servers, rho]) => servers === 1 || rho >= 0.8))('is near the simulation: %i servers, busy %f, arrivals %f, service %f', (servers, rho, arrivalScv, serviceScv) => {
    const given = station(servers, rho, arrivalScv, serviceScv);
    const response = respond(given);
    if ('saturated' in response) return expect.unreachable();
    const { mean, p50, p95, p99 } = simulated(given);
    const allowed = arrivalScv === 1 ? 0.06 : 0.14;
    expectWithin(response.mean, mean, allowed);
    expectWithin(response.quantile(0.5), p50, allowed);
    expectWithin(response.quantile(0.95), p95, allowed);
    expectWithin(response.quantile(0.99), p99, allowed + 0.03);
  });
});
