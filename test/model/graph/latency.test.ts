import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { latencyOf } from '../../../src/model/graph/latency.ts';
import { architecture, at, component, flow, ms, number, seconds } from './build.ts';

const between = (built: ReturnType<typeof architecture>, entry = 'App', service = 'S') => latencyOf(built, at(built, entry), at(built, service));

describe('latencyOf', () => {
  it('adds along the way and takes the slowest branch', () => {
    const built = architecture(
      component('consumer', 'App'),
      component('gateway', 'G', { latency: { p50: ms(1), p99: ms(3) } }),
      component('service', 'S', { service_time: { p50: ms(6), p99: ms(14) } }),
      component('store : online', 'Fast', { latency: { p50: ms(1), p99: ms(20) } }),
      component('store : vector', 'Slow', { latency: { p50: ms(9), p99: ms(10) } }),
      flow('App -> G', { latency: { p50: ms(5), p99: ms(8) } }), flow('G -> S'), flow('Fast -> S'), flow('Slow -> S'),
    );
    const { p50, p95, p99 } = between(built);
    expect(p50.total.low).toBeCloseTo(0.021);
    expect(p50.terms.map((term) => [term.component, term.property, term.flow?.name])).toEqual([
      ['G', 'latency', 'App->G'], ['G', 'latency', undefined], ['S', 'service_time', undefined], ['Slow', 'latency', undefined],
    ]);
    expect(p99.total.high).toBeCloseTo(0.045);
    expect(p95.total).toEqual(seconds(0));
    expect(p95.missing).toEqual(['G', 'S', 'Fast', 'Slow']);
    expect(p99.missing).toEqual([]);
  });

  it('takes a lookup as the whole read, and for the percentiles it gives only', () => {
    const built = architecture(
      component('consumer', 'App'), component('service', 'S', { service_time: { p50: ms(6), p99: ms(14) } }),
      component('store : online', 'Store', { latency: { p50: ms(1), p99: ms(9) } }), component('features', 'F', { online: 'Store' }),
      flow('App -> S'), flow('F -> S', { lookup: { p99: ms(4) } }),
    );
    expect(between(built).p99.total.low).toBeCloseTo(0.018);
    expect(between(built).p50.total.low).toBeCloseTo(0.007);
  });

  it('adds guardrails, which stand one after the other', () => {
    const built = architecture(
      component('consumer', 'App'), component('service', 'S', { service_time: { p50: ms(100) }, guarded_by: ['In', 'Out'] }),
      component('guardrail', 'In', { latency: { p50: ms(20) } }), component('guardrail', 'Out', { adds: ms(30) }), component('store : vector', 'V', { latency: { p50: ms(5) } }),
      flow('App -> S'), flow('V -> S'),
    );
    expect(between(built).p50.total.low).toBeCloseTo(0.155);
  });

  it('keeps ranges', () => {
    const built = architecture(component('consumer', 'App'), component('service', 'S', { service_time: { p50: ms(20, 40) } }), component('service', 'A', { service_time: { p50: ms(1, 50) } }), component('service', 'B', { service_time: { p50: ms(10, 20) } }), flow('App -> S -> A'), flow('S -> B'));
    const { total } = between(built).p50;
    expect([total.low, total.high]).toEqual([expect.closeTo(0.03), expect.closeTo(0.09)]);
  });

  it('does not multiply latency by a fan-out, but the chance that a call is slow', () => {
    const built = architecture(component('consumer', 'App'), component('service', 'S', { service_time: { p50: ms(5) } }), component('service', 'Shard', { service_time: { p50: ms(7) } }), flow('App -> S'), flow('S -> Shard', { fan_out: number(50) }));
    expect(between(built).p50.total.low).toBeCloseTo(0.012);
    expect(between(built).fanOuts[0]?.withinP99.low).toBeCloseTo(0.605, 3);
  });

  it('bounds the worst case by timeouts and retries', () => {
    const parts = [component('consumer', 'App'), component('service', 'S', { service_time: { p99: ms(14) } }), component('service', 'T', { service_time: { p99: ms(50) } })];
    const worst = (first: object, second: object) => between(architecture(...parts, flow('App -> S', { ...first }), flow('S -> T', { ...second }))).worstCase?.high;
    expect(worst({ timeout: ms(200), retries: number(1) }, {})).toBeCloseTo(0.4);
    expect(worst({}, { timeout: ms(100), retries: number(2) })).toBeCloseTo(0.314);
    expect(worst({}, { retries: number(1) })).toBeCloseTo(0.114);
    expect(between(architecture(component('consumer', 'App'), component('service', 'S'), flow('App -> S'))).worstCase).toBeUndefined();
  });

  it('ends in a cycle, and is empty where the service is not reached', () => {
    const loop = architecture(component('consumer', 'App'), component('service', 'S', { service_time: { p50: ms(5) } }), component('service', 'T', { service_time: { p50: ms(5) } }), flow('App -> S -> T -> S'));
    expect(between(loop).p50.total.low).toBeCloseTo(0.01);
    const apart = architecture(component('consumer', 'App'), component('service', 'S', { service_time: { p50: ms(5) } }));
    expect(between(apart).p50).toEqual({ total: seconds(0), terms: [], missing: [] });
  });

  it('is the longest way through the calls', () => {
    const size = 6;
    const hop = fc.record({ from: fc.nat(size - 1), to: fc.nat(size - 1), network: fc.option(fc.nat(9)) });
    fc.assert(
      fc.property(fc.array(fc.nat(20), { minLength: size, maxLength: size }), fc.array(hop, { maxLength: 12 }), (own, hops) => {
        const forward = hops.filter(({ from, to }) => from < to);
        const built = architecture(
          component('consumer', 'App'), flow('App -> s0'),
          own.map((time, at) => component('service', `s${at}`, { service_time: { p50: seconds(time) } })),
          forward.flatMap(({ from, to, network }) => flow(`s${from} -> s${to}`, network === null ? {} : { latency: { p50: seconds(network) } })),
        );
        const longest = (at: number): number => (own[at] ?? 0) + Math.max(0, ...forward.filter(({ from }) => from === at).map(({ to, network }) => (network ?? 0) + longest(to)));
        const { total, terms } = between(built, 'App', 's0').p50;
        expect(total.low).toBe(longest(0));
        expect(terms.reduce((sum, term) => sum + term.value.low, 0)).toBe(total.low);
      }),
    );
  });
});
