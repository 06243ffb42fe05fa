import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimate } from '../../../src/analysis/estimation/estimate.ts';
import { measureNext, type MeasureNext } from '../../../src/analysis/estimation/measure-next.ts';
import type { Context } from '../../../src/analysis/rule.ts';
import { DEFAULT_SETTINGS } from '../../../src/analysis/settings.ts';
import { measureNextText } from '../../../src/report/what-if-text.ts';
import { loadText } from '../../support/load.ts';

const contextOf = (lines: readonly string[]): Context => {
  const { architectures, problems } = loadText(`system S {\n${lines.map((line) => `  ${line}\n`).join('')}}\n`);
  expect(problems.map(({ message }) => message)).toEqual([]);
  return { architecture: architectures[0]!, settings: DEFAULT_SETTINGS, today: '2026-11-21' };
};

const nextOf = (...lines: string[]): MeasureNext[] => measureNext(contextOf(lines));
const of = (list: readonly MeasureNext[], component: string, property: string, narrows: MeasureNext['narrows']): MeasureNext | undefined => list.find((next) => next.component === component && next.property === property && next.narrows === narrows);
const width = ({ low, high }: { low: number; high?: number }): number => Math.log(high! / low);

/** Distance between the ends of an 80 % band, in standard deviations. */
const BAND = 2 * 1.2815515655446004;

const MEASURED = 'service Api : realtime { replicas 10 concurrency 2 service_time p50 20 ms p99 60 ms }';
const BATCHED = 'service Api : realtime { replicas 4 concurrency 1 service_time p50 20 ms p99 40 ms batching dynamic max 16 }';

describe('what to measure next', () => {
  it('is nothing where everything is measured', () => {
    expect(nextOf('consumer Web { peak 200 req/s average 80 req/s slo p99 <= 250 ms }', MEASURED, 'Web -> Api').filter(({ narrows }) => narrows !== 'cost')).toEqual([]);
  });

  it('is the peak where only a mean is declared', () => {
    const list = nextOf('consumer Web { average 40 req/s slo p99 <= 250 ms }', MEASURED, 'Web -> Api');
    expect(list[0]).toMatchObject({ component: 'Web', property: 'peak', how: 'Declare `peak` of Web from its busiest hours' });
    const { from, to } = of(list, 'Web', 'peak', 'bottleneck')!;
    // The spread of the usual factor is 0.5, that of a declared service time 0.1, and that of what is measured 0.1.
    expect(width(from!)).toBeCloseTo(BAND * Math.hypot(0.5, 0.1), 6);
    expect(width(to!)).toBeCloseTo(BAND * Math.hypot(0.1, 0.1), 6);
  });

  it('is what the estimate says once it is declared', () => {
    const { to } = of(nextOf('consumer Web { average 40 req/s slo p99 <= 250 ms }', MEASURED, 'Web -> Api'), 'Web', 'peak', 'bottleneck')!;
    const [low, high] = [200 / Math.exp(0.1 * (BAND / 2)), 200 * Math.exp(0.1 * (BAND / 2))];
    const { multiple } = estimate(contextOf([`consumer Web { peak ${low} .. ${high} req/s average 40 req/s slo p99 <= 250 ms }`, MEASURED, 'Web -> Api']), [1]).bottleneck!;
    expect(to!.low).toBeCloseTo(multiple.low, 6);
    expect(to!.high).toBeCloseTo(multiple.high, 6);
  });

  it('is the throughput of full batches where only single requests are measured', () => {
    const list = nextOf('consumer Web { peak 200 req/s average 80 req/s slo p99 <= 250 ms }', BATCHED, 'Web -> Api');
    expect(list[0]).toMatchObject({ component: 'Api', property: 'throughput', how: 'Declare `throughput` of Api from a load test with full batches' });
    const { from, to } = of(list, 'Api', 'throughput', 'bottleneck')!;
    expect(width(to!)).toBeCloseTo(BAND * 0.1, 6);
    expect(width(from!)).toBeGreaterThan(width(to!) * 2);
    expect(nextOf('consumer Web { peak 200 req/s average 80 req/s slo p99 <= 250 ms }', BATCHED.replace('concurrency 1', 'concurrency 1 throughput 300 req/s'), 'Web -> Api').map(({ property }) => property)).not.toContain('throughput');
  });

  it('puts what narrows more before what narrows less', () => {
    const order = (batching: string): string[] => [...new Set(nextOf('consumer Web { average 40 req/s slo p99 <= 250 ms }', MEASURED.replace('}', `${batching} }`), 'Web -> Api').map(({ component, property }) => `${component}.${property}`))];
    expect(order('batching dynamic max 4')).toEqual(['Web.peak', 'Api.throughput']);
  });

  it('is the range that an author could make narrower', () => {
    const list = nextOf('consumer Web { peak 20 req/s average 8 req/s slo p99 <= 900 ms }', 'service Api : realtime { replicas 10 concurrency 2 service_time p50 10 ms .. 80 ms p99 200 ms }', 'Web -> Api');
    expect(of(list, 'Api', 'service_time', 'bottleneck')).toMatchObject({ how: 'Declare `service_time` of Api from a load test, in place of a range' });
    expect(nextOf('consumer Web { peak 100 .. 400 req/s average 80 req/s }', MEASURED, 'Web -> Api')[0]).toMatchObject({ component: 'Web', property: 'peak' });
  });

  it('is a number without which there is only a bound', () => {
    const list = nextOf('consumer Web { peak 20 req/s average 8 req/s slo p99 <= 250 ms }', 'service Api : realtime { concurrency 2 service_time p50 20 ms p99 60 ms }', 'Web -> Api');
    const { from, to } = of(list, 'Api', 'replicas', 'bottleneck')!;
    expect(from).not.toHaveProperty('high');
    expect(to!.high).toBeGreaterThan(to!.low);
    expect(list[0]!.property).toBe('replicas');
  });

  it('is first of all a time without which a promise cannot be judged', () => {
    const list = nextOf('consumer Web { average 40 req/s slo p99 <= 250 ms }', MEASURED, 'service Rank : realtime { replicas 9 throughput 100 req/s }', 'Web -> Api -> Rank');
    expect(list[0]).toEqual({ component: 'Rank', property: 'service_time', narrows: 'latency', way: { from: 'Web', to: 'Api' }, how: 'Declare `service_time` of Rank' });
    expect(measureNextText(list, { bold: String, dim: String })).toContain('Declare service_time of Rank: without it only the least of the latency Web to Api can be said');
  });

  it('is a station that may be full first, and not only the one that is likely to be', () => {
    // Rank is full later in the middle of its band, and earlier than Api at its low end.
    const list = nextOf('consumer Web { peak 200 req/s average 80 req/s }', 'service Api : realtime { replicas 10 concurrency 2 throughput 100 req/s }', 'service Rank : realtime { replicas 8 concurrency 1 service_time p50 20 ms p99 40 ms batching dynamic max 16 }', 'Web -> Api -> Rank');
    expect(estimate(contextOf(['consumer Web { peak 200 req/s average 80 req/s }', 'service Api : realtime { replicas 10 concurrency 2 throughput 100 req/s }', 'service Rank : realtime { replicas 8 concurrency 1 service_time p50 20 ms p99 40 ms batching dynamic max 16 }', 'Web -> Api -> Rank']), [1]).bottleneck?.component).toBe('Api');
    expect(of(list, 'Rank', 'throughput', 'bottleneck')).toBeDefined();
  });

  it('of the bill is the mean that it is paid by', () => {
    const list = nextOf('consumer Web { peak 6 req/s tokens input 1_000 tokens output 200 tokens }', 'model Writer : vendor { llm gpt-4.1-mini task generation }', 'service Api : llm_api { serves Writer quota 60_000 req/min }', 'Web -> Api');
    const { from, to } = of(list, 'Web', 'average', 'cost')!;
    expect(width(to!)).toBeLessThan(width(from!) / 3);
  });

  it('never makes a band wider, and shows three numbers at most, each once', () => {
    fc.assert(fc.property(fc.constantFrom('peak 60 req/s', 'average 20 req/s', 'volume 2M req/day', 'peak 20 .. 90 req/s'), fc.constantFrom('', 'replicas 6', 'replicas 2..9 autoscale on cpu at 60 %'), fc.constantFrom('', 'concurrency 2'), fc.constantFrom('', 'batching dynamic max 32', 'throughput 40 .. 90 req/s'), (rate, replicas, concurrency, batching) => {
      const list = nextOf(`consumer Web { ${rate} slo p99 <= 400 ms }`, `service Api : realtime { ${replicas} ${concurrency} ${batching} service_time p50 15 ms p99 50 ms runs_on aws.g5_xlarge }`, 'service Other : app { }', 'Web -> Api -> Other');
      for (const { from, to } of list) {
        if (from?.high !== undefined) expect(to!.high).toBeDefined();
        if (from?.high !== undefined && from.low > 0) expect(width(to!)).toBeLessThan(width(from));
      }
      const shown = measureNextText(list, { bold: String, dim: String }).split('\n').slice(1);
      expect(shown.length).toBeLessThanOrEqual(3);
      expect(new Set(shown.map((line) => line.split(':')[0])).size).toBe(shown.length);
      expect(shown.join()).not.toMatch(/NaN|Infinity|undefined/);
    }), { numRuns: 30 });
  });
});
