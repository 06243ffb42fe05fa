import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { feedbackCycle, stronglyConnected } from '../../../src/model/graph/cycles.ts';
import { namesAlong } from '../../../src/model/graph/paths.ts';
import { architecture, at, component, flow, type Part } from './build.ts';
import { closure, graph, largeGraph, NAMES, randomGraph } from './random.ts';

describe('stronglyConnected', () => {
  it('finds cycles, and what is in none by itself', () => {
    const groups = stronglyConnected(graph('a->b', 'b->c', 'c->a', 'c->d', 'e->e')).map((group) => group.sort());
    expect(groups).toEqual([['d'], ['a', 'b', 'c'], ['e']]);
  });

  it('groups what reaches each other', () => {
    fc.assert(
      fc.property(randomGraph, (random) => {
        const way = closure(random.edges);
        const groups = stronglyConnected(random);
        const present = NAMES.filter((name) => random.out.has(name) || random.in.has(name));
        expect(groups.flat().sort()).toEqual(present);
        for (const group of groups) {
          for (const name of present) {
            const first = group[0] as string;
            expect(group.includes(name)).toBe(name === first || (way(name, first) && way(first, name)));
          }
        }
      }),
    );
  });

  it('takes large graphs', () => {
    expect(stronglyConnected(largeGraph(10_000, 1))).toHaveLength(10_001);
    expect(stronglyConnected(largeGraph(10_000, 3)).length).toBeLessThan(10_001);
  });
});

describe('feedbackCycle', () => {
  const parts = [component('model', 'M'), component('training', 'T', { produces: ['M'] }), component('service', 'S', { serves: ['M'] }), component('registry', 'R')];
  const way = (...more: (Part | Part[])[]): string[] | undefined => {
    const built = architecture(parts, ...more);
    const found = feedbackCycle(built, at(built, 'M'));
    return found && namesAlong(found);
  };

  it('goes through the log of predictions', () => {
    expect(way(component('store : log', 'Log'), flow('S -> Log -> T'), flow('T -> R -> S'))).toEqual(['S', 'Log', 'T', 'R', 'S']);
  });

  it('goes through the reactions of those who asked', () => {
    expect(way(component('consumer', 'App'), component('labels', 'Clicks'), flow('App -> S'), flow('App -> Clicks -> T'))?.slice(0, 4)).toEqual(['S', 'App', 'Clicks', 'T']);
  });

  it('does not count what the service passes by', () => {
    expect(way(component('store', 'Copy'), flow('S -> Copy', { payload: 'data' }), flow('Copy -> T'))).toBeUndefined();
  });

  it('is not there where training and serving only share a store', () => {
    expect(way(component('consumer', 'App'), component('source', 'Db'), component('store', 'Lake'), flow('App -> S'), flow('Db -> Lake -> T'), flow('Lake -> S'))).toBeUndefined();
  });
});
