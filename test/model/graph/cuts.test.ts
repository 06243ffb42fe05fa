import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minVertexCut, separates } from '../../../src/model/graph/cuts.ts';
import { minCut, type Arc } from '../../../src/model/graph/max-flow.ts';
import { carrying, namesAlong } from '../../../src/model/graph/paths.ts';
import { closure, graph, largeGraph, NAMES, randomGraph, randomName, someNames, subsets } from './random.ts';

describe('separates', () => {
  const twoWays = graph('source->gate', 'gate->training', 'source->side', 'side->training');

  it('names a way around the gates', () => {
    const found = separates(twoWays, ['gate'], ['source'], ['training']);
    expect(found.separated).toBe(false);
    expect(found.separated ? [] : namesAlong(found.path)).toEqual(['source', 'side', 'training']);
  });

  it('holds where every way passes a gate', () => {
    expect(separates(twoWays, ['gate', 'side'], ['source'], ['training'])).toEqual({ separated: true });
    expect(separates(twoWays, ['source'], ['source'], ['training'])).toEqual({ separated: true });
  });

  it('looks only at the edges to follow', () => {
    expect(separates(twoWays, [], ['source'], ['training'], carrying('labels'))).toEqual({ separated: true });
  });

  it('agrees with the closure of what is left without the gates', () => {
    fc.assert(
      fc.property(randomGraph, someNames(), someNames(1), someNames(1), (random, gates, sources, targets) => {
        const way = closure(random.edges, new Set(gates));
        const open = sources.some((source) => !gates.includes(source) && targets.some((target) => source === target || way(source, target)));
        expect(separates(random, gates, sources, targets).separated).toBe(!open);
      }),
    );
  });
});

describe('minVertexCut', () => {
  it('finds the narrow place', () => {
    const built = graph('s->a', 's->b', 'a->c', 'b->c', 'c->d', 'c->e', 'd->t', 'e->t');
    expect(minVertexCut(built, ['s'], ['t'])).toEqual(new Set(['c']));
  });

  it('is undefined where source and target adjoin, empty where nothing joins them', () => {
    expect(minVertexCut(graph('s->t'), ['s'], ['t'])).toBeUndefined();
    expect(minVertexCut(graph('s->t'), ['s'], ['s'])).toBeUndefined();
    expect(minVertexCut(graph('t->s'), ['s'], ['t'])).toEqual(new Set());
  });

  it('is a cut, and none is smaller', () => {
    fc.assert(
      fc.property(randomGraph, randomName, randomName, (random, source, target) => {
        const cut = minVertexCut(random, [source], [target]);
        const between = NAMES.filter((name) => name !== source && name !== target);
        const cuts = (names: readonly string[]): boolean => !closure(random.edges, new Set(names))(source, target);
        const smallest = source === target ? undefined : subsets(between).find(cuts);
        expect(cut?.size).toBe(smallest?.length);
        if (cut) expect(cuts([...cut])).toBe(true);
      }),
    );
  });

  it('takes large graphs', () => {
    expect(minVertexCut(largeGraph(10_000, 3), ['n0'], ['n10000'])?.size).toBe(1);
  });
});

describe('minCut', () => {
  it('is infinite where nothing limits', () => {
    expect(minCut(2, [{ from: 0, to: 1, capacity: Infinity }], 0, 1).flow).toBe(Infinity);
  });

  it('finds the capacity of the smallest cut, and the arcs that form it', () => {
    const arc = fc.record({ from: fc.nat(5), to: fc.nat(5), capacity: fc.nat(9) });
    fc.assert(
      fc.property(fc.array(arc, { maxLength: 18 }), (arcs: Arc[]) => {
        const found = minCut(6, arcs, 0, 5);
        const capacities = subsets(['1', '2', '3', '4']).map((names) => {
          const side = new Set([0, ...names.map(Number)]);
          return arcs.filter((a) => side.has(a.from) && !side.has(a.to)).reduce((sum, a) => sum + a.capacity, 0);
        });
        expect(found.flow).toBe(Math.min(...capacities));
        expect(found.arcs.reduce((sum, at) => sum + (arcs[at]?.capacity ?? 0), 0)).toBe(found.flow);
        expect(minCut(6, arcs.filter((_, at) => !found.arcs.includes(at)), 0, 5).flow).toBe(0);
      }),
    );
  });
});
