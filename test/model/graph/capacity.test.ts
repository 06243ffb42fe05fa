import { describe, expect, it } from 'vitest';
import { capacityOf, peakOf } from '../../../src/model/graph/capacity.ts';
import { bottleneck, peakDemand } from '../../../src/model/graph/demand.ts';
import { architecture, at, component, flow, ms, number, rate, share } from './build.ts';

const capacity = (kind: string, properties: Record<string, unknown>) => capacityOf(component(kind, 'X', properties).component!);

describe('capacityOf', () => {
  it.each([
    ['service', { replicas: { low: 2, high: 8, unit: '1' }, throughput: rate(350) }, 2800, []],
    ['service', { replicas: number(2), autoscale: { max: number(10) }, throughput: rate(10) }, 100, []],
    ['service', { replicas: number(2), concurrency: number(4), service_time: { p50: ms(10) } }, 800, []],
    ['service', { replicas: number(1), concurrency: number(2), service_time: { p50: ms(20), at: { batch: number(16) } } }, 1600, []],
    ['service', { replicas: number(3), service_time: { p50: ms(100) } }, 30, ['one request (or batch) at a time in each replica']],
    ['service', { throughput: rate(350) }, 350, ['one replica']],
    ['service', { replicas: number(4), throughput: rate(350), quota: rate(5) }, 5, []],
    ['store', { capacity: rate(20_000) }, 20_000, []],
    ['store', { connections: number(100), hold_time: ms(20) }, 5000, []],
    ['store', { capacity: rate(4000), connections: number(100), hold_time: ms(20) }, 4000, []],
    ['gateway', { capacity: rate(9) }, 9, []],
    ['cache', { capacity: rate(9) }, 9, []],
    ['source', { quota: rate(9) }, 9, []],
  ])('%s %j', (kind, properties, expected, assumptions) => {
    const found = capacity(kind, properties);
    expect(found?.value.low).toBeCloseTo(expected);
    expect(found?.value.high).toBeCloseTo(expected);
    expect(found?.assumptions).toEqual(assumptions);
  });

  it('is not known where replicas are added without bound, on devices, or where nothing is declared', () => {
    expect(capacity('service', { autoscale: { at: share(0.6) }, throughput: rate(10) })).toBeUndefined();
    expect(capacity('service : edge', { replicas: number(2), throughput: rate(10) })).toBeUndefined();
    expect(capacity('service', { replicas: number(2) })).toBeUndefined();
    expect(capacity('training', {})).toBeUndefined();
  });

  it('keeps ranges: the slowest gives the lower end', () => {
    const found = capacity('service', { replicas: number(1), concurrency: number(1), service_time: { p50: ms(10, 20) } });
    expect(found?.value).toEqual(rate(50, 100));
  });

  it('divides tokens that a provider allows by those of a request', () => {
    const service = component('service : llm_api', 'X', { token_quota: { low: 1000, high: 1000, unit: 'tokens/s' } }).component!;
    expect(capacityOf(service, { low: 500, high: 500, unit: 'tokens' })?.value.high).toBe(2);
    expect(capacityOf(service)).toBeUndefined();
  });
});

describe('peakOf', () => {
  const peak = (consumer: Record<string, unknown>, system: Record<string, unknown> = {}, ...more: ReturnType<typeof component>[]) => {
    const built = architecture({ system }, component('consumer', 'App', consumer), ...more);
    return peakOf(built, at(built, 'App'));
  };

  it('is the peak, else a mean times the peak factor', () => {
    expect(peak({ peak: rate(7), volume: rate(1) })?.value).toEqual(rate(7));
    expect(peak({ volume: rate(2), average: rate(1) })?.value).toEqual(rate(10));
    expect(peak({ average: rate(2), peak_factor: number(3) })).toMatchObject({ value: rate(6), assumptions: [] });
  });

  it('is that of the system for its only consumer', () => {
    expect(peak({}, { volume: rate(4) })).toMatchObject({ value: rate(20), assumptions: ['peak factor 5'] });
    expect(peak({}, { volume: rate(4) }, component('consumer', 'Other'))).toBeUndefined();
    expect(peak({})).toBeUndefined();
  });
});

describe('what limits a consumer', () => {
  const built = architecture(
    component('consumer', 'App', { peak: rate(100) }),
    component('consumer', 'Jobs', { peak: rate(30) }),
    component('gateway', 'G', { capacity: rate(1000) }),
    component('service', 'S', { replicas: number(2), throughput: rate(200), cache: { hit_rate: share(0.5) } }),
    component('store : online', 'Store', { capacity: rate(900) }),
    component('service', 'Unknown'),
    flow('App -> G'), flow('Jobs -> G'), flow('G -> S', { share: share(0.4) }), flow('S -> Store', { mode: 'sync', fan_out: number(10) }), flow('S -> Unknown'),
  );

  it('is the least of capacity over calls for each request', () => {
    const found = bottleneck(built, at(built, 'App'), at(built, 'S'));
    expect(found.limits.map((limit) => [limit.component, limit.callsPerRequest.low, limit.carries.low])).toEqual([['Store', 2, 450], ['G', 1, 1000], ['S', 0.4, 1000]]);
    expect(found.unknown).toEqual(['Unknown']);
  });

  it('keeps ranges: what a cache surely answers bounds the load from above', () => {
    const cached = architecture(component('consumer', 'App', { peak: rate(100) }), component('cache', 'C', { hit_rate: share(0.25, 0.5) }), component('service', 'S'), flow('App -> C -> S'));
    expect(peakDemand(cached).get('S')).toEqual(rate(50, 75));
  });

  it('sums the demand of all consumers', () => {
    const demand = peakDemand(built);
    expect(demand.get('G')).toEqual(rate(130));
    expect(demand.get('S')).toEqual(rate(52));
    expect(demand.get('Store')).toEqual(rate(260));
  });

  it('takes a stated rate in place of what would be derived', () => {
    const stated = architecture(component('consumer', 'App', { peak: rate(100) }), component('service', 'S'), flow('App -> S', { rate: rate(40) }));
    expect(peakDemand(stated).get('S')).toEqual(rate(40));
  });
});
