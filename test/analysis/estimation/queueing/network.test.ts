import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { solveNetwork, type NetworkNode, type Route } from '../../../../src/analysis/estimation/queueing/network.ts';
import { callScv, departureScv, mergedScv } from '../../../../src/analysis/estimation/queueing/network-variability.ts';
import oracles from '../oracles/queueing.json' with { type: 'json' };
import { expectClose } from './close.ts';

const node = (changes: Partial<NetworkNode> = {}): NetworkNode => ({ external: 0, externalScv: 1, servers: 1, serviceTime: 0.001, serviceScv: 1, ...changes });

/** Rates by dense elimination with pivots, to compare with. */
function denseRates(external: readonly number[], routes: readonly Route[]): number[] {
  const size = external.length;
  const rows = external.map((rate, j) => [...Array.from({ length: size }, (_, i) => (i === j ? 1 : 0)), rate]);
  for (const { from, to, calls } of routes) rows[to]![from]! -= calls;
  for (let column = 0; column < size; column++) {
    const pivot = rows.slice(column).reduce((best, row, index) => (Math.abs(row[column]!) > Math.abs(rows[best]![column]!) ? index + column : best), column);
    [rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!];
    for (let row = 0; row < size; row++) {
      if (row === column) continue;
      const factor = rows[row]![column]! / rows[column]![column]!;
      for (let k = column; k <= size; k++) rows[row]![k]! -= factor * rows[column]![k]!;
    }
  }
  return rows.map((row, index) => row[size]! / row[index]!);
}

/** Any network whose nodes send on less than they get, so that all loops end. */
const networks = (most: number) =>
  fc.integer({ min: 1, max: most }).chain((size) =>
    fc.record({
      nodes: fc.array(fc.record({ external: fc.oneof(fc.constant(0), fc.double({ min: 1e-6, max: 100, noNaN: true })), servers: fc.integer({ min: 1, max: 9 }), serviceTime: fc.double({ min: 1e-6, max: 1e-3, noNaN: true }) }).map(node), { minLength: size, maxLength: size }),
      routes: fc.array(fc.record({ from: fc.nat(size - 1), to: fc.nat(size - 1), calls: fc.double({ min: 1e-6, max: 0.9 / (3 * size), noNaN: true }) }), { maxLength: 3 * size }),
    }),
  );

describe('rates', () => {
  it('are those of the traffic equations, with loops too', () => {
    fc.assert(fc.property(networks(12), ({ nodes, routes }) => {
      const expected = denseRates(nodes.map(({ external }) => external), routes);
      const { nodes: found, endless } = solveNetwork({ nodes, routes });
      expect(endless).toEqual([]);
      found.forEach(({ arrivalRate }, index) => expectClose(arrivalRate ?? -1, expected[index]!, 1e-9));
    }));
  });

  it('grow with fan-out and shrink with shares along a way', () => {
    const { nodes } = solveNetwork({ nodes: [node({ external: 10 }), node(), node()], routes: [{ from: 0, to: 1, calls: 20 }, { from: 1, to: 2, calls: 0.1 }] });
    expect(nodes.map(({ arrivalRate }) => arrivalRate)).toEqual([10, 200, 20]);
  });

  it('of a loop that retries a share are those of the geometric series', () => {
    const { nodes } = solveNetwork({ nodes: [node({ external: 10 })], routes: [{ from: 0, to: 0, calls: 0.2 }] });
    expectClose(nodes[0]?.arrivalRate ?? 0, 12.5, 1e-12);
  });

  it('may be above one call in a part of a loop, as long as a round comes back with less', () => {
    const { nodes, endless } = solveNetwork({ nodes: [node({ external: 4 }), node()], routes: [{ from: 0, to: 1, calls: 3 }, { from: 1, to: 0, calls: 0.25 }] });
    expect(endless).toEqual([]);
    expectClose(nodes[0]?.arrivalRate ?? 0, 16, 1e-12);
    expectClose(nodes[1]?.arrivalRate ?? 0, 48, 1e-12);
  });

  it('are linear: the multiple at which the first node is full is one over its busy share', () => {
    fc.assert(fc.property(networks(8), fc.constantFrom(2, 5, 10), ({ nodes, routes }, factor) => {
      const more = nodes.map((each) => ({ ...each, external: each.external * factor }));
      const [once, scaled] = [solveNetwork({ nodes, routes }), solveNetwork({ nodes: more, routes })];
      once.nodes.forEach(({ utilisation }, index) => expectClose(scaled.nodes[index]?.utilisation ?? -1, (utilisation ?? 0) * factor, 1e-9));
      fc.pre(once.bottleneck !== undefined);
      expectClose(once.bottleneck!.multiple / factor, scaled.bottleneck!.multiple, 1e-9);
      expect(once.bottleneck!.utilisation).toBe(Math.max(...once.nodes.map(({ utilisation }) => utilisation ?? 0)));
    }));
  });

  const large = (calls: number, chords: number, size = 1000): { nodes: NetworkNode[]; routes: Route[] } => ({
    nodes: Array.from({ length: size }, (_, index) => node({ external: 1 + (index % 3) })),
    routes: Array.from({ length: size }, (_, from): Route[] => [{ from, to: (from + 1) % size, calls }, { from, to: (from * 7 + 3) % size, calls: chords }]).flat(),
  });

  it.each([[0.9, 0.05, 1000], [0.9, 0, 1000], [0.999, 0, 1000], [0.9, 0.0999, 60]])('of many nodes that all reach each other are found (%f and %f of %i)', (calls, chords, size) => {
    const { nodes } = solveNetwork(large(calls, chords, size));
    // What enters and what is called for are what arrives.
    const [total, external] = [nodes.reduce((sum, { arrivalRate }) => sum + (arrivalRate ?? 0), 0), large(calls, chords, size).nodes.reduce((sum, each) => sum + each.external, 0)];
    expectClose(total * (1 - calls - chords), external, 1e-9);
    const expected = size < 100 ? denseRates(large(calls, chords, size).nodes.map((each) => each.external), large(calls, chords, size).routes) : [];
    expected.forEach((rate, index) => expectClose(nodes[index]?.arrivalRate ?? 0, rate, 1e-9));
  });

  it.each([[1, 0.1, 1.1], [1.02, 0, 1.02]])('of many nodes may be without end (%f and %f)', (calls, chords, spectralRadius) => {
    const { endless } = solveNetwork(large(calls, chords));
    expect(endless).toHaveLength(1);
    expect(endless[0]?.nodes).toHaveLength(1000);
    expectClose(endless[0]?.spectralRadius ?? 0, spectralRadius, 1e-7);
  });
});

describe('a loop without end', () => {
  it('is told with what one round multiplies, and so is all that hangs on it; the rest has its rates', () => {
    const nodes = [node({ external: 5 }), node(), node(), node(), node({ external: 7 })];
    const { nodes: found, endless, bottleneck } = solveNetwork({ nodes, routes: [{ from: 0, to: 1, calls: 1 }, { from: 1, to: 2, calls: 2 }, { from: 2, to: 1, calls: 1.125 }, { from: 2, to: 3, calls: 0.5 }] });
    expect(found.map(({ arrivalRate }) => arrivalRate)).toEqual([5, undefined, undefined, undefined, 7]);
    expect(endless).toHaveLength(1);
    expect([...(endless[0]?.nodes ?? [])].sort()).toEqual([1, 2]);
    expectClose(endless[0]?.spectralRadius ?? 0, 1.5, 1e-8);
    expect(bottleneck).toBeUndefined();
    for (const { arrivalScv, departureScv: left } of found) expect(Number.isFinite(arrivalScv) && Number.isFinite(left)).toBe(true);
  });

  it('is one that comes back with just as much', () => {
    const { endless } = solveNetwork({ nodes: [node({ external: 1 }), node()], routes: [{ from: 0, to: 1, calls: 1 }, { from: 1, to: 0, calls: 1 }] });
    expectClose(endless[0]?.spectralRadius ?? 0, 1, 1e-8);
  });

  it('in which nothing enters has no traffic', () => {
    const { nodes, endless } = solveNetwork({ nodes: [node(), node(), node({ external: 3 })], routes: [{ from: 0, to: 1, calls: 2 }, { from: 1, to: 0, calls: 2 }] });
    expect(endless).toHaveLength(1);
    expect(nodes.map(({ arrivalRate }) => arrivalRate)).toEqual([0, 0, 3]);
  });
});

describe('variation', () => {
  it.each(oracles.departure.cases)('of what leaves $servers servers', ({ arrivalScv, rho, serviceScv, servers, departureScv: expected }) => {
    expectClose(departureScv({ arrivalScv, utilisation: rho, serviceScv, servers }), expected, oracles.departure.relativeTolerance);
  });

  it('after a station is that of its arrivals where it is idle, and that of its one server where it is full', () => {
    expect(departureScv({ arrivalScv: 3, serviceScv: 0.5, utilisation: 0, servers: 1 })).toBe(3);
    expect(departureScv({ arrivalScv: 3, serviceScv: 0.5, utilisation: 1, servers: 1 })).toBe(0.5);
    expect(departureScv({ arrivalScv: 3, serviceScv: 0.5, utilisation: 7, servers: 1 })).toBe(0.5);
  });

  it('of a share of a stream comes to Poisson as the share falls; many calls at once are as bursty as they are many', () => {
    expectClose(callScv(4, 0.5), 2.5, 1e-12);
    expectClose(callScv(4, 1e-9), 1, 1e-8);
    expectClose(callScv(0, 0.25), 0.75, 1e-12);
    expect(callScv(1, 8)).toBe(8);
    // One or two calls: twice 1.5 of variation, and the chance of the second.
    expectClose(callScv(1, 1.5), 1.5 + 0.25 / 1.5, 1e-12);
  });

  it('of many streams together comes to Poisson, unless the station is full', () => {
    const streams = (count: number) => Array.from({ length: count }, () => ({ rate: 1, scv: 4 }));
    expect(mergedScv(streams(1), 0.3)).toBe(4);
    expectClose(mergedScv(streams(10_000), 0.3), 1, 1e-3);
    expectClose(mergedScv(streams(10_000), 1), 4, 1e-12);
    // w = 1 / (1 + 4 · 0.25 · 1).
    expectClose(mergedScv(streams(2), 0.5), 2.5, 1e-12);
    expect(mergedScv([], 0.5)).toBe(1);
  });

  it('stays that of Poisson in a network of Markovian stations (Jackson)', () => {
    fc.assert(fc.property(networks(12), ({ nodes, routes }) => {
      for (const { arrivalScv } of solveNetwork({ nodes, routes }).nodes) expectClose(arrivalScv, 1, 1e-9);
    }));
  });

  it('along a line is what its stations make of it', () => {
    const line = [node({ external: 80, externalScv: 4, serviceTime: 0.01, serviceScv: 0.5 }), node({ serviceTime: 0.01, serviceScv: 0, servers: 2 }), node()];
    const { nodes } = solveNetwork({ nodes: line, routes: [{ from: 0, to: 1, calls: 1 }, { from: 1, to: 2, calls: 0.5 }] });
    const first = departureScv({ arrivalScv: 4, serviceScv: 0.5, utilisation: 0.8, servers: 1 });
    const second = departureScv({ arrivalScv: first, serviceScv: 0.2, utilisation: 0.4, servers: 2 });
    [4, first, callScv(second, 0.5)].forEach((scv, index) => expectClose(nodes[index]?.arrivalScv ?? 0, scv, 1e-12));
  });

  it('is a number above zero whatever the network', () => {
    const wild = fc.integer({ min: 2, max: 8 }).chain((size) =>
      fc.record({
        nodes: fc.array(fc.record({ external: fc.constantFrom(0, 1e-9, 1, 1e9), externalScv: fc.constantFrom(0, 1, 1000), servers: fc.constantFrom(1, 100, 1e6), serviceTime: fc.constantFrom(1e-9, 1, 1e6), serviceScv: fc.constantFrom(0, 1, 1000) }), { minLength: size, maxLength: size }),
        routes: fc.array(fc.record({ from: fc.nat(size - 1), to: fc.nat(size - 1), calls: fc.constantFrom(0, 1e-9, 0.5, 1, 3, 1000) }), { maxLength: 12 }),
      }),
    );
    fc.assert(fc.property(wild, (network) => {
      for (const { arrivalScv, departureScv: left, arrivalRate = 0 } of solveNetwork(network).nodes) {
        expect(Number.isFinite(arrivalRate) && arrivalRate >= 0).toBe(true);
        expect(Number.isFinite(arrivalScv) && arrivalScv >= 0 && Number.isFinite(left) && left >= 0).toBe(true);
      }
    }));
  });
});
