import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { availabilityOf } from '../../../src/model/graph/availability.ts';
import { architecture, at, component, flow, share } from './build.ts';

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

  it('does not count a spare that must work anyway', () => {
    const built = architecture(component('consumer', 'App'), component('service', 'S', up(1)), component('service', 'A', { ...up(0.5), fallback: 'B' }), component('service', 'B', up(0.9)), flow('App -> S -> A'), flow('S -> B'));
    expect(between(built).total.low).toBeCloseTo(0.9);
    expect(between(built).terms.map((term) => term.components)).toEqual([['S'], ['B']]);
  });

  it('keeps ranges', () => {
    const built = architecture(component('consumer', 'App'), component('service', 'S', { availability: share(0.8, 0.9), fallback: 'B' }), component('service', 'B', { availability: share(0.5, 0.6) }), flow('App -> S'));
    const { total } = between(built);
    expect([total.low, total.high]).toEqual([expect.closeTo(0.9), expect.closeTo(0.96)]);
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
    // Node 0 is the service; each other is called by an earlier one, or stands in for it.
    const node = fc.record({ up: fc.constantFrom(0.5, 0.75, 0.9), parent: fc.nat(), standsIn: fc.boolean() });
    fc.assert(
      fc.property(fc.array(node, { minLength: 1, maxLength: 7 }), (nodes) => {
        const tree = nodes.map(() => ({ calls: [] as number[], fallback: undefined as number | undefined }));
        nodes.slice(1).forEach(({ parent, standsIn }, before) => {
          const above = tree[parent % (before + 1)]!;
          if (standsIn && above.fallback === undefined) above.fallback = before + 1;
          else above.calls.push(before + 1);
        });
        const built = architecture(
          component('consumer', 'App'), flow('App -> s0'),
          nodes.map((one, at) => component('service', `s${at}`, { ...up(one.up), ...(tree[at]!.fallback === undefined ? {} : { fallback: `s${tree[at]!.fallback}` }) })),
          tree.flatMap(({ calls }, at) => calls.flatMap((called) => flow(`s${at} -> s${called}`))),
        );
        let expected = 0;
        for (let state = 0; state < 2 ** nodes.length; state++) {
          const isUp = (at: number): boolean => (state & (1 << at)) !== 0;
          const answers = (at: number): boolean => (isUp(at) && tree[at]!.calls.every(answers)) || (tree[at]!.fallback !== undefined && answers(tree[at]!.fallback!));
          if (answers(0)) expected += nodes.reduce((chance, one, at) => chance * (isUp(at) ? one.up : 1 - one.up), 1);
        }
        expect(between(built, 'App', 's0').total.low).toBeCloseTo(expected, 9);
      }),
    );
  });
});
