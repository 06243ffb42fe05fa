import { describe, expect, it } from 'vitest';
import { batch } from '../../src/cli/calc/batch.ts';
import { Failure } from '../../src/cli/failure.ts';
import { outputOf } from './in-process.ts';

const json = async (line: string): Promise<Record<string, unknown>> => JSON.parse(await outputOf(batch, `${line} --format json`)) as Record<string, unknown>;

const SMALL = '--rate 0.5/s --fixed 1s --per-item 1s --max-batch 8';
const EIGHT = '--rate 2000/s --fixed 1.5ms --per-item 0.4ms --max-batch 16 --delay 2ms --streams 2 --replicas 8';

describe('mlarch calc batch', () => {
  it('says what batches take, in seconds', async () => {
    const found = await json(SMALL);
    expect(found).toMatchObject({ capacity: expect.closeTo(8 / 9, 9), utilisation: 0.5625, saturated: false, nearSaturation: false, meanBatch: expect.closeTo(1.5973, 3), busyFraction: expect.closeTo(0.813, 3), latency: { mean: expect.closeTo(4.4167, 3), p50: expect.closeTo(4.1, 1), p99: expect.closeTo(11.1, 0) } });
    expect(found).not.toHaveProperty('slo');
  });

  it('takes delay, streams, replicas and queue', async () => {
    // Streams of one accelerator share what each request adds: 8 × 1/0.4 ms.
    expect(await json(EIGHT)).toMatchObject({ capacity: 20_000, utilisation: 0.1 });
    const shorter = (await json(EIGHT.replace('--delay 2ms ', ''))).latency as { mean: number };
    const found = (await json(EIGHT)).latency as { mean: number };
    expect(found.mean).toBeGreaterThan(shorter.mean);
    expect((await json('--rate 2000/s --fixed 1.5ms --per-item 0.4ms --max-batch 16 --replicas 8')).capacity).toBeCloseTo((8 * 16) / 7.9e-3, 6);
    const half = async (queue: string): Promise<number> => ((await json(`--rate 12000/s --fixed 1.5ms --per-item 0.4ms --max-batch 16 --replicas 8 --queue ${queue}`)).latency as { p50: number }).p50;
    expect(await half('central')).toBeLessThan((await half('replica')) / 1.2);
  });

  it('says which share keeps an objective', async () => {
    const found = await json(`${SMALL} --slo 11.1s`);
    expect(found.slo).toEqual({ within: 11.1, share: expect.closeTo(0.99, 2) });
    expect(await outputOf(batch, `${SMALL} --slo 11.1s`)).toMatch(/^objective +(98|99)[\d.]* % within 11\.1 s$/m);
  });

  it('tells people the same', async () => {
    const text = await outputOf(batch, SMALL);
    expect(text).toMatch(/^capacity +0\.8889 req\/s, of which 56\.3 % are asked for$/m);
    expect(text).toMatch(/^batches +1\.6 requests in the mean; instances work 81\.3 % of the time$/m);
    expect(text).toMatch(/^latency +4\.42 s in the mean, p50 4\.\d+ s, p95 [\d.]+ s, p99 11\.?\d* s$/m);
  });

  it('says that it is saturated, and by how much', async () => {
    const line = '--rate 2000/s --fixed 1.5ms --per-item 0.4ms --max-batch 8 --slo 1s';
    expect(await json(line)).toMatchObject({ saturated: true, latency: null, meanBatch: null, utilisation: expect.closeTo(1.175, 6), multiple: expect.closeTo(0.851, 3), slo: { share: 0 } });
    expect(await outputOf(batch, line)).toContain('saturated   the queue grows without end; 0.851 times this traffic is the most');
    expect(await outputOf(batch, line.replace('2000', '1650'))).toContain('! So near to capacity');
  });
});

describe('calc batch refuses', () => {
  it.each([
    ['--fixed 1ms --per-item 1ms --max-batch 8', /--rate is needed/],
    ['--rate 5/s --per-item 1ms --max-batch 8', /--fixed is needed/],
    ['--rate 5/s --fixed 1ms --max-batch 8', /--per-item is needed/],
    ['--rate 5/s --fixed 1ms --per-item 1ms', /--max-batch is needed/],
    ['--rate 5/s --fixed 0ms --per-item 0ms --max-batch 8', /cannot both be zero/],
    ['--rate 0/s --fixed 1ms --per-item 1ms --max-batch 8', /--rate must be above 0/],
    [`${SMALL} --streams 0`, /--streams must be between 1 and 1000/],
    [`${SMALL} --replicas 1.5`, /--replicas must be a whole number/],
    [`${SMALL} --queue shared`, /--queue/],
    [`${SMALL} --delay 5`, /--delay takes a/],
    [`${SMALL} extra`, /takes options only; found extra/],
  ])('%s', async (line, message) => {
    const failure = await outputOf(batch, line).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Failure);
    expect((failure as Failure).message).toMatch(message);
  });
});
