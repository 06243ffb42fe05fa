import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { estimate, type Estimation } from '../../../src/analysis/estimation/estimate.ts';
import type { Surge, SurgeFigures } from '../../../src/analysis/estimation/surges.ts';
import { DEFAULT_SETTINGS } from '../../../src/analysis/settings.ts';
import { estimateJson } from '../../../src/report/estimate-json.ts';
import { estimateText } from '../../../src/report/estimate-text.ts';
import { jsonSchemaOf } from '../../../src/report/schemas.ts';
import { loadText } from '../../support/load.ts';

const PLAIN = { bold: String, dim: String, red: String, yellow: String, green: String };

function estimateOf(lines: readonly string[], multiples: readonly number[] = [1]): Estimation {
  const { architectures, problems } = loadText(`system S {\n${lines.map((line) => `  ${line}\n`).join('')}}\n`);
  expect(problems.map(({ message }) => message)).toEqual([]);
  return estimate({ architecture: architectures[0]!, settings: DEFAULT_SETTINGS, today: '2026-11-21' }, multiples);
}

const surgeOf = (lines: readonly string[], name = 'Api'): Surge => estimateOf(lines).surges.find(({ component }) => component === name)!;
const figuresOf = (lines: readonly string[], name?: string): SurgeFigures => surgeOf(lines, name).figures!;

/** Ten replicas of 25/s before a rise from 125/s to 400/s, 32 after it. */
const api = (rest: string, scaling = 'autoscale on utilisation at 50 % within 50 s'): string => `service Api : realtime { replicas 2..40 throughput 25 req/s ${scaling} ${rest} }`;
const web = (rest: string): string => `consumer Web { peak 400 req/s ${rest} }`;

describe('a rise of the traffic', () => {
  it('that is declared at once is that of the fluid, replicas answering after decision and loading', () => {
    // 400/s on ten replicas of 25/s for 50 s + 70 s: 150/s too much; 32 replicas take 800/s.
    const surge = figuresOf([web('ramp 3.2 within 0 s'), api('loads_in 70 s'), 'Web -> Api']);
    expect(surge).toMatchObject({ before: 10, after: 32, within: 0, declared: true, drains: true });
    expect(surge.factor).toBeCloseTo(3.2, 9);
    expect(surge.reaction).toMatchObject({ value: 120, unit: 's', provenance: 'measured', assumptions: [] });
    expect(surge.backlog.value).toBeCloseTo(18_000, 6);
    expect(surge.longestWait?.value).toBeCloseTo(45, 6);
    expect(surge.drainTime?.value).toBeCloseTo(45, 6);
    expect(surge.backlog).toMatchObject({ unit: 'req', provenance: 'measured' });
    expect(surge.backlog.low).toBeLessThan(18_000);
    expect(surge.backlog.high).toBeGreaterThan(18_000);
  });

  it('leaves out what the first replicas take while it lasts', () => {
    expect(figuresOf([web('ramp 3.2 within 110 s'), api('loads_in 70 s'), 'Web -> Api']).backlog.value).toBeCloseTo(8250, 6);
    expect(figuresOf([web('ramp 3.2 within 275 s'), api('loads_in 70 s'), 'Web -> Api']).backlog.value).toBe(0);
  });

  it('is taken from the mean to the peak where nobody declares it, and says so', () => {
    const { backlog, factor, declared, from } = figuresOf([web('average 125 req/s'), api('loads_in 70 s'), 'Web -> Api']);
    expect([backlog.value, factor, declared, from.value]).toEqual([expect.closeTo(18_000, 6), expect.closeTo(3.2, 9), false, 125]);
    expect(backlog.provenance).toBe('assumed');
    expect(backlog.assumptions).toContain('traffic rises from its mean to its peak at once');
  });

  it('takes a peak of five times the mean where only one of them is declared', () => {
    const { factor, backlog, from } = figuresOf([web(''), api('loads_in 70 s'), 'Web -> Api']);
    expect(factor).toBeCloseTo(5, 9);
    expect(backlog.assumptions).toContain('peak factor 5');
    expect(from).toMatchObject({ value: 80, provenance: 'assumed' });
    expect(from.low).toBeLessThan(80);
  });

  it('of one of two consumers leaves the other at its peak', () => {
    // 300/s of 400/s can rise by three: from 100/s + 100/s.
    const { from, backlog } = figuresOf(['consumer Web { peak 300 req/s ramp 3 }', 'consumer Jobs { peak 100 req/s }', api('loads_in 70 s'), 'Web -> Api', 'Jobs -> Api']);
    expect(from.value).toBeCloseTo(200, 6);
    expect(backlog.assumptions).toEqual(expect.arrayContaining(['Jobs stay at their peaks', 'the traffic of Web rises at once']));
  });

  it('counts only requests that the cache does not answer', () => {
    const service = `service Api : realtime { replicas 2..40 concurrency 1 service_time p50 27.72588722 ms p99 184.2068074 ms autoscale on utilisation at 50 % within 50 s loads_in 70 s cache hit_rate 50 % }`;
    const { from, to, backlog } = figuresOf([web('ramp 3.2').replace('400', '800'), service, 'Web -> Api']);
    expect([from.value, to.value]).toEqual([250, 800]);
    expect(backlog.value).toBeCloseTo(18_000, 2);
  });

  it('that all replicas together do not take never drains', () => {
    const surge = figuresOf([web('ramp 3.2'), api('loads_in 70 s').replace('2..40', '2..12'), 'Web -> Api']);
    expect(surge.drains).toBe(false);
    expect(surge.longestWait).toBeUndefined();
    expect(surge.drainTime).toBeUndefined();
    expect(surge.headroom).toMatchObject({ most: 12 });
  });

  it('leaves nobody waiting where the least replicas take the peak', () => {
    const { backlog, before } = figuresOf([web('ramp 3.2'), api('loads_in 70 s').replace('2..40', '20..40'), 'Web -> Api']);
    expect([backlog.value, backlog.high, before]).toEqual([0, 0, 20]);
  });
});

describe('the time until a new replica answers', () => {
  it('takes the delay of Kubernetes where none is declared', () => {
    const { reaction } = figuresOf([web('ramp 3.2'), api('loads_in 70 s', 'autoscale on utilisation at 50 %'), 'Web -> Api']);
    expect(reaction).toMatchObject({ value: 100, provenance: 'assumed' });
    expect(reaction.assumptions.join()).toContain('a metric window of 15 s and a sync period of 15 s');
  });

  it('loads the weights where their size is declared', () => {
    // 140 GB at 1 GB/s.
    const { reaction, backlog } = figuresOf([web('ramp 3.2'), 'model Large { size 140 GB }', api('serves Large'), 'Web -> Api']);
    expect(reaction.value).toBeCloseTo(190, 9);
    expect(reaction.provenance).toBe('assumed');
    expect(backlog.value).toBeCloseTo(190 * 150, 4);
    // 70 billion parameters of two bytes.
    expect(figuresOf([web('ramp 3.2'), 'model Large { parameters 70B params precision fp16 }', api('serves Large'), 'Web -> Api']).reaction.value).toBeCloseTo(190, 9);
  });

  it('is what the slowest model declares', () => {
    expect(figuresOf([web('ramp 3.2'), 'model Small { loads_in 5 s }', 'model Large { loads_in 40 s size 140 GB }', api('serves [Small, Large]'), 'Web -> Api']).reaction.value).toBeCloseTo(90, 9);
  });

  it('is asked for where nothing says so', () => {
    const estimation = estimateOf([web('ramp 3.2'), api(''), 'Web -> Api']);
    expect(estimation.surges).toEqual([{ component: 'Api', missing: [{ component: 'Api', property: 'loads_in' }] }]);
    expect(estimation.missing).toContainEqual({ component: 'Api', property: 'loads_in', needed: 'what waits at Api when traffic rises' });
    expect(estimateText(estimation, PLAIN)).toContain('not known: loads_in of Api not declared');
  });
});

/** M/M/c replicas of 25/s. */
const TIMED = 'service Api : realtime { replicas 2..40 concurrency 1 service_time p50 27.72588722 ms p99 184.2068074 ms autoscale on utilisation at 50 % within 50 s loads_in 70 s }';

describe('headroom', () => {
  it('is what M/M/c needs for its objective at the end of the rise', () => {
    // At 400/s the p99 of M/M/18 is 201.2 ms, that of M/M/17 253.6 ms.
    const { headroom } = figuresOf([web('ramp 3.2 slo p99 <= 250 ms'), TIMED, 'Web -> Api']);
    expect(headroom?.replicas.value).toBe(18);
    expect(headroom?.target.value).toBeCloseTo(125 / (18 * 25), 6);
    expect(headroom?.objective).toMatchObject({ percentile: 'p99', holder: 'Web' });
    expect(headroom?.replicas.low).toBeLessThanOrEqual(18);
    expect(headroom?.replicas.high).toBeGreaterThan(18);
  });

  it('leaves the fluid its part of an objective of minutes', () => {
    // 13 replicas take 325/s: of 400/s for 120 s the longest waits 120 s · 75 / 400 = 22.5 s, and by chance 2.58 · √(2 · 400 · 120) / 325
    // = 2.5 s more; 12 replicas make 30 s of the first alone.
    const { headroom } = figuresOf([web('ramp 3.2 slo p99 <= 30 s'), TIMED, 'Web -> Api']);
    expect(headroom?.replicas.value).toBe(13);
  });

  it('is the knee where nothing is promised or no time is known', () => {
    // 400/s at 80 % of 25/s.
    expect(figuresOf([web('ramp 3.2'), TIMED, 'Web -> Api']).headroom).toMatchObject({ replicas: { value: 20 } });
    expect(figuresOf([web('ramp 3.2 slo p99 <= 250 ms'), api('loads_in 70 s'), 'Web -> Api']).headroom).toMatchObject({ replicas: { value: 20 } });
  });

  it('does not help where the times alone are beyond the objective', () => {
    const { headroom, obstacle } = figuresOf([web('ramp 3.2 slo p99 <= 50 ms'), TIMED, 'Web -> Api']);
    expect(headroom).toBeUndefined();
    expect(obstacle).toBe('the times of the steps without any waiting are beyond the objective');
  });
});

describe('what is known from one side only', () => {
  it('is told as a bound', () => {
    const least = figuresOf([web('ramp 3.2'), TIMED.replace('concurrency 1', ''), 'Web -> Api']);
    expect(least.backlog.bound).toBe('at most');
    expect(least.headroom).toBeUndefined();
    const unknown = figuresOf([web('ramp 3.2'), 'consumer Jobs { }', api('loads_in 70 s'), 'Web -> Api', 'Jobs -> Api']);
    expect(unknown.backlog.bound).toBe('at least');
    expect(surgeOf([web('ramp 3.2'), 'consumer Jobs { }', TIMED.replace('concurrency 1', ''), 'Web -> Api', 'Jobs -> Api']).refused).toBeDefined();
  });

  it('is refused where replicas follow the clock, and left out where none are added', () => {
    expect(surgeOf([web('ramp 3.2'), api('loads_in 70 s', 'autoscale on schedule'), 'Web -> Api']).refused).toContain('by the clock');
    expect(estimateOf([web('ramp 3.2'), api('', ''), 'Web -> Api']).surges).toEqual([]);
  });
});

describe('the documents', () => {
  it('say in a line what waits, how long, and what would help', () => {
    const text = estimateText(estimateOf([web('ramp 3.2 within 110 s slo p99 <= 250 ms'), TIMED, 'Web -> Api']), PLAIN);
    expect(text).toMatch(/^ {2}Api {7}3\.2× within 1\.83 min, new replicas answer after 120 s: 8,200 requests wait, the longest .* s, gone .* s later; 18 \(\d+ to \d+\) replicas before the rise \(a target of 28 %\) would hold p99 ≤ 250 ms {2}\(.* waiting, measured\)$/m);
    expect(estimateText(estimateOf([web('ramp 3.2'), api('').replace('2..40', '2..4'), 'Web -> Api']), PLAIN)).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('follow their schema', () => {
    const validate = addFormats.default(new Ajv.default({ allErrors: true, strict: false })).compile(jsonSchemaOf('estimate'));
    for (const lines of [[web('ramp 3.2 slo p99 <= 250 ms'), TIMED, 'Web -> Api'], [web('ramp 3.2'), api('').replace('2..40', '2..4'), 'Web -> Api'], [web('ramp 3.2'), api('', 'autoscale on schedule'), 'Web -> Api']]) {
      validate(JSON.parse(JSON.stringify(estimateJson([estimateOf(lines)]))));
      expect(validate.errors).toBeNull();
    }
  });
});
