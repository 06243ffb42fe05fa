import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leavesOf } from '../../../src/analysis/estimation/cost/tree.ts';
import { estimate, type Estimation } from '../../../src/analysis/estimation/estimate.ts';
import { measureNext } from '../../../src/analysis/estimation/measure-next.ts';
import type { Percentiles } from '../../../src/analysis/estimation/station-estimate.ts';
import { DEFAULT_SETTINGS } from '../../../src/analysis/settings.ts';
import { estimateJson } from '../../../src/report/estimate-json.ts';
import { estimateText } from '../../../src/report/estimate-text.ts';
import { measureNextJson } from '../../../src/report/what-if-json.ts';
import { loadText } from '../../support/load.ts';

const TODAY = '2026-11-21';
const PLAIN = { bold: String, dim: String, red: String, yellow: String, green: String };
const PARTS = ['p50', 'p95', 'p99'] as const;

/** One service of a random system, which another calls or the consumer does. */
interface Service {
  /** Index of the caller, below its own; the first is called by the consumer. */
  readonly caller: number;
  readonly replicas: number;
  readonly concurrency: number;
  /** Seconds. */
  readonly p50: number;
  /** p99 over p50. */
  readonly spread: number;
  /** Percent; counts for the last service, which calls nobody. */
  readonly hits: number;
  readonly batch: number;
  readonly priced: boolean;
}

interface System {
  /** Requests per second. */
  readonly peak: number;
  readonly services: readonly Service[];
}

/** What a text may have beyond services, replicas and times. */
interface Kinds {
  readonly batches?: boolean;
  readonly caches?: boolean;
}

/** Numbers of all magnitudes between two. */
const between = (low: number, high: number): fc.Arbitrary<number> => fc.double({ min: Math.log(low), max: Math.log(high), noNaN: true }).map((log) => Number(Math.exp(log).toPrecision(6)));

const service = ({ batches = false, caches = false }: Kinds): fc.Arbitrary<Service> =>
  fc.record({
    caller: fc.nat(3),
    replicas: fc.integer({ min: 1, max: 40 }),
    concurrency: fc.integer({ min: 1, max: 8 }),
    p50: between(1e-3, 1),
    spread: between(1.2, 20),
    hits: caches ? fc.constantFrom(0, 0, 10, 50, 90) : fc.constant(0),
    batch: batches ? fc.constantFrom(1, 1, 4, 16) : fc.constant(1),
    priced: fc.boolean(),
  });

/** One to four services, in series, side by side or both. */
const system = (kinds: Kinds = {}, peak = between(0.01, 1e4)): fc.Arbitrary<System> => fc.record({ peak, services: fc.array(service(kinds), { minLength: 1, maxLength: 4 }) });

/** The same with every station below a share of what it takes: the peak is chosen by the tightest. */
const easy = (share: fc.Arbitrary<number>): fc.Arbitrary<System> =>
  fc.tuple(system(), share).map(([{ services }, busy]) => ({ services, peak: busy * Math.min(...services.map(({ replicas, concurrency, p50, spread }) => (replicas * concurrency) / meanOf(p50, spread))) }));

/** The mean of the log-normal law through both percentiles; gamma laws are taken below, and this is near enough to choose a traffic by. */
const meanOf = (p50: number, spread: number): number => p50 * Math.exp((Math.log(spread) / 2.3263) ** 2 / 2);

/** @param k How much faster everything is: rates are multiplied by it and times divided. */
function textOf({ peak, services }: System, k = 1): string {
  const lines = services.map(({ replicas, concurrency, p50, spread, hits, batch, priced }, index) => {
    const more = [...(hits > 0 && index === services.length - 1 ? [`cache hit_rate ${hits} %`] : []), ...(batch > 1 ? [`batching dynamic max ${batch} wait ${0.01 / k} s`] : []), ...(priced ? ['runs_on aws.g5_xlarge'] : [])];
    return `  service S${index} : realtime { serves M replicas ${replicas} concurrency ${concurrency} service_time p50 ${p50 / k} s p99 ${(p50 * spread) / k} s ${more.join(' ')} }`;
  });
  const flows = services.map(({ caller }, index) => (index === 0 ? '  Web -> S0' : `  S${caller % index} -> S${index}`));
  return ['system T {', `  consumer Web { peak ${peak * k} req/s slo p99 <= ${0.5 / k} s growth 8 %/month }`, '  model M', ...lines, ...flows, '}', ''].join('\n');
}

function estimateOf(text: string, multiples: readonly number[] = [1]): Estimation {
  const { architectures, problems } = loadText(text);
  expect(problems.filter(({ severity }) => severity === 'error').map(({ message }) => message), text).toEqual([]);
  return estimate({ architecture: architectures[0]!, settings: DEFAULT_SETTINGS, today: TODAY }, multiples);
}

const latenciesOf = ({ stations, paths }: Estimation): { where: string; latency: Percentiles }[] => [
  ...stations.flatMap(({ component, at }) => at.flatMap(({ multiple, latency }) => (latency ? [{ where: `${component} at ${multiple}`, latency }] : []))),
  ...paths.flatMap(({ from, to, at }) => at.flatMap(({ multiple, latency }) => (latency ? [{ where: `${from} to ${to} at ${multiple}`, latency }] : []))),
];

/** Numbers of a tree of JSON, with where they stand. */
function numbersIn(value: unknown, path = ''): { path: string; value: unknown }[] {
  if (typeof value === 'number' || value === null) return [{ path, value }];
  if (typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, part]) => numbersIn(part, `${path}.${key}`));
}

/** No number that is none, none below zero, bands in order, the same in words. */
function expectSound(text: string, multiples: readonly number[]): void {
  const { architectures } = loadText(text);
  const context = { architecture: architectures[0]!, settings: DEFAULT_SETTINGS, today: TODAY };
  const estimation = estimateOf(text, multiples);
  const json = estimateJson([estimation], [{ measureNext: measureNextJson(measureNext(context)) }]);
  for (const { path, value } of numbersIn(json)) {
    // The one absence that JSON spells out: nothing is full first.
    if (path.endsWith('.bottleneck') && value === null) continue;
    expect(Number.isFinite(value) && (value as number) >= 0, `${path} is ${String(value)} in\n${text}`).toBe(true);
  }
  for (const { where, latency } of latenciesOf(estimation)) for (const part of PARTS) expect(latency[part].low <= latency[part].value && latency[part].value <= latency[part].high, `${where} ${part}\n${text}`).toBe(true);
  expect(estimateText(estimation, PLAIN), text).not.toMatch(/NaN|Infinity|undefined|-\d+(\.\d+)? (ms|s)\b/);
}

/** What the inversion of a tail may be off by; the law of a whole way is fitted, and its fit moves a little with its parts. */
const SLACK = 1e-6;
const SLACK_OF_WAY = 1e-3;
const notAbove = (less: number, more: number, told: string, slack = SLACK): void => expect(less <= more * (1 + slack), `${told}: ${less} is above ${more}`).toBe(true);

describe('over random systems', () => {
  it('percentiles stand in order, with their bands', () => {
    fc.assert(fc.property(system({ caches: true }), (random) => {
      const text = textOf(random);
      for (const { where, latency: { p50, p95, p99 } } of latenciesOf(estimateOf(text, [0.01, 0.1, 0.5, 1]))) {
        for (const end of ['value', 'low', 'high'] as const) {
          notAbove(p50[end], p95[end], `${where}: p50 (${end}) and p95 in\n${text}`);
          notAbove(p95[end], p99[end], `${where}: p95 (${end}) and p99 in\n${text}`);
        }
      }
    }), { numRuns: 20 });
  });

  it('every number is one', () => {
    fc.assert(fc.property(system({ batches: true, caches: true }), (random) => expectSound(textOf(random), [1, 5, 10])), { numRuns: 20 });
  });

  it('too much traffic says which share is taken, and no latency', () => {
    fc.assert(fc.property(system({ caches: true }), (random) => {
      const text = textOf(random);
      const { stations, paths } = estimateOf(text, [1, 100]);
      for (const { component, traffic, capacity, breaksAt, at } of stations) {
        if (!traffic || !capacity) continue;
        expect(breaksAt!.value / (capacity.value / traffic.value), text).toBeCloseTo(1, 9);
        for (const { multiple, rate, takes, latency, utilisation } of at) {
          expect(rate.value / (traffic.value * multiple)).toBeCloseTo(1, 9);
          const full = rate.value >= capacity.value;
          expect({ component, multiple, overloaded: takes !== undefined, timed: latency !== undefined }, text).toEqual({ component, multiple, overloaded: full, timed: !full });
          if (takes !== undefined) {
            expect(takes * rate.value / capacity.value, text).toBeCloseTo(1, 9);
            expect(takes * utilisation!.value, text).toBeCloseTo(1, 9);
          }
        }
      }
      const overloadedAt = (multiple: number): string[] => stations.flatMap(({ component, at }) => (at.some((state) => state.multiple === multiple && state.takes !== undefined) ? [component] : []));
      for (const { at } of paths) for (const { multiple, overloaded, latency, verdict } of at) {
        expect([...overloaded].sort(), text).toEqual(overloadedAt(multiple).sort());
        expect(latency === undefined, text).toBe(overloaded.length > 0);
        if (overloaded.length > 0) expect(verdict).toBe('missed');
      }
    }), { numRuns: 20 });
  });

  it('more traffic makes nothing faster and nothing less busy', () => {
    fc.assert(fc.property(easy(between(0.01, 0.9)), between(1.01, 2), (random, more) => {
      const text = textOf(random);
      const { stations, paths } = estimateOf(text, [1, more]);
      for (const { component, at: [now, then] } of stations) {
        notAbove(now!.utilisation!.value, then!.utilisation!.value, `${component}, busy`);
        if (now!.latency && then!.latency) for (const part of PARTS) notAbove(now!.latency[part].value, then!.latency[part].value, `${component} ${part} in\n${text}`);
        if (!now!.latency) expect(then!.latency).toBeUndefined();
      }
      for (const { at: [now, then] } of paths) if (now!.latency && then!.latency) for (const part of PARTS) notAbove(now!.latency[part].value, then!.latency[part].value, `the way, ${part}, ${more} times in\n${text}`, SLACK_OF_WAY);
    }), { numRuns: 25 });
  });

  it('more replicas make nothing slower and nothing busier', () => {
    fc.assert(fc.property(easy(between(0.01, 0.95)), fc.nat(3), fc.integer({ min: 1, max: 20 }), (random, index, more) => {
      const { services } = random;
      const chosen = index % services.length;
      const grown = { ...random, services: services.map((one, at) => (at === chosen ? { ...one, replicas: one.replicas + more } : one)) };
      const [before, after] = [estimateOf(textOf(random)), estimateOf(textOf(grown))];
      const [few, many] = [before, after].map(({ stations }) => stations.find(({ component }) => component === `S${chosen}`)!.at[0]!);
      notAbove(many!.utilisation!.value, few!.utilisation!.value, 'busy');
      if (few!.latency) for (const part of PARTS) notAbove(many!.latency![part].value, few!.latency[part].value, `S${chosen} ${part}, ${more} more in\n${textOf(random)}`);
      // What calls nobody only answers sooner. One that calls others sends to them less evenly the more servers it has, and may make them slower.
      if (services.some(({ caller }, at) => at > 0 && caller % at === chosen)) return;
      const [slow, fast] = [before, after].map(({ paths }) => paths[0]!.at[0]!.latency);
      if (slow) for (const part of PARTS) notAbove(fast![part].value, slow[part].value, `the way, ${part}, ${more} more of S${chosen} in\n${textOf(random)}`, SLACK_OF_WAY);
    }), { numRuns: 25 });
  });

  it('the bill is the sum of its leaves, and of machines only where there are some', () => {
    fc.assert(fc.property(system({ caches: true }), (random) => {
      const { cost } = estimateOf(textOf(random));
      const leaves = leavesOf(cost.tree).reduce((sum, { leaf }) => sum + (leaf.kind === 'leaf' ? leaf.value : 0), 0);
      const machines = random.services.reduce((sum, { priced, replicas }) => sum + (priced ? replicas * 730.5 * 1.006 : 0), 0);
      expect(cost.total.value).toBeCloseTo(leaves, 6);
      expect(cost.total.value).toBeCloseTo(machines, 4);
    }), { numRuns: 20 });
  });

  it('time has no unit of its own: k times the traffic at k times the speed is the same, k times faster', () => {
    // Without caches: the time that an answer from one is taken to have does not scale.
    fc.assert(fc.property(system(), fc.constantFrom(0.125, 0.5, 4, 64, 1000), (random, k) => {
      const [slow, fast] = [estimateOf(textOf(random), [0.1, 1]), estimateOf(textOf(random, k), [0.1, 1])];
      const [before, after] = [latenciesOf(slow), latenciesOf(fast)];
      expect(after.map(({ where }) => where)).toEqual(before.map(({ where }) => where));
      for (const [index, { where, latency }] of before.entries()) {
        for (const part of PARTS) for (const end of ['value', 'low', 'high'] as const) {
          const [time, scaled] = [latency[part][end], after[index]!.latency[part][end] * k];
          expect(Math.abs(scaled - time), `${where} ${part} (${end}), k ${k}: ${time} and ${scaled} in\n${textOf(random)}`).toBeLessThanOrEqual(1e-5 * time);
        }
      }
      for (const [index, { breaksAt, at }] of slow.stations.entries()) {
        const other = fast.stations[index]!;
        expect(other.breaksAt!.value / breaksAt!.value).toBeCloseTo(1, 9);
        for (const [position, { utilisation }] of at.entries()) expect(other.at[position]!.utilisation!.value / utilisation!.value).toBeCloseTo(1, 9);
      }
      expect(fast.paths.map(({ at }) => at.map(({ verdict }) => verdict))).toEqual(slow.paths.map(({ at }) => at.map(({ verdict }) => verdict)));
    }), { numRuns: 20 });
  });
});

describe('at the ends of the scale', () => {
  const chain = (peak: string, replicas: number, time: string, more = ''): string =>
    `system T {\n  consumer Web { peak ${peak} slo p99 <= 250 ms growth 8 %/month }\n  model M\n  service S0 : realtime { serves M replicas ${replicas} concurrency 1 service_time ${time} runs_on aws.g5_xlarge ${more} }\n  service S1 : realtime { serves M replicas ${replicas} concurrency 1 service_time ${time} }\n  Web -> S0\n  S0 -> S1\n}\n`;

  it.each([
    ['a million replicas', '1000 req/s', 1_000_000, 'p50 20 ms p99 90 ms'],
    ['a million replicas, nearly full', '24999000 req/s', 1_000_000, 'p50 27.72588722 ms p99 184.2068074 ms'],
    ['next to no traffic', '1e-9 req/s', 2, 'p50 20 ms p99 90 ms'],
    ['next to no traffic on a million', '1e-9 req/s', 1_000_000, 'p50 20 ms p99 90 ms'],
    ['busy to a millionth', '24.999975 req/s', 1, 'p50 27.72588722 ms p99 184.2068074 ms'],
    ['busy to a millionth, constant times', '9.99999 req/s', 1, 'p50 100 ms p99 100 ms'],
    ['a million million requests', '1e12 req/s', 1, 'p50 20 ms p99 90 ms'],
    ['a million million requests on a million', '1e12 req/s', 1_000_000, 'p50 1e-9 s p99 2e-9 s'],
    ['no time at all', '100 req/s', 1, 'p50 0 ms p99 0 ms'],
    ['no median', '100 req/s', 1, 'p50 0 ms p99 10 ms'],
  ])('%s', (_, peak, replicas, time) => {
    for (const more of ['', 'cache hit_rate 100 %', 'batching dynamic max 32 wait 10 ms', 'autoscale on cpu at 65 %']) expectSound(chain(peak, replicas, time, more), [1e-6, 0.5, 1, 5, 1e6]);
  });
});
