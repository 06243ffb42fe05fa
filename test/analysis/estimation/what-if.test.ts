import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimate, type Estimation } from '../../../src/analysis/estimation/estimate.ts';
import { measureNext } from '../../../src/analysis/estimation/measure-next.ts';
import { whatIf, type WhatIf } from '../../../src/analysis/estimation/what-if.ts';
import type { Technique } from '../../../src/analysis/estimation/what-if-variant.ts';
import type { Context } from '../../../src/analysis/rule.ts';
import { DEFAULT_SETTINGS } from '../../../src/analysis/settings.ts';
import { estimateJson } from '../../../src/report/estimate-json.ts';
import { jsonSchemaOf } from '../../../src/report/schemas.ts';
import { measureNextJson, whatIfJson } from '../../../src/report/what-if-json.ts';
import { measureNextText, whatIfText } from '../../../src/report/what-if-text.ts';
import { loadExample, SYSTEMS } from '../../support/examples.ts';
import { loadText } from '../../support/load.ts';

const contextOf = (lines: readonly string[], catalogue = ''): Context => {
  const { architectures, problems } = loadText(`system S {\n${lines.map((line) => `  ${line}\n`).join('')}}\n${catalogue}`);
  expect(problems.map(({ message }) => message)).toEqual([]);
  return { architecture: architectures[0]!, settings: DEFAULT_SETTINGS, today: '2026-11-21' };
};

const offersOf = (lines: readonly string[]): WhatIf[] => whatIf(contextOf(lines));
const offerOf = (offers: readonly WhatIf[], ...techniques: readonly Technique[]): WhatIf | undefined => offers.find((offer) => offer.techniques.join() === techniques.join());
const gain = ({ capacity }: WhatIf): number => capacity.after!.value / capacity.before!.value;

const NET = 'model Net : trained { task binary_classification parameters 300M params }';
const WEB = 'consumer Web { peak 200 req/s average 80 req/s slo p99 <= 250 ms }';
const api = (more: string): string => `service Api : realtime { serves Net concurrency 1 service_time p50 20 ms p99 40 ms ${more} }`;
const ON_A10G = 'replicas 8 runs_on aws.g5_xlarge';

describe('quantization', () => {
  it('of single requests gains what was measured at single requests', () => {
    const offer = offerOf(offersOf([WEB, NET, api(`platform triton ${ON_A10G}`), 'Web -> Api']), 'quantization')!;
    expect(offer.edits).toEqual(['precision int8 of Net']);
    expect(gain(offer)).toBeCloseTo(1.44, 6);
    expect(offer.accuracy).toBe('less than a percent of accuracy');
    expect(offer.assumptions).toContain('weights in bf16 today');
  });

  it('of full batches gains what was measured at that size, and nothing of what a batch costs before it computes', () => {
    const lines = (more: string): string[] => [WEB, NET, `service Api : realtime { serves Net platform triton concurrency 1 service_time p50 20 ms p99 40 ms throughput 400 req/s batching dynamic max 20 ${ON_A10G}${more} }`, 'Web -> Api'];
    const offer = offerOf(offersOf(lines('')), 'quantization')!;
    expect(gain(offer)).toBeGreaterThan(1.44);
    expect(gain(offer)).toBeLessThan(2.09);
    const { replicas } = estimate(contextOf(lines('')), [1]).stations[0]!.at[0]!;
    expect(replicas).toBe(8);
  });

  it('is offered only in a format that the accelerator computes in, of networks, and where some accuracy may be lost', () => {
    const offered = (net: string, service: string, ...others: string[]): WhatIf | undefined => offerOf(offersOf([WEB, net, api(service), 'Web -> Api', ...others]), 'quantization');
    expect(offered('model Net : trained { precision int4 }', `platform triton ${ON_A10G}`)).toBeUndefined();
    expect(offered('model Net : trained { precision int8 }', 'platform triton replicas 8 runs_on aws.g6_xlarge')).toBeUndefined();
    expect(offered('model Net : trained { precision fp32 }', `platform triton ${ON_A10G}`)?.edits).toEqual(['precision fp16 of Net']);
    expect(offered('model Net : trained { accuracy_slack no }', `platform triton ${ON_A10G}`)).toBeUndefined();
    expect(offered(NET, 'platform triton replicas 8 runs_on aws.m7i_xlarge')).toBeUndefined();
    expect(offered(NET, `platform triton ${ON_A10G}`, 'training Fit : scheduled { technology xgboost produces Net }')).toBeUndefined();
  });
});

describe('batching', () => {
  it('is offered where requests are worked on one by one', () => {
    const offer = offerOf(offersOf([WEB, NET, api(`platform triton ${ON_A10G}`), 'Web -> Api']), 'batching')!;
    expect(offer.edits[0]).toMatch(/^batching dynamic max (16|32)/);
    expect(offer.provenance).toBe('assumed');
    // Where all of the time were for each request there were nothing to gain, where none were sixteen times.
    expect(gain(offer)).toBeGreaterThan(2);
    expect(gain(offer)).toBeLessThan(16);
    expect(offerOf(offersOf([WEB, NET, api(`platform triton batching dynamic max 8 ${ON_A10G}`), 'Web -> Api']), 'batching')).toBeUndefined();
  });

  it('says what the estimate says where it is declared', () => {
    const offer = offerOf(offersOf([WEB, NET, api(`platform triton ${ON_A10G}`), 'Web -> Api']), 'batching')!;
    const declared = estimate(contextOf([WEB, NET, api(`platform triton ${offer.edits[0]!} ${ON_A10G}`), 'Web -> Api']), [1]);
    expect(offer.capacity.after?.value).toBeCloseTo(declared.stations[0]!.capacity!.value, 6);
    expect(offer.ways[0]!.after.p99?.value).toBeCloseTo(declared.paths[0]!.at[0]!.latency!.p99.value, 9);
  });
});

describe('caching', () => {
  const repeating = (share: string): string => `consumer Web { peak 200 req/s average 80 req/s ${share} slo p99 <= 250 ms }`;

  it('says what the estimate says where it is declared', () => {
    const offer = offerOf(offersOf([repeating('repeats 40 %'), NET, api(`platform triton ${ON_A10G}`), 'Web -> Api']), 'caching')!;
    const declared = estimate(contextOf([repeating('repeats 40 %'), NET, api(`platform triton ${ON_A10G} cache hit_rate 40 %`), 'Web -> Api']), [1]);
    expect(offer.edits).toEqual(['cache hit_rate 40 %']);
    expect(gain(offer)).toBeCloseTo(1 / 0.6, 9);
    expect(offer.ways[0]!.after.p99?.value).toBeCloseTo(declared.paths[0]!.at[0]!.latency!.p99.value, 9);
  });

  it('takes the share that repeats over all who ask', () => {
    const more = 'consumer Jobs { peak 40 req/s average 40 req/s }';
    expect(offerOf(offersOf([repeating('repeats 60 %'), more, NET, api(`platform triton ${ON_A10G}`), 'Web -> Api', 'Jobs -> Api']), 'caching')?.edits).toEqual(['cache hit_rate 40 %']);
  });

  it('lets less through to what is asked behind it', () => {
    const offer = offerOf(offersOf(['consumer Web { peak 90 req/s repeats 50 % slo p99 <= 250 ms }', NET, api(`platform triton ${ON_A10G}`), 'service Rank : realtime { replicas 4 concurrency 1 service_time p50 40 ms p99 50 ms }', 'Web -> Api -> Rank']), 'caching')!;
    const { before, after } = offer.ways.find(({ from, to }) => from === 'Web' && to === 'Api')!;
    expect(before.p99!.value).toBeGreaterThan(after.p99!.value * 1.05);
  });

  it('counts for throughputs that were declared without it', () => {
    const offer = offerOf(offersOf([repeating('repeats 50 %'), NET, 'service Api : realtime { serves Net replicas 8 throughput 50 req/s runs_on aws.g5_xlarge }', 'Web -> Api']), 'caching')!;
    expect(gain(offer)).toBeCloseTo(2, 9);
    expect(offer.ways[0]!.after.p99).toBeUndefined();
  });

  it('is not offered where nobody says that requests repeat, nor where each one counts', () => {
    expect(offerOf(offersOf([WEB, NET, api(`platform triton ${ON_A10G}`), 'Web -> Api']), 'caching')).toBeUndefined();
    expect(offerOf(offersOf([repeating('repeats 40 %'), 'model Net : trained { use_case fraud_detection }', api(`platform triton ${ON_A10G}`), 'Web -> Api']), 'caching')).toBeUndefined();
    expect(offerOf(offersOf([repeating('repeats 40 % tolerates 100 ms'), NET, api(`platform triton ${ON_A10G}`), 'Web -> Api']), 'caching')).toBeUndefined();
    expect(offerOf(offersOf([repeating('repeats 40 %'), NET, api(`platform triton ${ON_A10G}`), 'cache Front { hit_rate 30 % }', 'Web -> Front -> Api']), 'caching')).toBeUndefined();
  });
});

describe('compilation', () => {
  it('is offered where operations are started from Python', () => {
    const offer = offerOf(offersOf([WEB, NET, api(`platform fastapi ${ON_A10G}`), 'Web -> Api']), 'compilation')!;
    // TensorRT against PyTorch at single requests: 1.36 to 3.24.
    expect(gain(offer)).toBeGreaterThan(1.36);
    expect(gain(offer)).toBeLessThan(3.24);
    expect(offerOf(offersOf([WEB, NET, api(`platform triton ${ON_A10G}`), 'Web -> Api']), 'compilation')).toBeUndefined();
  });
});

describe('distillation', () => {
  it('halves the work and says what it costs in accuracy', () => {
    const offer = offerOf(offersOf([WEB, NET, api(`platform triton ${ON_A10G}`), 'Web -> Api']), 'distillation')!;
    expect(gain(offer)).toBeCloseTo(2, 9);
    expect(offer.accuracy).toBe('5 to 10 % of accuracy is usual');
  });
});

describe('another accelerator', () => {
  it('is the cheapest that keeps the objective, of the same provider and vendor', () => {
    const { architecture, ...context } = contextOf(['consumer Web { peak 4 req/s average 2 req/s slo p99 <= 400 ms }', NET, api('platform triton replicas 2 runs_on aws.p5_4xlarge'), 'Web -> Api']);
    const offer = offerOf(whatIf({ architecture, ...context }), 'accelerator')!;
    const [, name] = /^runs_on (.*)$/.exec(offer.edits[0]!)!;
    const { provider, accelerator } = architecture.catalogue.instance.get(name!)!.properties;
    expect(provider).toBe('aws');
    expect(architecture.catalogue.accelerator.get(accelerator!)?.properties.vendor).toBe('NVIDIA');
    expect(offer.ways[0]!.after.verdict).toBe('met');
    expect(offer.saving).toBeGreaterThan(0);
    expect(offer.cost.after!.value).toBeLessThan(offer.cost.before!.value);
    expect(offer.provenance).toBe('transferred');
  });

  it('has room for the weights', () => {
    const memoryOf = (parameters: string): number => {
      const { architecture, ...context } = contextOf(['consumer Web { peak 4 req/s average 2 req/s slo p99 <= 400 ms }', `model Net : trained { parameters ${parameters} precision fp16 }`, api('platform triton replicas 2 runs_on aws.p5_4xlarge'), 'Web -> Api']);
      const name = offerOf(whatIf({ architecture, ...context }), 'accelerator')!.edits[0]!.replace('runs_on ', '');
      return architecture.catalogue.accelerator.get(architecture.catalogue.instance.get(name)!.properties.accelerator!)!.properties.memory!.low;
    };
    expect(memoryOf('300M params')).toBeLessThan(28e9);
    expect(memoryOf('14B params')).toBeGreaterThan(28e9);
  });

  it('is none where every cheaper one would break the objective, or comes from another vendor', () => {
    expect(offerOf(offersOf(['consumer Web { peak 4 req/s average 2 req/s slo p99 <= 49 ms }', NET, api('platform triton replicas 2 runs_on aws.p5_4xlarge'), 'Web -> Api']), 'accelerator')).toBeUndefined();
    expect(offerOf(offersOf([WEB, NET, api(`platform fastapi ${ON_A10G}`), 'Web -> Api']), 'accelerator')).toBeUndefined();
  });
});

describe('a language model of one’s own', () => {
  const lines = ['consumer Web { peak 8 req/s average 3 req/s tokens input 1_000 tokens output 250 tokens slo p99 <= 20 s }', 'model Llm : trained { task generation parameters 8B params precision bf16 }', 'service Api : realtime { platform vllm serves Llm replicas 4 runs_on aws.g6e_xlarge }', 'Web -> Api'];

  it('in eight bits takes what the estimate says of it in eight bits', () => {
    const offer = offerOf(offersOf(lines), 'quantization')!;
    const declared = estimate(contextOf(lines.map((line) => line.replace('bf16', 'fp8'))), [1]);
    expect(offer.edits).toEqual(['precision fp8 of Llm']);
    expect(offer.capacity.after?.value).toBeCloseTo(declared.stations[0]!.capacity!.value, 6);
    expect(offer.ways[0]!.after.p99?.value).toBeCloseTo(declared.paths[0]!.at[0]!.latency!.p99.value, 9);
    expect(offer.ways[0]).toMatchObject({ before: { verdict: 'missed' }, after: { verdict: 'met' } });
  });

  it('is neither compiled nor batched: its server does both', () => {
    const techniques = offersOf(lines).flatMap((offer) => offer.techniques);
    expect(techniques).not.toContain('batching');
    expect(techniques).not.toContain('compilation');
  });
});

describe('two techniques', () => {
  it('are solved together, and no product of what each gains', () => {
    const offers = offersOf([WEB, NET, api(`platform triton ${ON_A10G}`), 'Web -> Api']);
    const pair = offerOf(offers, 'batching', 'quantization')!;
    const [batching, quantization] = [offerOf(offers, 'batching')!, offerOf(offers, 'quantization')!];
    expect(gain(pair)).toBeGreaterThan(gain(batching));
    expect(Math.abs(gain(pair) / (gain(batching) * gain(quantization)) - 1)).toBeGreaterThan(0.02);
    expect(pair.edits).toEqual([...batching.edits, ...quantization.edits]);
  });

  it('never hold another model, of another accuracy', () => {
    expect(offersOf([WEB, NET, api(`platform fastapi ${ON_A10G}`), 'Web -> Api']).filter(({ techniques }) => techniques.length > 1 && techniques.includes('distillation'))).toEqual([]);
  });
});

describe('what is saved', () => {
  it('is what fewer replicas cost less that take what all of them take today', () => {
    const { fewer, saving, cost, capacity } = offerOf(offersOf([WEB, NET, api(`platform triton ${ON_A10G}`), 'Web -> Api']), 'distillation')!;
    expect(fewer).toMatchObject({ replicas: 4, before: 8 });
    expect(cost.after!.value).toBeCloseTo(cost.before!.value, 9);
    expect(saving).toBeCloseTo(4 * 730.5 * 1.006, 0);
    expect((capacity.after!.value * fewer!.replicas) / 8).toBeGreaterThanOrEqual(capacity.before!.value * (1 - 1e-9));
  });

  it('is what scaling starts less, where replicas follow the traffic', () => {
    const { fewer, saving, cost } = offerOf(offersOf([WEB, NET, api('platform triton replicas 2..20 autoscale on utilisation at 50 % runs_on aws.g5_xlarge'), 'Web -> Api']), 'distillation')!;
    expect(fewer).toBeUndefined();
    expect(saving).toBeCloseTo(cost.before!.value - cost.after!.value, 9);
    expect(saving).toBeGreaterThan(0);
  });

  it('is not known where no machine has a price or the service states its cost as a whole', () => {
    for (const more of ['replicas 8 accelerator a10g', `${ON_A10G} cost 5_000 USD/month`]) expect(offerOf(offersOf([WEB, NET, api(`platform triton ${more}`), 'Web -> Api']), 'distillation')).not.toHaveProperty('saving');
  });

  it('decides the order, and what nobody can price comes last', () => {
    const offers = offersOf([WEB, NET, api(`platform triton ${ON_A10G}`), 'model Other : trained { task regression }', 'service Next : realtime { serves Other platform triton replicas 4 accelerator a10g concurrency 1 service_time p50 9 ms p99 20 ms }', 'Web -> Api -> Next']);
    const savings = offers.map(({ saving }) => saving ?? Number.NEGATIVE_INFINITY);
    expect(savings).toEqual([...savings].sort((a, b) => b - a));
    expect(offers.at(-1)).not.toHaveProperty('saving');
    expect(new Set(offers.map(({ component }) => component))).toEqual(new Set(['Api', 'Next']));
  });
});

describe('a load test', () => {
  it('is taken to show as much more as the replicas then take, in times as much shorter', () => {
    const { capacity, ways } = offerOf(offersOf([WEB, NET, api(`platform triton ${ON_A10G} load_test at 100 req/s p50 30 ms p95 50 ms p99 60 ms`), 'Web -> Api']), 'distillation')!;
    expect(capacity.after!.value / capacity.before!.value).toBeCloseTo(2, 9);
    const [before, after] = [ways[0]!.before.p99!.value, ways[0]!.after.p99!.value];
    expect(before).toBeGreaterThan(0.055);
    // Half the service time, and less than half the waiting.
    expect(after / before).toBeLessThan(0.52);
    expect(after / before).toBeGreaterThan(0.4);
  });

  it('of more than is reckoned moves with what is reckoned', () => {
    const { capacity } = offerOf(offersOf([WEB, NET, api(`platform triton ${ON_A10G} load_test at 600 req/s p50 30 ms p95 50 ms p99 60 ms`), 'Web -> Api']), 'distillation')!;
    expect(capacity).toMatchObject({ before: { value: 600, bound: 'at least' }, after: { value: 1200, bound: 'at least' } });
  });
});

const PLAIN = { bold: String, dim: String, red: String, yellow: String, green: String };
const validate = addFormats.default(new Ajv.default({ allErrors: true, strict: false })).compile(jsonSchemaOf('estimate'));

function check(context: Context): void {
  const [estimation, offers, next]: [Estimation, WhatIf[], ReturnType<typeof measureNext>] = [estimate(context), whatIf(context), measureNext(context)];
  validate(JSON.parse(JSON.stringify(estimateJson([estimation], [{ measureNext: measureNextJson(next), whatIf: whatIfJson(offers) }]))));
  expect(validate.errors ?? []).toEqual([]);
  expect(`${whatIfText(offers, PLAIN)}\n${measureNextText(next, PLAIN)}`).not.toMatch(/NaN|Infinity|undefined/);
  for (const { capacity, saving, ways } of offers) {
    for (const figure of [capacity.before, capacity.after, ...ways.map(({ after }) => after.p99)]) if (figure) expect(figure.low <= figure.value && figure.value <= figure.high && Number.isFinite(figure.high)).toBe(true);
    if (saving !== undefined) expect(Number.isFinite(saving)).toBe(true);
  }
}

describe('what if, of any system,', () => {
  it.each(SYSTEMS)('%s, is valid JSON and readable text', (file) => {
    for (const architecture of loadExample(file).architectures) check({ architecture, settings: DEFAULT_SETTINGS, today: '2026-11-21' });
  });

  it('never breaks a promise that is kept, and never changes the estimate of today', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 300 }), fc.constantFrom('triton', 'fastapi'), fc.integer({ min: 0, max: 90 }), fc.constantFrom(50, 60, 90, 150), (replicas, peak, platform, repeats, limit) => {
      const context = contextOf([`consumer Web { peak ${peak} req/s average ${peak / 2} req/s repeats ${repeats} % slo p99 <= ${limit} ms }`, NET, api(`platform ${platform} replicas ${replicas} runs_on aws.g5_xlarge`), 'Web -> Api']);
      const before = JSON.stringify(estimateJson([estimate(context, [1])]));
      check(context);
      expect(JSON.stringify(estimateJson([estimate(context, [1])]))).toBe(before);
      for (const { ways } of whatIf(context)) for (const way of ways) if (way.before.verdict === 'met') expect(way.after.verdict).toBe('met');
    }), { numRuns: 15 });
  }, 60_000);

  it('changes what is saved in proportion to the price alone', () => {
    const savingAt = (price: number): number => offerOf(whatIf(contextOf([WEB, NET, api('platform triton replicas 8 runs_on mine'), 'Web -> Api'], `instance mine { provider own accelerator a10g accelerators 1 price ${price} USD/h }\n`)), 'distillation')!.saving!;
    expect(savingAt(6) / savingAt(2)).toBeCloseTo(3, 9);
  });
});
