import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dominatorsOf } from '../../../src/model/graph/dominators.ts';
import { closure, graph, largeGraph, NAMES, randomGraph, randomName, someNames } from './random.ts';

describe('dominatorsOf', () => {
  it('lists what every way passes, in the order of the way', () => {
    const built = graph('entry->gateway', 'gateway->a', 'gateway->b', 'a->store', 'b->store', 'store->t');
    expect(dominatorsOf(built, ['entry'], 't')).toEqual(['entry', 'gateway', 'store']);
  });

  it('is empty where two entries share nothing, undefined where there is no way', () => {
    expect(dominatorsOf(graph('a->t', 'b->t'), ['a', 'b'], 't')).toEqual([]);
    expect(dominatorsOf(graph('a->t', 'b->t'), ['a'], 't')).toEqual(['a']);
    expect(dominatorsOf(graph('t->a'), ['a'], 't')).toBeUndefined();
  });

  it('agrees with taking each component away', () => {
    fc.assert(
      fc.property(randomGraph, someNames(1), randomName, (random, entries, target) => {
        const reaches = (without: ReadonlySet<string>): boolean => {
          const way = closure(random.edges, without);
          return entries.some((entry) => !without.has(entry) && (entry === target || way(entry, target)));
        };
        const expected = reaches(new Set()) ? NAMES.filter((name) => name !== target && !reaches(new Set([name]))) : undefined;
        expect(dominatorsOf(random, entries, target)?.sort()).toEqual(expected);
      }),
    );
  });

  it('takes large graphs', () => {
    expect(dominatorsOf(largeGraph(10_000, 3), ['n0'], 'n10000')?.at(-1)).toBe('n9999');
    expect(dominatorsOf(largeGraph(10_000, 1), ['n0'], 'n10000')).toHaveLength(10_000);
  });
});
