import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leavesOf, totalOf } from '../../../src/analysis/estimation/cost/tree.ts';
import { estimate, type Estimation } from '../../../src/analysis/estimation/estimate.ts';
import type { StationEstimate } from '../../../src/analysis/estimation/station-estimate.ts';
import { DEFAULT_SETTINGS } from '../../../src/analysis/settings.ts';
import { estimateJson } from '../../../src/report/estimate-json.ts';
import { estimateText } from '../../../src/report/estimate-text.ts';
import { jsonSchemaOf } from '../../../src/report/schemas.ts';
import { loadExample, SYSTEMS } from '../../support/examples.ts';
import { loadText } from '../../support/load.ts';

const TODAY = '2026-11-21';

function estimateOf(lines: readonly string[], multiples: readonly number[] = [1]): Estimation {
  const { architectures, problems } = loadText(`system S {\n${lines.map((line) => `  ${line}\n`).join('')}}\n`);
  expect(problems.map(({ message }) => message)).toEqual([]);
  return estimate({ architecture: architectures[0]!, settings: DEFAULT_SETTINGS, today: TODAY }, multiples);
}

const station = (estimation: Estimation, name = 'Api'): StationEstimate => estimation.stations.find(({ component }) => component === name)!;

/** Median and 99th percentile of an exponential time with mean 40 ms, so that the station is M/M/c. */
const EXPONENTIAL = 'service_time p50 27.72588722 ms p99 184.2068074 ms';
const WEB = (peak: string): string => `consumer Web { peak ${peak} slo p99 <= 250 ms }`;

describe('a station', () => {
  it('of ten servers at 80 % has the percentiles of M/M/10', () => {
    const { at, capacity, breaksAt } = station(estimateOf([WEB('200 req/s'), `service Api : realtime { replicas 10 concurrency 1 ${EXPONENTIAL} }`, 'Web -> Api']));
    expect(capacity?.value).toBeCloseTo(250, 5);
    expect(breaksAt?.value).toBeCloseTo(1.25, 6);
    expect(at[0]?.utilisation?.value).toBeCloseTo(0.8, 6);
    expect(at[0]?.latency?.p50.value).toBeCloseTo(0.0364857844, 6);
    expect(at[0]?.latency?.p99.value).toBeCloseTo(0.1978444531, 6);
  });

  it('that gets more than it takes says which share it takes, and no latency', () => {
    const estimation = estimateOf([WEB('300 req/s'), `service Api : realtime { replicas 10 concurrency 1 ${EXPONENTIAL} }`, 'Web -> Api']);
    expect(station(estimation).at[0]).toMatchObject({ takes: expect.closeTo(250 / 300, 6) as number });
    expect(station(estimation).at[0]?.latency).toBeUndefined();
    expect(estimation.paths[0]?.at[0]).toMatchObject({ overloaded: ['Api'], verdict: 'missed' });
    expect(estimation.bottleneck).toMatchObject({ component: 'Api' });
    expect(estimation.missing).toEqual([]);
    expect(estimateText(estimation, PLAIN)).toContain('is already beyond what it takes: at 0.83× today’s peak');
  });

  it('computes only what its cache does not answer', () => {
    const { capacity, at } = station(estimateOf([WEB('200 req/s'), `service Api : realtime { replicas 10 concurrency 1 ${EXPONENTIAL} cache hit_rate 50 % }`, 'Web -> Api']));
    expect(capacity?.value).toBeCloseTo(500, 5);
    expect(at[0]?.utilisation?.value).toBeCloseTo(0.4, 6);
  });

  it('gives kept answers in the time of the cache that holds them, else in an assumed millisecond', () => {
    const ways = (cache: string, more: readonly string[] = []) => estimateOf([WEB('10 req/s'), `service Api : realtime { replicas 10 concurrency 1 ${EXPONENTIAL} cache ${cache} }`, ...more, 'Web -> Api']).paths[0]!.at[0]!.latency!;
    // Of four answers three are kept, and so the middle of all is about two thirds into them: the median of 5 ms times e^(0.4 · 0.4307).
    const declared = ways('hit_rate 75 % in Answers', ['cache Answers { latency p50 5 ms }']);
    expect(declared.p50.value).toBeCloseTo(0.005 * Math.exp(0.4 * 0.4307), 3);
    expect(declared.p50.provenance).toBe('measured');
    const assumed = ways('hit_rate 75 %');
    expect(assumed.p50.value).toBeLessThan(declared.p50.value / 4);
    expect(assumed.p50.value).toBeGreaterThan(0.0009);
    expect(assumed.p50.assumptions).toContain('Api gives kept answers in 1 ms');
    expect(assumed.p50.provenance).toBe('assumed');
    // What is made anew decides the tail: P(T > t) = 0.25 · e^(−25 t) = 0.01.
    expect(assumed.p99.value).toBeCloseTo(Math.log(25) / 25, 3);
  });

  it('runs as many replicas as its scaling aims at', () => {
    const { at } = station(estimateOf([WEB('200 req/s'), `service Api : realtime { replicas 2..20 autoscale on utilisation at 50 % concurrency 1 ${EXPONENTIAL} }`, 'Web -> Api'], [1, 2, 3]));
    expect(at.map(({ replicas }) => replicas)).toEqual([16, 20, 20]);
    expect(at.map(({ utilisation }) => Number(utilisation?.value.toFixed(3)))).toEqual([0.5, 0.8, 1.2]);
    expect(at.map(({ needed }) => needed)).toEqual([10, 20, 30]);
  });

  it('gets the copies that a shadow version works on', () => {
    const estimation = estimateOf([WEB('100 req/s'), 'service Api : realtime { replicas 4 throughput 50 req/s }', 'service Next : realtime { replicas 1 throughput 50 req/s }', 'Web -> Api', 'Api -> Next { shadow yes share 20 % }']);
    expect(station(estimation, 'Next').traffic?.value).toBeCloseTo(20, 9);
  });

  it('of which only a throughput is known has no latency, and says what is missing', () => {
    const estimation = estimateOf([WEB('100 req/s'), 'service Api : realtime { replicas 4 throughput 50 req/s }', 'Web -> Api']);
    expect(station(estimation).at[0]?.utilisation?.value).toBeCloseTo(0.5, 9);
    expect(station(estimation).at[0]?.latency).toBeUndefined();
    expect(estimation.missing).toContainEqual({ component: 'Api', property: 'service_time', needed: 'latency' });
  });

  it('is not called overloaded where only the least that it takes is known', () => {
    const estimation = estimateOf([WEB('100 req/s'), 'service Api : realtime { service_time p50 20 ms p99 60 ms }', 'Web -> Api']);
    expect(station(estimation).capacity).toMatchObject({ bound: 'at least', provenance: 'assumed' });
    expect(estimation.paths[0]?.at[0]).toMatchObject({ overloaded: [], latency: { p99: { bound: 'at least' } } });
    expect(estimation.missing.map(({ property }) => property)).toEqual(expect.arrayContaining(['replicas', 'concurrency']));
  });

  it('takes what a load test showed, where less is reckoned', () => {
    const { capacity } = station(estimateOf([WEB('100 req/s'), `service Api : realtime { replicas 2 concurrency 1 ${EXPONENTIAL} load_test at 120 req/s p50 30 ms p99 190 ms }`, 'Web -> Api']));
    expect(capacity).toMatchObject({ value: 120, bound: 'at least', provenance: 'measured' });
  });

  it('loses a replica or a zone', () => {
    const { losses } = station(estimateOf([WEB('200 req/s'), `service Api : realtime { replicas 10 zones 2 concurrency 1 ${EXPONENTIAL} }`, 'Web -> Api']));
    expect(losses.map(({ lost, left, holds }) => [lost, left, holds])).toEqual([['replica', 9, true], ['zone', 5, false]]);
  });
});

describe('a way', () => {
  const FAST = 'service Api : realtime { replicas 8 concurrency 8 service_time p50 10 ms p99 30 ms }';

  it('adds up what is waited for, and nothing behind an asynchronous flow', () => {
    const with_ = (mode: string): number => estimateOf([WEB('5 req/s'), FAST, 'service Log : realtime { replicas 8 concurrency 8 service_time p50 50 ms p99 90 ms }', 'Web -> Api', `Api -> Log { ${mode} }`]).paths[0]!.at[0]!.latency!.p50.value;
    expect(with_('async')).toBeCloseTo(0.01, 3);
    expect(with_('sync')).toBeGreaterThan(0.06);
  });

  it('has a tail between that of its slowest step and the sum of the tails', () => {
    const estimation = estimateOf([WEB('5 req/s'), FAST, 'store Values : online { latency p50 2 ms p99 9 ms }', 'Web -> Api', 'Values -> Api']);
    const tail = estimation.paths[0]!.at[0]!.latency!.p99;
    expect(tail.value).toBeGreaterThan(0.03);
    expect(tail.value).toBeLessThan(0.039);
    // The upper end has slow moments together, and the declared times 14 % slower.
    expect(tail.high).toBeCloseTo(0.039 * Math.exp(0.1 * 1.28155), 3);
  });

  it('is as slow as the slowest of many parallel calls', () => {
    const with_ = (fan: string): number => estimateOf([WEB('5 req/s'), FAST, 'store Values : online { latency p50 20 ms p99 90 ms }', 'Web -> Api', `Api -> Values { ${fan} }`]).paths[0]!.at[0]!.latency!.p50.value;
    expect(with_('fan_out 20')).toBeGreaterThan(with_('optional no') * 1.5);
    expect(with_('fan_out 20 hedged yes')).toBeCloseTo(with_('optional no'), 6);
  });

  it('says which replicas keep the objective, and where none do', () => {
    const few = estimateOf([WEB('300 req/s'), `service Api : realtime { replicas 10 concurrency 1 ${EXPONENTIAL} }`, 'Web -> Api']).paths[0]!.at[0]!;
    expect(few.sizing?.replicas).toEqual([{ component: 'Api', count: 15 }]);
    const slow = estimateOf(['consumer Web { peak 10 req/s slo p99 <= 100 ms }', `service Api : realtime { replicas 10 concurrency 1 ${EXPONENTIAL} }`, 'Web -> Api']).paths[0]!.at[0]!;
    expect(slow).toMatchObject({ verdict: 'missed', sizing: { obstacle: expect.stringContaining('without any waiting') as string } });
  });

  it('is met only where the whole band keeps the objective', () => {
    const verdict = (limit: string): string | undefined => estimateOf([`consumer Web { peak 200 req/s slo p99 <= ${limit} }`, `service Api : realtime { replicas 10 concurrency 1 ${EXPONENTIAL} }`, 'Web -> Api']).paths[0]!.at[0]!.verdict;
    expect([verdict('2 s'), verdict('210 ms'), verdict('100 ms')]).toEqual(['met', 'open', 'missed']);
  });
});

describe('the variation of arrivals', () => {
  it('rises behind calls that go out several at once, so that waiting does', () => {
    const behind = (fan: string) => station(estimateOf([WEB('20 req/s'), 'service Api : realtime { replicas 8 concurrency 8 service_time p50 1 ms p99 2 ms }', `service Leaf : realtime { replicas 20 concurrency 1 ${EXPONENTIAL} }`, 'Web -> Api', `Api -> Leaf { ${fan} }`]), 'Leaf');
    const [single, burst] = [behind('rate 400 req/s'), behind('fan_out 20')];
    expect(burst.traffic?.value).toBeCloseTo(400, 6);
    expect(single.traffic?.value).toBeCloseTo(400, 6);
    expect(burst.at[0]!.latency!.p99.value).toBeGreaterThan(single.at[0]!.latency!.p99.value * 1.2);
  });
});

describe('growth', () => {
  it('fills the first station after as many months as it takes to reach its multiple', () => {
    const { bottleneck } = estimateOf(['consumer Web { peak 125 req/s growth 8 %/month }', `service Api : realtime { replicas 10 concurrency 1 ${EXPONENTIAL} }`, 'Web -> Api']);
    expect(bottleneck?.multiple.value).toBeCloseTo(2, 6);
    expect(bottleneck?.exhausted?.months.value).toBeCloseTo(Math.log(2) / Math.log(1.08), 6);
    expect(bottleneck?.exhausted?.date).toBe('2027-08-22');
  });
});

describe('the bill', () => {
  it('of machines that are always on is their price by the hours of a month', () => {
    const { cost } = estimateOf(['consumer Web { average 40 req/s }', 'model M', 'service Api : realtime { serves M runs_on aws.g5_xlarge replicas 3 }', 'Web -> Api']);
    expect(cost.total.value).toBeCloseTo(3 * 1.006 * 730.5, 6);
    expect(cost.unit?.perThousand).toBeCloseTo((3 * 1.006 * 730.5) / (40 * 2_629_800) * 1000, 9);
    expect(cost.listPrices).toEqual([{ name: 'aws.g5_xlarge', asOf: '2026-07-20' }]);
  });

  it('of tokens is calls × tokens × price', () => {
    const { cost } = estimateOf(['consumer Web { average 10 req/s tokens input 500 tokens output 150 tokens }', 'model Gpt : vendor { llm gpt-4o-mini }', 'service Api : llm_api { serves Gpt }', 'Web -> Api']);
    expect(cost.total.value).toBeCloseTo(10 * 2_629_800 * (500 * 0.15e-6 + 150 * 0.6e-6), 4);
  });

  it('is at least what is known where a part has no price, and never counts it as nothing', () => {
    const { cost } = estimateOf(['consumer Web { average 10 req/s }', 'model M', 'service Api : realtime { serves M cost 300 USD/month }', 'service Other : realtime { serves M }', 'Web -> Api']);
    expect(cost.total).toMatchObject({ value: 300, bound: 'at least' });
    expect(cost.total.unknown.map(({ name }) => name)).toEqual(['Other']);
  });
});

const PLAIN = { bold: String, dim: String, red: String, yellow: String, green: String };
const validate = addFormats.default(new Ajv.default({ allErrors: true, strict: false })).compile(jsonSchemaOf('estimate'));

/** Every figure in a tree of JSON, with where it stands. */
function figuresIn(value: unknown, path = ''): { path: string; value: number; low: number; high: number }[] {
  if (typeof value !== 'object' || value === null) return [];
  const here = 'low' in value && 'high' in value && 'value' in value ? [{ path, ...(value as { value: number; low: number; high: number }) }] : [];
  return [...here, ...Object.entries(value).flatMap(([key, part]) => figuresIn(part, `${path}.${key}`))];
}

function check(estimation: Estimation): void {
  const json = JSON.parse(JSON.stringify(estimateJson([estimation]))) as unknown;
  validate(json);
  expect(validate.errors ?? []).toEqual([]);
  for (const { path, value, low, high } of figuresIn(json)) expect(Number.isFinite(value) && low >= 0 && low <= value && value <= high && Number.isFinite(high), `${path}: ${low} ${value} ${high}`).toBe(true);
  expect(estimateText(estimation, PLAIN)).not.toMatch(/NaN|Infinity|undefined/);
  const leaves = leavesOf(estimation.cost.tree).reduce((sum, { leaf }) => sum + (leaf.kind === 'leaf' ? leaf.value : 0), 0);
  expect(totalOf(estimation.cost.tree).value).toBeCloseTo(leaves, 6);
}

describe('a way over caches', () => {
  // Each cache mixes two laws; without a table of each the search for a percentile would multiply with every cache.
  it('is solved however many answer from what they keep', () => {
    const names = Array.from({ length: 8 }, (_, index) => `S${index}`);
    const services = names.map((name) => `service ${name} : realtime { replicas 9 concurrency 3 service_time p50 1 s p99 1 s cache hit_rate 10 % }`);
    const { latency } = estimateOf([WEB('1 req/s'), ...services, `Web -> ${names.join(' -> ')}`]).paths[0]!.at[0]!;
    // 0.9⁸ = 43 % of the requests go all the way.
    expect(latency!.p95.value).toBeGreaterThan(7.9);
    expect(latency!.p95.high).toBeLessThan(12);
    expect(latency!.p50.value).toBeGreaterThan(5);
  });
});

describe('batches of requests', () => {
  it('take no less than the service of one, and are sized at once, where times differ by a factor of a million', () => {
    const { latency, sizing } = estimateOf(['consumer Web { peak 1 req/s slo p99 <= 500 ms }', 'service Api : realtime { replicas 100 concurrency 1 service_time p50 1 ms p99 1000 s batching dynamic max 32 wait 10 ms }', 'Web -> Api']).paths[0]!.at[0]!;
    expect(latency!.p50.value).toBeGreaterThan(5e-4);
    expect(sizing?.obstacle).toContain('without any waiting');
  });
});

describe('what an estimate asks for', () => {
  it('is the peak of a consumer that has none, and not a property that does not exist', () => {
    const estimation = estimateOf(['consumer Web { slo p99 <= 250 ms }', `service Api : realtime { replicas 2 concurrency 1 ${EXPONENTIAL} }`, 'Web -> Api']);
    expect(estimation.missing).toContainEqual({ component: 'Web', property: 'peak', needed: 'traffic, utilisation and latency under load' });
    expect(estimation.missing.map(({ property }) => property)).not.toContain('traffic');
  });

  it('are no replicas where as many run already, and time that nobody declares keeps the verdict open', () => {
    const estimation = estimateOf([WEB('10 req/s'), `service Api : realtime { replicas 3 concurrency 1 service_time p50 20 ms p99 70 ms }`, 'service Rules : realtime { replicas 3 throughput 500 req/s }', 'Web -> Api -> Rules']);
    expect(estimation.paths[0]?.at[0]).toMatchObject({ verdict: 'open' });
    expect(estimation.paths[0]?.at[0]?.sizing).toBeUndefined();
  });

  it('is one line for a way of which no time is known', () => {
    expect(estimateText(estimateOf([WEB('10 req/s'), 'service Api : realtime { replicas 3 throughput 500 req/s }', 'Web -> Api'], [1, 5]), PLAIN)).toContain('Latency Web to Api  objective p99 ≤ 250 ms  not known: no time is declared for Api\n\n');
  });
});

describe('an estimate', () => {
  it.each(SYSTEMS)('of %s is valid JSON with bands around every figure', (file) => {
    for (const architecture of loadExample(file).architectures) check(estimate({ architecture, settings: DEFAULT_SETTINGS, today: TODAY }));
  });

  it.each([
    ['1e-9 req/s', 1_000_000, '4 ms', '10 ms'],
    ['1e8 req/s', 1_000_000, '4 ms', '4000 s'],
    ['1e8 req/s', 1, '4 ms', '4 ms'],
    ['1 req/s', 1_000_000, '1e-9 s', '1e-9 s'],
  ])('stays finite at %s with %i replicas and service times from %s to %s', (peak, replicas, p50, p99) => {
    for (const more of ['', 'batching dynamic max 4096 wait 10 ms', 'cache hit_rate 100 %', 'autoscale on cpu at 65 %']) {
      check(estimateOf([`consumer Web { peak ${peak} slo p99 <= 200 ms }`, `service Api : realtime { replicas ${replicas} concurrency 3 service_time p50 ${p50} p99 ${p99} ${more} }`, 'Web -> Api'], [1, 5, 1e6]));
    }
  });

  it('rises with the traffic and falls with the replicas, and its percentiles are in order', () => {
    const latencies = (rate: number, replicas: number) => estimateOf([WEB(`${rate} req/s`), `service Api : realtime { replicas ${replicas} concurrency 2 service_time p50 20 ms p99 70 ms }`, 'Web -> Api']).paths[0]!.at[0]!.latency;
    fc.assert(fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 2, max: 12 }), (percent, replicas) => {
      const rate = (percent / 100) * replicas * 80;
      const [less, more, wider] = [latencies(rate, replicas), latencies(rate * 1.2, replicas), latencies(rate, replicas + 1)];
      for (const part of ['p50', 'p95', 'p99'] as const) {
        expect(more![part].value).toBeGreaterThanOrEqual(less![part].value * (1 - 1e-6));
        expect(wider![part].value).toBeLessThanOrEqual(less![part].value * (1 + 1e-6));
      }
      expect(less!.p50.value).toBeLessThanOrEqual(less!.p95.value);
      expect(less!.p95.value).toBeLessThanOrEqual(less!.p99.value);
    }), { numRuns: 25 });
  });
});
