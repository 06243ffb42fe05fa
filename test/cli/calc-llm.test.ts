import { afterEach, describe, expect, it, vi } from 'vitest';
import { llm } from '../../src/cli/calc/llm.ts';
import { parseInvocation } from '../../src/cli/command.ts';
import { Failure } from '../../src/cli/failure.ts';

afterEach(() => vi.restoreAllMocks());

async function say(line: string): Promise<string> {
  let written = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((written += String(text)), true));
  expect(await llm.run(parseInvocation(llm, [...line.split(' '), '--no-color']))).toBe(0);
  return written;
}

const json = async (line: string) => JSON.parse(await say(`${line} --format json`));

const EIGHT = '--model llama-3.1-8b --precision fp8 --accelerator h100 --input 1000 --output 1000';

describe('calc llm', () => {
  it('tells memory, throughput and latency of a published model', async () => {
    const found = await json(`${EIGHT} --rate 5/s`);
    expect(found).toMatchObject({
      memory: { weights: 8.03e9, kvBytesPerToken: 65_536 },
      throughput: { tokensPerSecond: { unit: 'tok/s', provenance: 'published' }, requestsPerSecond: { unit: 'req/s' }, sequences: 615 },
      calibration: { provenance: 'published', computesIn: 'fp8', outside: [] },
      load: { utilisation: expect.closeTo(0.361, 2) as number, timeToFirstToken: { unit: 's' }, timePerOutputToken: { unit: 's' } },
    });
    // 15,220 were measured (TensorRT-LLM 1.0, 2025).
    expect(found.throughput.tokensPerSecond.low).toBeLessThan(15_220);
    expect(found.throughput.tokensPerSecond.high).toBeGreaterThan(15_220);
  });

  it('is the same for a model that is described as for one that is named', async () => {
    const named = await json(EIGHT);
    const described = await json('--params 8.03B --layers 32 --kv-heads 8 --head-size 128 --precision fp8 --accelerator h100 --count 1 --input 1000 --output 1000');
    expect(described.throughput.tokensPerSecond.value / named.throughput.tokensPerSecond.value).toBeCloseTo(1, 2);
    expect(described.memory).toEqual(named.memory);
  });

  it('reads numbers of parameters and of tokens as people write them', async () => {
    const [short, long] = [await json('--params 7.6B --accelerator a10 --input 500 --output 100'), await json('--params 7_600_000_000 --accelerator a10 --input 500tokens --output 100tok')];
    expect(long).toEqual(short);
  });

  it('gives no latency near saturation, but says where that is', async () => {
    const found = await json(`${EIGHT} --rate 13/s`);
    expect(found.load).toMatchObject({ utilisation: expect.closeTo(0.94, 1) as number, saturatesAt: { unit: 'req/s' } });
    expect(found.load).not.toHaveProperty('timeToFirstToken');
    expect(await say(`${EIGHT} --rate 13/s`)).toContain('too near to the maximum for a latency');
  });

  it('says in words what it is sure of', async () => {
    expect(await say(`${EIGHT} --concurrency 16`)).toMatch(/at most +13,\d00 tok\/s \(12,\d00 to 15,\d00 tok\/s\) of output.*calibrated on published measurements/);
    expect(await say('--model llama-3.1-8b --precision fp8 --accelerator mi300x --input 1000 --output 1000')).toContain('! CDNA 3 is not calibrated');
  });

  it.each([
    ['--accelerator h100 --input 1 --output 1', '--model or --params is needed'],
    ['--model llama-3.1-8b --params 8B --accelerator h100 --input 1 --output 1', 'give one of them'],
    ['--model gpt-4 --accelerator h100 --input 1 --output 1', 'gpt-4 is not known'],
    ['--model llama-3.1-8b --input 1 --output 1', '--accelerator is needed'],
    ['--model llama-3.1-8b --accelerator h1 --input 1 --output 1', 'h1 is no accelerator of the catalogue'],
    ['--model llama-3.1-8b --accelerator h100 --output 1', '--input is needed'],
    ['--model llama-3.1-8b --accelerator h100 --input x --output 1', '--input takes'],
    ['--model llama-3.1-8b --accelerator h100 --input 1 --output 0', '--output must be'],
    ['--params 8GB --accelerator h100 --input 1 --output 1', '--params takes a number of parameters'],
    ['--model llama-3.1-70b --accelerator h100 --input 1000 --output 100', 'The weights take 141.1 GB, and 1 × 80 GB leaves no room for keys and values.'],
    ['--model llama-3.1-8b --precision fp7 --accelerator h100 --input 1 --output 1', '--precision takes'],
    [`${EIGHT} --rate 5/s --concurrency 5`, 'give one of them'],
    [`${EIGHT} --rate 5`, '--rate takes'],
    [`${EIGHT} more`, 'takes options only'],
  ])('%s is refused: %s', async (line, message) => {
    await expect(llm.run(parseInvocation(llm, line.split(' ')))).rejects.toThrow(Failure);
    await expect(llm.run(parseInvocation(llm, line.split(' ')))).rejects.toThrow(message);
  });
});
