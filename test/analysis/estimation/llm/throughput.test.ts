import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { knownModel } from '../../../../src/analysis/estimation/llm/language-model.ts';
import { latencyAt, latencyOf } from '../../../../src/analysis/estimation/llm/latency.ts';
import type { Deployment } from '../../../../src/analysis/estimation/llm/memory.ts';
import { maximumThroughput, type Throughput } from '../../../../src/analysis/estimation/llm/throughput.ts';
import { isRefusal, logSdOf } from '../../../../src/analysis/estimation/quantity.ts';
import type { Precision } from '../../../../src/analysis/estimation/work/accelerator.ts';
import { accelerator } from '../work/accelerators.ts';

function deployed(name: string, device: string, precision: Precision = 'fp8', count = 1): Deployment {
  const model = knownModel(name);
  if (!model) throw new Error(`${name} is not known.`);
  return { model, precision, accelerator: accelerator(device), count };
}

function most(deployment: Deployment, input: number, output: number): Throughput {
  const throughput = maximumThroughput(deployment, { input, output });
  if (isRefusal(throughput)) throw new Error(throughput.refused);
  return throughput;
}

const EIGHT = deployed('llama-3.1-8b', 'h100');
const tokens = fc.integer({ min: 16, max: 20_000 });

describe('maximum throughput', () => {
  // TensorRT-LLM 1.0 performance overview (2025).
  it.each([
    ['llama-3.1-8b', 'h100', 'fp8', 1, 1000, 1000, 15_220],
    ['llama-3.1-8b', 'h200', 'fp8', 1, 2048, 2048, 12_194],
    ['llama-3.3-70b', 'h100', 'fp8', 2, 500, 2000, 5222],
    ['llama-3.1-405b', 'h200', 'fp8', 8, 1000, 2000, 3722],
    ['llama-3.3-70b', 'b200', 'fp4', 1, 1000, 1000, 7007],
  ] as const)('%s on %s in %s × %i, %i/%i: %i tokens a second were measured', (name, device, precision, count, input, output, measured) => {
    const { tokens: estimated } = most(deployed(name, device, precision, count), input, output);
    expect(estimated.low).toBeLessThan(measured);
    expect(estimated.high).toBeGreaterThan(measured);
  });

  it('serves fewer requests the longer they are', () => {
    fc.assert(fc.property(tokens, tokens, (input, output) => {
      const base = most(EIGHT, input, output).requests.value;
      expect(most(EIGHT, input + 64, output).requests.value).toBeLessThan(base);
      expect(most(EIGHT, input, output + 64).requests.value).toBeLessThan(base);
    }));
  });

  it('rises with bandwidth, arithmetic and memory', () => {
    const { accelerator: device } = EIGHT;
    fc.assert(fc.property(tokens, tokens, fc.double({ min: 1.05, max: 10, noNaN: true }), (input, output, factor) => {
      const base = most(EIGHT, input, output).tokens.value;
      const richer = (change: object): number => most({ ...EIGHT, accelerator: { ...device, ...change } }, input, output).tokens.value;
      expect(richer({ bandwidth: device.bandwidth * factor })).toBeGreaterThan(base);
      expect(richer({ peak: { fp8: (device.peak.fp8 ?? 0) * factor, fp16: (device.peak.fp16 ?? 0) * factor } })).toBeGreaterThan(base);
      expect(richer({ memory: device.memory * factor })).toBeGreaterThanOrEqual(base * (1 - 1e-9));
    }));
  });

  it('gains less than proportionally from more accelerators', () => {
    const [one, two, eight] = [1, 2, 8].map((count) => most(deployed('llama-3.3-70b', 'h200', 'fp8', count), 1000, 1000).tokens.value);
    expect(two).toBeGreaterThan(one ?? 0);
    expect(eight).toBeGreaterThan(two ?? 0);
    expect(eight).toBeLessThan(8 * (one ?? 0));
  });

  it('says what it knows least of: other formats, other generations, other sizes, few sequences', () => {
    const spread = (deployment: Deployment, input = 1000, output = 1000): number => logSdOf(most(deployment, input, output).tokens);
    const known = spread(EIGHT);
    expect(spread(deployed('llama-3.1-8b', 'l40s', 'fp16'))).toBeGreaterThan(known);
    expect(spread(deployed('llama-3.1-8b', 'mi300x'))).toBeGreaterThan(spread(deployed('llama-3.1-8b', 'l40s', 'fp16')));
    expect(spread(deployed('llama-3.2-1b', 'h100'))).toBeGreaterThan(known);
    expect(spread(EIGHT, 100_000, 1000)).toBeGreaterThan(known);
    expect(spread(deployed('qwen3-30b-a3b', 'h100'))).toBeGreaterThan(0.4);
  });

  it('does not pass an uncalibrated figure for a calibrated one', () => {
    expect(most(EIGHT, 1000, 1000).calibration).toMatchObject({ provenance: 'published', outside: [] });
    expect(most(deployed('llama-3.1-8b', 'mi300x'), 1000, 1000).calibration).toMatchObject({ provenance: 'roofline', outside: ['CDNA 3 is not calibrated'] });
    expect(most(deployed('llama-3.1-8b', 'l40s', 'fp16'), 1000, 1000).calibration).toMatchObject({ provenance: 'transferred', outside: ['fp16 on Ada Lovelace is not calibrated; figures of another format of that generation stand in'] });
    expect(most(EIGHT, 100_000, 1000).calibration.outside).toEqual(['100,000 tokens of input are outside of what was calibrated (100 to 33,000)']);
  });

  it('widens weights that the accelerator has no units for', () => {
    const { calibration } = most(deployed('llama-3.1-8b', 'a100_80gb', 'int4'), 1000, 1000);
    expect(calibration).toMatchObject({ computesIn: 'fp16', provenance: 'transferred' });
  });

  it('refuses what does not fit and what is no length', () => {
    expect(maximumThroughput(deployed('llama-3.1-405b', 'h100'), { input: 1000, output: 1000 })).toHaveProperty('refused');
    expect(maximumThroughput(EIGHT, { input: 1e7, output: 10 })).toHaveProperty('refused');
    expect(maximumThroughput(EIGHT, { input: Number.NaN, output: 10 })).toHaveProperty('refused');
    expect(maximumThroughput(EIGHT, { input: 100, output: 0 })).toHaveProperty('refused');
  });
});

describe('latency under load', () => {
  it('is what NVIDIA measured of Llama 3.3 70B in FP8 on two H100 with 25 requests of 5,000 tokens at work: 689 and 38.8 ms (2025)', () => {
    const latency = latencyOf(deployed('llama-3.3-70b', 'h100', 'fp8', 2), { input: 5000, output: 500 }, 25);
    if (!('perToken' in latency)) throw new Error('no latency');
    expect(latency.perToken.value / 0.03875).toBeCloseTo(1.07, 1);
    expect(latency.firstToken.low).toBeLessThan(0.689);
    expect(latency.firstToken.high).toBeGreaterThan(0.689);
  });

  it('rises with the rate, and its band with it', () => {
    const capacity = most(EIGHT, 1000, 1000).requests.value;
    fc.assert(fc.property(fc.double({ min: 0.01, max: 0.7, noNaN: true }), fc.double({ min: 0.01, max: 0.09, noNaN: true }), (share, more) => {
      const [calm, busy] = [latencyAt(EIGHT, { input: 1000, output: 1000 }, share * capacity), latencyAt(EIGHT, { input: 1000, output: 1000 }, (share + more) * capacity)];
      if (!('perToken' in calm) || !('perToken' in busy)) throw new Error('no latency');
      expect(busy.perToken.value).toBeGreaterThanOrEqual(calm.perToken.value);
      expect(busy.firstToken.value).toBeGreaterThanOrEqual(calm.firstToken.value * (1 - 1e-9));
      expect(logSdOf(busy.perToken)).toBeGreaterThan(logSdOf(calm.perToken));
      expect(busy.sequences).toBeGreaterThanOrEqual(calm.sequences);
    }));
  });

  it('keeps to the law of Little: as many in work as arrive while one is written', () => {
    const latency = latencyAt(EIGHT, { input: 1000, output: 1000 }, 5);
    if (!('perToken' in latency)) throw new Error('no latency');
    expect(latency.sequences).toBeCloseTo(5 * 1000 * latency.perToken.value, 2);
  });

  it('is not told near saturation, but where that is', () => {
    const capacity = most(EIGHT, 1000, 1000).requests;
    const near = latencyAt(EIGHT, { input: 1000, output: 1000 }, 0.85 * capacity.value);
    expect(near).toEqual({ saturatesAt: capacity, utilisation: expect.closeTo(0.85, 9) as number });
    expect(latencyAt(EIGHT, { input: 1000, output: 1000 }, 0)).toHaveProperty('refused');
    expect(latencyOf(EIGHT, { input: 1000, output: 1000 }, 5000)).toHaveProperty('saturatesAt');
    expect(latencyOf(EIGHT, { input: 1000, output: 1000 }, 0)).toHaveProperty('refused');
  });
});
