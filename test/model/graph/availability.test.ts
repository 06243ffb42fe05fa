import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { availabilityOf } from '../../../src/model/graph/availability.ts';
import { architecture, at, component, flow, share, type Part } from './build.ts';

const between = (built: ReturnType<typeof architecture>, entry = 'App', service = 'S') => availabilityOf(built, at(built, entry), at(built, service));
const up = (availability: number) => ({ availability: share(availability) });

describe('availabilityOf', () => {
  it('multiplies what must work, each component once', () => {
    const built = architecture(component('consumer', 'App'), component('gateway', 'G', up(0.999)), component('service', 'S', up(0.999)), component('service', 'A', up(1)), component('service', 'B', up(1)), component('store : online', 'Shared', up(0.999)), flow('App -> G -> S'), flow('S -> A'), flow('S -> B'), flow('Shared -> A'), flow('Shared -> B'));
    const { total, missing } = between(built);
    expect(total.low).toBeCloseTo(0.997003, 6);
    expect(missing).toEqual([]);
  });

  it('leaves out what the caller can do without', () => {
    const built = architecture(component('consumer', 'App'), component('service', 'S', up(0.99)), component('service', 'A', up(0.5)), component('service', 'B', up(0.5)), flow('App -> S'), flow('S -> A', { optional: true }), flow('S -> B', { fails: 'open' }));
    expect(between(built).total.low).toBe(0.99);
  });

  it('counts a fallback as a second chance', () => {
    const flows = [flow('App -> S'), flow('S -> A')];
    const parts = [component('consumer', 'App'), component('service', 'S', up(1)), component('service', 'Spare', up(0.9))];
    const byFlow = architecture(...parts, component('service', 'A', up(0.9)), ...flows, flow('S -> Spare', { fallback: true }));
    const byProperty = architecture(...parts, component('service', 'A', { ...up(0.9), fallback: 'Spare' }), ...flows);
    for (const built of [byFlow, byProperty]) {
      expect(between(built).total.low).toBeCloseTo(0.99);
      expect(between(built).terms.at(-1)?.components).toEqual(['A', 'Spare']);
    }
  });

  it('does not count on what a service needs that answers by rules', () => {
    const built = architecture(component('consumer', 'App'), component('service', 'S', { ...up(0.99), fallback: 'rules' }), component('store : online', 'A', up(0.5)), flow('App -> S'), flow('A -> S'));
    expect(between(built).total.low).toBe(0.99);
  });

  it('takes what others promise as a figure, but not what the service itself does', () => {
    const built = architecture(component('consumer', 'App'), component('service', 'S', { slo: up(0.9) }), component('service', 'T', { slo: up(0.99) }), flow('App -> S -> T'));
    expect(between(built).terms.map((term) => [term.components, term.property])).toEqual([[['T'], 'slo']]);
    expect(between(built).missing).toEqual(['S']);
  });

  it('is the chance that a request is answered, over all states of all components', () => {
    interface Node { up: number; calls: Node[]; fallback?: Node | null }
    const { node } = fc.letrec<{ node: Node }>((tie) => ({
      node: fc.record({ up: fc.constantFrom(0.5, 0.75, 0.9), calls: fc.array(tie('node'), { maxLength: 2, depthIdentifier: 'd', depthSize: 'small' }), fallback: fc.option(tie('node'), { depthIdentifier: 'd', maxDepth: 2, depthSize: 'small' }) }, { requiredKeys: ['up', 'calls'] }),
    }));
    fc.assert(
      fc.property(node, (root) => {
        const names = new Map<Node, string>();
        const parts: (Part | Part[])[] = [component('consumer', 'App')];
        const list = (current: Node): string => {
          const name = `s${names.size}`;
          names.set(current, name);
          const fallback = current.fallback ? list(current.fallback) : undefined;
          parts.push(component('service', name, { ...up(current.up), ...(fallback ? { fallback } : {}) }));
          for (const called of current.calls) parts.push(flow(`${name} -> ${list(called)}`));
          return name;
        };
        parts.push(flow(`App -> ${list(root)}`));
        fc.pre(names.size <= 7);
        const nodes = [...names.keys()];
        let expected = 0;
        for (let state = 0; state < 2 ** nodes.length; state++) {
          const isUp = (current: Node): boolean => (state & (1 << nodes.indexOf(current))) !== 0;
          const works = (current: Node): boolean => isUp(current) && current.calls.every(answers);
          const answers = (current: Node): boolean => works(current) || (current.fallback ? answers(current.fallback) : false);
          if (answers(root)) expected += nodes.reduce((chance, current) => chance * (isUp(current) ? current.up : 1 - current.up), 1);
        }
        expect(between(architecture(...parts), 'App', 's0').total.low).toBeCloseTo(expected, 9);
      }),
    );
  });
});
