import { describe, expect, it } from 'vitest';
import { forkJoinMean, hedgedStation } from '../../../../src/analysis/estimation/queueing/fan-out.ts';
import { markovian } from '../../../../src/analysis/estimation/queueing/markovian.ts';
import { solveNetwork, type NetworkNode } from '../../../../src/analysis/estimation/queueing/network.ts';
import { respond } from '../../../../src/analysis/estimation/queueing/station.ts';
import { simulateNetwork, type SimulatedNetwork } from '../../../../src/analysis/estimation/simulation/network.ts';
import { simulateStation } from '../../../../src/analysis/estimation/simulation/station.ts';
import { expectWithin, replications } from './replications.ts';

const node = (changes: Partial<NetworkNode> = {}): NetworkNode => ({ external: 0, externalScv: 1, servers: 1, serviceTime: 1, serviceScv: 1, ...changes });

/** Takes no time and hands all on. */
const entry = (external: number): NetworkNode => node({ external, serviceTime: 0, serviceScv: 0 });

/** Never full: no lines, so that times are those of the service. */
const wide = node({ servers: 10_000 });

describe('the simulator of networks', () => {
  it('is that of stations for one node', () => {
    const station = { arrivalRate: 1.6, serviceTime: 1, servers: 2, arrivalScv: 2, serviceScv: 0.5 };
    const one = replications(6, (seed) => ({ mean: simulateNetwork({ nodes: [node({ external: 1.6, externalScv: 2, servers: 2, serviceScv: 0.5 })], routes: [] }, { requests: 20_000, seed }).mean }));
    const other = replications(6, (seed) => ({ mean: simulateStation(station, { requests: 20_000, seed: seed + 100 }).mean }));
    expectWithin(other.mean.mean, { mean: one.mean.mean, error: Math.hypot(one.mean.error, other.mean.error) });
  });

  it('has the rates of the traffic equations and the times of M/M/c at each node (Jackson), with a loop', () => {
    const network: SimulatedNetwork = {
      nodes: [node({ external: 0.3, serviceTime: 0.8 }), node({ external: 0.1, serviceTime: 2, servers: 2 }), node({ serviceTime: 0.5 })],
      routes: [{ from: 0, to: 1, calls: 0.6 }, { from: 1, to: 2, calls: 0.5 }, { from: 2, to: 0, calls: 0.3 }],
    };
    const expected = solveNetwork(network).nodes;
    const found = replications(6, (seed) => {
      const { nodes } = simulateNetwork(network, { requests: 20_000, seed });
      return Object.fromEntries(nodes.flatMap(({ arrivalRate, utilisation, sojourn }, index) => [[`rate ${index}`, arrivalRate], [`busy ${index}`, utilisation], [`time ${index}`, sojourn]]));
    });
    expected.forEach(({ arrivalRate = 0, utilisation = 0 }, index) => {
      const { servers, serviceTime } = network.nodes[index]!;
      expectWithin(arrivalRate, found[`rate ${index}`]!);
      expectWithin(utilisation, found[`busy ${index}`]!);
      expectWithin(markovian({ arrivalRate, serviceTime, servers })?.meanSojourn ?? 0, found[`time ${index}`]!);
    });
  });

  it('waits for the last of all calls: the slowest of n exponential times without lines', () => {
    for (const [calls, mean, p99] of [[2, 1.5, 5.295808], [10, 2.928968, 6.903237]] as const) {
      const found = replications(6, (seed) => {
        const sample = simulateNetwork({ nodes: [entry(1), wide], routes: [{ from: 0, to: 1, calls }] }, { requests: 20_000, seed });
        return { mean: sample.mean, p99: sample.quantile(0.99) };
      });
      expectWithin(mean, found.mean);
      expectWithin(p99, found.p99);
    }
  });

  it.each([[2, 0.5, 0], [4, 0.5, 0.05], [8, 0.8, 0.05]])('with lines is fork and join after Nelson and Tantawi: %i leaves, busy %f', (leaves, rho, allowed) => {
    const network = { nodes: [entry(rho), ...Array.from({ length: leaves }, () => node())], routes: Array.from({ length: leaves }, (_, leaf) => ({ from: 0, to: leaf + 1, calls: 1 })) };
    const { mean } = replications(6, (seed) => ({ mean: simulateNetwork(network, { requests: 20_000, seed }).mean }));
    expectWithin(forkJoinMean({ arrivalRate: rho, serviceTime: 1, leaves }) ?? 0, mean, allowed);
  });
});

describe('calls with a timeout', () => {
  // Without lines an attempt is too late with chance q = e^(−timeout), and all of them are with qⁿ.
  it.each([[1, 1], [1, 3], [0.5, 4]])('of %f are made up to %i times', (timeout, attempts) => {
    const late = Math.exp(-timeout);
    const found = replications(6, (seed) => {
      const { nodes, failed, mean } = simulateNetwork({ nodes: [entry(1), wide], routes: [{ from: 0, to: 1, calls: 1, timeout, attempts }] }, { requests: 20_000, seed });
      return { rate: nodes[1]!.arrivalRate / nodes[0]!.arrivalRate, failed, mean };
    });
    const tries = (1 - late ** attempts) / (1 - late);
    expectWithin(tries, found.rate);
    expectWithin(late ** attempts, found.failed);
    // Each attempt lasts min(S, timeout), of mean 1 − q.
    expectWithin(tries * (1 - late), found.mean);
  });

  it('add load that makes more of them late: a station that keeps up without retries does not with them', () => {
    const busy = (attempts: number) => simulateNetwork({ nodes: [entry(0.8), node()], routes: [{ from: 0, to: 1, calls: 1, timeout: 10, attempts }] }, { requests: 20_000, seed: 1 });
    expect(busy(1).nodes[1]!.utilisation).toBeLessThan(0.85);
    expect(busy(4).nodes[1]!.utilisation).toBeGreaterThan(0.97);
    expect(busy(4).failed).toBeGreaterThan(busy(1).failed);
  });
});

describe('hedged calls', () => {
  const simulated = (station: { arrivalRate: number; servers: number }, delay: number, runs = 6) =>
    replications(runs, (seed) => {
      const sample = simulateNetwork({ nodes: [entry(station.arrivalRate), node({ servers: station.servers })], routes: [{ from: 0, to: 1, calls: 1, timeout: delay, attempts: 2, hedged: true }] }, { requests: 20_000, seed });
      return { p50: sample.quantile(0.5), p95: sample.quantile(0.95), p99: sample.quantile(0.99), busy: sample.nodes[1]!.utilisation };
    });

  it.each([[4, 1.5], [10, 5], [50, 32]])('are as estimated where that is said to hold: %i servers, load %f', (servers, arrivalRate) => {
    const estimate = hedgedStation({ arrivalRate, serviceTime: 1, servers, arrivalScv: 1, serviceScv: 1 }, 0.95);
    if ('saturated' in estimate) return expect.unreachable();
    expect(estimate.reliable).toBe(true);
    const { p50, p95, p99, busy } = simulated({ arrivalRate, servers }, estimate.delay);
    expectWithin(estimate.utilisation, busy, 0.01);
    expectWithin(estimate.latency.quantile(0.5), p50, 0.02);
    expectWithin(estimate.latency.quantile(0.95), p95, 0.02);
    expectWithin(estimate.latency.quantile(0.99), p99, 0.06);
  });

  it('bring down what would take its load without them', () => {
    const estimate = hedgedStation({ arrivalRate: 2.4, serviceTime: 1, servers: 4, arrivalScv: 1, serviceScv: 1 }, 0.95);
    if ('saturated' in estimate) return expect.unreachable();
    expect(estimate).toMatchObject({ reliable: false });
    expect(estimate.utilisation).toBeLessThan(0.7);
    expect(simulated({ arrivalRate: 2.4, servers: 4 }, estimate.delay, 2).busy.mean).toBeGreaterThan(0.9);
  });
});

describe('the variation that travels', () => {
  // Rates are exact; the wait at the second station of a line shows how good the variation is.
  it.each([[0.5, 0.25, 1], [0.8, 0.25, 1], [0.8, 0, 1], [0.8, 4, 1], [0.8, 0.25, 4]])('gives the wait at the second station: busy %f, first service of variation %f, arrivals of %f', (rho, serviceScv, externalScv) => {
    const network = { nodes: [node({ external: 1, externalScv, serviceTime: rho, serviceScv }), node({ serviceTime: rho })], routes: [{ from: 0, to: 1, calls: 1 }] };
    const { arrivalScv } = solveNetwork(network).nodes[1]!;
    const response = respond({ arrivalRate: 1, serviceTime: rho, servers: 1, arrivalScv, serviceScv: 1 });
    if ('saturated' in response) return expect.unreachable();
    const { sojourn } = replications(6, (seed) => ({ sojourn: simulateNetwork(network, { requests: 20_000, seed }).nodes[1]!.sojourn }));
    expectWithin(response.mean, sojourn, 0.12);
    // Poisson would be further off.
    const poisson = respond({ arrivalRate: 1, serviceTime: rho, servers: 1, arrivalScv: 1, serviceScv: 1 });
    if ('saturated' in poisson) return expect.unreachable();
    expect(Math.abs(response.mean - sojourn.mean)).toBeLessThan(Math.abs(poisson.mean - sojourn.mean));
  });
});
