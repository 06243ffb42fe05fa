import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { carrying, namesAlong, reachable, shortestPath } from '../../../src/model/graph/paths.ts';
import { closure, graph, largeGraph, NAMES, randomGraph, randomName, someNames } from './random.ts';

describe('reachable', () => {
  const diamond = graph('a->b', 'a->c', 'b->d', 'c->d', 'd->e');

  it('goes downstream and upstream, the starts included', () => {
    expect([...reachable(diamond, ['b'])].sort()).toEqual(['b', 'd', 'e']);
    expect([...reachable(diamond, ['b'], { direction: 'upstream' })].sort()).toEqual(['a', 'b']);
  });

  it('does not enter what is to be avoided', () => {
    expect([...reachable(diamond, ['a'], { avoid: new Set(['b', 'c']) })]).toEqual(['a']);
    expect(reachable(diamond, ['a'], { avoid: new Set(['a']) }).size).toBe(0);
  });

  it('is the transitive closure', () => {
    fc.assert(
      fc.property(randomGraph, someNames(1), fc.boolean(), (random, starts, downstream) => {
        const follow = carrying('data');
        const way = closure(random.edges.filter(follow));
        const expected = NAMES.filter((name) => starts.includes(name) || starts.some((start) => (downstream ? way(start, name) : way(name, start))));
        const found = reachable(random, starts, { direction: downstream ? 'downstream' : 'upstream', follow });
        expect([...found].sort()).toEqual(expected);
      }),
    );
  });
});

describe('shortestPath', () => {
  it('lists the hops', () => {
    const path = shortestPath(graph('a->b', 'b->c', 'c->d', 'b->d'), ['a'], ['d']);
    expect(namesAlong(path ?? [])).toEqual(['a', 'b', 'd']);
  });

  it('is empty from a component to itself, and undefined where there is no way', () => {
    expect(shortestPath(graph('a->b'), ['a'], ['a'])).toEqual([]);
    expect(shortestPath(graph('a->b'), ['b'], ['a'])).toBeUndefined();
    expect(shortestPath(graph('a->b'), ['nowhere'], ['b'])).toBeUndefined();
  });

  it('is a chain of edges that exists where there is a way, and none is shorter', () => {
    fc.assert(
      fc.property(randomGraph, randomName, randomName, someNames(), (random, from, to, avoided) => {
        const avoid = new Set<string>(avoided);
        const path = shortestPath(random, [from], [to], { avoid });
        // Number of edges by relaxing once for each name.
        const distance = new Map<string, number>(avoid.has(from) ? [] : [[from, 0]]);
        for (const _ of NAMES) {
          for (const edge of random.edges) {
            const here = distance.get(edge.from);
            if (here !== undefined && !avoid.has(edge.to)) distance.set(edge.to, Math.min(distance.get(edge.to) ?? Infinity, here + 1));
          }
        }
        expect(path?.length).toBe(distance.get(to));
        path?.forEach((edge, at) => {
          expect(random.edges).toContain(edge);
          expect(edge.from).toBe(at === 0 ? from : path[at - 1]?.to);
        });
      }),
    );
  });

  it('takes large graphs', () => {
    const large = largeGraph(10_000, 3);
    expect(reachable(large, ['n0']).size).toBe(10_001);
    expect(shortestPath(large, ['n0'], ['n10000'])?.at(-1)?.to).toBe('n10000');
  });
});
