import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { besideBill } from '../../src/analysis/estimation/beside-bill.ts';
import { estimate } from '../../src/analysis/estimation/estimate.ts';
import type { Context } from '../../src/analysis/rule.ts';
import { DEFAULT_SETTINGS } from '../../src/analysis/settings.ts';
import { besideBillJson } from '../../src/report/beside-bill-json.ts';
import { besideBillText } from '../../src/report/beside-bill-text.ts';
import { estimateJson } from '../../src/report/estimate-json.ts';
import { jsonSchemaOf } from '../../src/report/schemas.ts';
import { contextOf } from '../support/estimated.ts';
import { loadExample, SYSTEMS } from '../support/examples.ts';

const same = (text: string): string => text;
const PLAIN = { bold: same, dim: same, red: same, yellow: same, green: same };

const valid = addFormats.default(new Ajv.default({ strict: false })).compile(jsonSchemaOf('estimate'));

/** Everything at once: a budget that is spent, an objective that is missed, a way that is cheaper, a training by hand. */
const FULL = [
  'budget 90_000 USD/month',
  'consumer Web { peak 500 req/s average 100 req/s slo p99 <= 500 ms keys 2M keys tolerates 48 h growth 10 %/month }',
  'consumer Chat { peak 20 req/s average 5 req/s tokens input 1_000 tokens output 300 tokens }',
  'service Api : realtime { runs_on own.box replicas 51 concurrency 1 service_time p50 69.31471806 ms p99 460.5170186 ms }',
  'service Writer : llm_api { serves Gpt }',
  'model Gpt : vendor { llm gpt-4o task generation }',
  'model Llama : open { task generation parameters 8.03B params precision fp8 }',
  'training Tune : manual { every 30 days produces Llama }',
  'Web -> Api',
  'Chat -> Writer',
];

const contexts = SYSTEMS.flatMap((file) => loadExample(file).architectures.map((architecture): [string, Context] => [file, { architecture, settings: DEFAULT_SETTINGS, today: '2026-11-21' }]));

describe('what stands beside the bill', () => {
  it.each(contexts)('of %s is at most eight lines, and has no number for what is not known', (_, context) => {
    const beside = besideBill(context);
    const short = besideBillText(beside, PLAIN);
    expect(short.split('\n').length).toBeLessThanOrEqual(8);
    expect(`${short}${besideBillText(beside, PLAIN, true)}`).not.toMatch(/NaN|Infinity|undefined|\b0 [A-Z]{3} a month|`/);
    const json = JSON.parse(JSON.stringify(estimateJson([estimate(context, [1])], [{ besideBill: besideBillJson(beside) }]))) as unknown;
    expect(valid(json), JSON.stringify(valid.errors)).toBe(true);
  });

  it('is told in words and in JSON of one scheme', () => {
    const context = contextOf(FULL);
    const beside = besideBill(context);
    const short = besideBillText(beside, PLAIN);
    expect(short).toContain('(no part of it; published figures are claims of a guide, to compare with)');
    expect(short).toContain('Objective       p99 ≤ 500 ms from Web to Api may be missed: keeping it costs 8,770 USD a month more (Api ×63 in place of ×51)');
    // 51 × 730.5 for the machines and 13,149,000 calls of 0.0055 USD.
    expect(short).toContain('Budget          S 110,000 of 90,000 USD a month, 19,600 too much');
    expect(short).toContain('Api on request costs 37,300 USD a month');
    expect(short).toMatch(/Writer self-hosted \(Llama on \S+\) is cheaper from/);
    expect(short).toContain('automating it (50,000 to 150,000 USD) pays after 12 runs');
    const json = JSON.parse(JSON.stringify(estimateJson([estimate(context, [1])], [{ besideBill: besideBillJson(beside) }]))) as unknown;
    expect(valid(json), JSON.stringify(valid.errors)).toBe(true);
  });

  it('names both sides where facts point in both directions', () => {
    const context = contextOf(['consumer Web { average 400 req/s }', 'service Api : realtime { serves Net }', 'model Net : trained { task regression }', 'Web -> Api']);
    expect(besideBillText(besideBill(context), PLAIN)).toContain('grey zone, facts point in both directions: 1,050 million predictions a month for building; 1 model for a managed platform');
  });

  it('is empty where nothing is declared', () => {
    expect(besideBillText(besideBill(contextOf(['consumer Web { users 10 users }'])), PLAIN)).toBe('');
  });
});
