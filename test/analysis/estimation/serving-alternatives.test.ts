import { describe, expect, it } from 'vitest';
import { estimate } from '../../../src/analysis/estimation/estimate.ts';
import { servingAlternatives, type ServingAlternatives } from '../../../src/analysis/estimation/serving-alternatives.ts';
import { middle } from '../../../src/model/quantity.ts';
import type { Context } from '../../../src/analysis/rule.ts';
import { contextOf } from '../../support/estimated.ts';

function alternatives(context: Context): ServingAlternatives[] {
  return servingAlternatives(context, estimate(context, [1]));
}

const one = (lines: readonly string[]): ServingAlternatives => alternatives(contextOf(lines))[0]!;

/** 40 ms in the mean, so that 2 million things take 80,000 s of one machine. */
const SERVICE = ['service Api : realtime { runs_on own.box replicas 16 concurrency 1 service_time p50 27.72588722 ms p99 184.2068074 ms }', 'Web -> Api'];

describe('a service on machines', () => {
  it('could be a nightly job of three machines where answers may be two days old', () => {
    const { comparison, missing, today } = one(['consumer Web { peak 200 req/s average 100 req/s keys 2M keys tolerates 48 h }', ...SERVICE]);
    expect(today).toBe('on request');
    expect(missing).toEqual([]);
    expect(comparison?.cheapest).toBe('nightly job');
    expect(comparison?.options.map(({ name, feasible }) => [name, feasible])).toEqual([['nightly job', 'yes'], ['on request', 'yes']]);
    expect(comparison?.options[0]?.total.value).toBeCloseTo((80_000 / 3600) * 30.4375, 6);
    expect(comparison?.options[1]?.total.value).toBeCloseTo(16 * 730.5, 6);
  });

  it('runs the job as often as answers must be young', () => {
    const { comparison } = one(['consumer Web { peak 200 req/s average 100 req/s keys 2M keys tolerates 12 h }', ...SERVICE]);
    const job = comparison?.options.find(({ name }) => name === 'job every 6 h');
    // Four machines need 5.6 h; with the next run after six hours answers are at most 11.6 h old.
    expect(job).toMatchObject({ feasible: 'yes' });
    expect(job?.total.value).toBeCloseTo((80_000 / 3600) * 30.4375 * 4, 6);
  });

  it('says what a job would need to know', () => {
    const { comparison, missing } = one(['consumer Web { peak 200 req/s average 100 req/s }', ...SERVICE]);
    expect(comparison?.options.map(({ name }) => name)).toEqual(['on request']);
    expect(missing).toEqual([{ name: 'nightly job', needs: ['`keys` of Web: how many different things are asked, where they can be listed', '`tolerates` of Web: how old an answer may be'] }]);
  });

  it('whose traffic nobody declares is not compared', () => {
    const { comparison, unknown } = one(['consumer Web { users 100 users }', ...SERVICE]);
    expect(comparison).toBeUndefined();
    expect(unknown).toBe('the mean and the peak of those who ask Api are not declared');
  });
});

const PAID = ['service Api : llm_api { serves Gpt }', 'model Gpt : vendor { llm gpt-4o task generation }', 'Web -> Api'];
const web = (more = ''): string => `consumer Web { peak 20 req/s average 5 req/s tokens input 1_000 tokens output 300 tokens ${more} }`;
const OPEN = 'model Llama : open { task generation parameters 8.03B params precision fp8 layers 32 kv_heads 8 head_size 128 }';

describe('a service that is paid by use', () => {
  it('makes up no model to run in its place', () => {
    const { missing, breakEven, comparison } = one([web(), ...PAID]);
    expect(missing.find(({ name }) => name === 'self-hosted')?.needs).toEqual(['which model you would run: an open one is not declared (`model … : open` with `parameters`)']);
    expect(breakEven).toBeUndefined();
    expect(comparison?.options.map(({ name }) => name)).toEqual(['paid by use']);
    // 13,149,000 calls × (1,000 × 2.5 + 300 × 10) / 10⁶ USD.
    expect(comparison?.options[0]?.total.value).toBeCloseTo(13_149_000 * 0.0055, 4);
  });

  it('breaks even with two replicas of a declared open model, on an accelerator that was calibrated', () => {
    const context = contextOf([web(), ...PAID, OPEN]);
    const [found] = alternatives(context);
    const { properties } = context.architecture.catalogue.instance.get(found?.breakEven?.instance ?? '')!;
    expect(['Ampere', 'Hopper', 'Ada Lovelace', 'Blackwell']).toContain(context.architecture.catalogue.accelerator.get(properties.accelerator ?? '')?.properties.generation);
    // Per month, as canonical prices are; a token costs 0.0055 / 1,300 USD.
    expect(found?.breakEven?.tokensPerMonth).toBeCloseTo((2 * middle(properties.price!)) / (0.0055 / 1300), -3);
    expect(found?.breakEven?.tokensNow).toBeCloseTo(13_149_000 * 1300, -1);
    expect(found?.comparison?.options.find(({ name }) => name === 'self-hosted')).toMatchObject({ feasible: 'open', open: expect.arrayContaining(['whether Llama answers as well as today’s model, which only a test can say']) as string[] });
  });

  it('costs at most as much self-hosted where more time is promised', () => {
    const billWith = (limit: string): number => one([web(`slo p99 <= ${limit}`), ...PAID, OPEN]).comparison?.options.find(({ name }) => name === 'self-hosted')?.total.value ?? Number.POSITIVE_INFINITY;
    const bills = ['1 ms', '12 s', '20 s', '60 s'].map(billWith);
    expect(bills[0]).toBe(Number.POSITIVE_INFINITY);
    expect(bills.slice(1)).toEqual([...bills.slice(1)].sort((a, b) => b - a));
  });

  it('is half as dear through the batch interface, where answers may be a day old', () => {
    const found = one([web('tolerates 24 h'), ...PAID]).comparison?.options;
    const batch = found?.find(({ name }) => name === 'batch interface of the vendor');
    expect(batch).toMatchObject({ feasible: 'yes' });
    expect(batch?.total.value).toBeCloseTo(13_149_000 * 0.00275, 4);
    expect(one([web('tolerates 1 h'), ...PAID]).comparison?.options.find(({ name }) => name === 'batch interface of the vendor')?.feasible).toBe('no');
  });
});

describe('a language model on machines of one’s own', () => {
  it('is compared with a declared model of a vendor', () => {
    const found = one([web(), 'service Api : realtime { serves Llama runs_on aws.g5_xlarge replicas 4 }', OPEN.replace('fp8', 'int8'), 'model Mini : vendor { llm gpt-4o-mini task generation }', 'service Spare : llm_api { serves Mini }', 'Web -> Api', 'Api -> Spare { fallback yes }']);
    const paid = found.comparison?.options.find(({ name }) => name === 'paid by use');
    // 1,000 × 0.15 + 300 × 0.60 for a million calls.
    expect(paid?.total.value).toBeCloseTo(13_149_000 * 0.000_33, 4);
    expect(paid?.feasible).toBe('open');
  });
});
