import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { edgesOf } from '../../../src/model/graph/edges.ts';
import { lagOf, worstLag } from '../../../src/model/graph/lag.ts';
import { namesAlong, shortestPath } from '../../../src/model/graph/paths.ts';
import { architecture, component, flow, seconds } from './build.ts';

const built = architecture(
  component('source', 'Db', { refresh: seconds(60) }),
  component('ingestion : batch', 'Load', { every: seconds(3600), duration: seconds(600) }),
  component('store : lakehouse', 'Lake'),
  component('features', 'F', { online: 'Online', materialised: { every: seconds(86_400), in: seconds(1200) } }),
  component('store : online', 'Online'),
  component('service', 'S'),
  flow('Db -> Load -> Lake'), flow('Lake -> F', { every: seconds(900), lag: seconds(20, 30) }), flow('Online -> S'),
);

describe('lag', () => {
  it('adds intervals, run times and transport along a path', () => {
    const found = lagOf(built, shortestPath(edgesOf(built), ['Db'], ['S']) ?? []);
    expect(found.terms.map((term) => [term.component, term.property, term.value.high])).toEqual([
      ['Db', 'refresh', 60], ['Load', 'every', 3600], ['Load', 'duration', 600], ['F', 'every', 900], ['F', 'lag', 30], ['F', 'materialised every', 86_400], ['F', 'materialised in', 1200],
    ]);
    expect(found.total).toEqual(seconds(92_780, 92_790));
  });

  it('is nothing on an empty path', () => {
    expect(lagOf(built, [])).toEqual({ total: seconds(0), terms: [] });
    expect(worstLag(built, 'Nowhere', () => true).total).toEqual(seconds(0));
  });

  it('does not count materialisation on the way to training', () => {
    const offline = architecture(component('features', 'F', { materialised: { every: seconds(9) } }), component('training', 'T'), flow('F -> T'));
    expect(lagOf(offline, edgesOf(offline).edges).terms).toEqual([]);
  });

  it('is worst on the longest way in', () => {
    const size = 6;
    const hop = fc.record({ from: fc.nat(size - 1), to: fc.nat(size - 1), lag: fc.nat(9) });
    fc.assert(
      fc.property(fc.array(hop, { maxLength: 12 }), fc.array(fc.nat(20), { minLength: size, maxLength: size }), (hops, intervals) => {
        const forward = hops.filter(({ from, to }) => from < to);
        const random = architecture(
          intervals.map((every, at) => component('ingestion : batch', `n${at}`, { every: seconds(every) })),
          forward.flatMap(({ from, to, lag }) => flow(`n${from} -> n${to}`, { lag: seconds(lag) })),
        );
        const oldest = (at: number): number => (intervals[at] ?? 0) + Math.max(0, ...forward.filter(({ to }) => to === at).map(({ from, lag }) => lag + oldest(from)));
        const found = worstLag(random, 'n5', () => true);
        const hasWay = forward.some(({ to }) => to === 5);
        expect(found.total.high).toBe(hasWay ? oldest(5) : 0);
        expect(found.terms.reduce((sum, term) => sum + term.value.high, 0)).toBe(found.total.high);
        expect(hasWay ? namesAlong(found.path).at(-1) : 'n5').toBe('n5');
      }),
    );
  });

  it('keeps the ways in where there are cycles', () => {
    const stores = ['A', 'B', 'C'].map((name) => component('store', name));
    const behind = architecture(...stores, component('source', 'Db', { refresh: seconds(5) }), flow('Db -> A -> B -> A'), flow('B -> C'));
    expect(worstLag(behind, 'C', () => true).total.high).toBe(5);
    const around = architecture(...stores, flow('A -> B'), flow('B -> A', { lag: seconds(7) }));
    expect(worstLag(around, 'A', () => true).total.high).toBe(7);
  });
});
