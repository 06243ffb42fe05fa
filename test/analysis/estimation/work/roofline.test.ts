import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRefusal, logSdOf } from '../../../../src/analysis/estimation/quantity.ts';
import { efficiencyOf, rooflineLaw, rooflineThroughput, type Work } from '../../../../src/analysis/estimation/work/roofline.ts';
import type { BatchLaw } from '../../../../src/analysis/estimation/work/batch-law.ts';
import { accelerator } from './accelerators.ts';

const compiled = efficiencyOf('transformer', 'compiled', 'fp16');
const BERT_LARGE: Work = { operations: 2 * 303e6 * 128 + 4 * 24 * 1024 * 128 ** 2, weightBytes: 606e6, layers: 24 };

function lawOf(work: Work, ...rest: Parameters<typeof rooflineLaw> extends [unknown, ...infer Rest] ? Rest : never): BatchLaw {
  const law = rooflineLaw(work, ...rest);
  if (isRefusal(law)) throw new Error(law.refused);
  return law;
}

describe('the roofline', () => {
  it('finds BERT large of 128 tokens on an A100 from its work alone (TensorRT, 2026: 1.54, 12.83 and 48.69 ms)', () => {
    const law = lawOf(BERT_LARGE, accelerator('a100_40gb'), 'fp16', compiled);
    for (const [batch, measured] of [[1, 1.54e-3], [32, 12.83e-3], [128, 48.69e-3]] as const) expect(Math.abs(Math.log(law.time(batch) / measured))).toBeLessThan(1.2816 * law.logSd(batch));
  });

  it('waits for Python: ResNet-50 in PyTorch takes 10.4 ms on a V100 and 10.7 ms on a T4 however small the batch', () => {
    const work: Work = { operations: 8.2e9, weightBytes: 102e6, layers: 53 };
    const eager = efficiencyOf('convolution', 'eager', 'fp32');
    const [fast, slow] = [lawOf(work, accelerator('v100_16gb'), 'fp32', eager), lawOf(work, accelerator('t4'), 'fp32', eager)];
    expect(fast.time(1)).toBeCloseTo(0.0119, 3);
    expect(slow.time(1)).toBeCloseTo(0.0131, 3);
  });

  it('takes no less for more: of requests, of arithmetic, of bytes', () => {
    fc.assert(fc.property(fc.double({ min: 1e6, max: 1e13, noNaN: true }), fc.double({ min: 0, max: 1e10, noNaN: true }), fc.integer({ min: 1, max: 512 }), (operations, weightBytes, batch) => {
      const time = (change: Partial<Work>, requests = batch): number => lawOf({ operations, weightBytes, ...change }, accelerator('h100'), 'fp16', compiled).time(requests);
      const base = time({});
      expect(time({}, batch + 1)).toBeGreaterThan(base);
      expect(time({ operations: operations * 2 })).toBeGreaterThan(base);
      expect(time({ weightBytes: weightBytes * 2 })).toBeGreaterThanOrEqual(base);
      expect(time({ layers: 10 })).toBeGreaterThan(base);
    }));
  });

  it('never exceeds what the vendor states', () => {
    for (const name of ['t4', 'a10', 'l4', 'h100', 'b200']) {
      const device = accelerator(name);
      const most = rooflineThroughput({ operations: 1e9, weightBytes: 1e6 }, device, 'fp16', compiled, 1e6);
      if (isRefusal(most)) throw new Error(most.refused);
      expect(most.value).toBeLessThan((device.peak.fp16 ?? 0) / 1e9);
      expect(logSdOf(most)).toBeGreaterThan(0.2);
    }
  });

  it('refuses what does not fit, has no work, or has no rate', () => {
    expect(rooflineLaw({ operations: 1e9, weightBytes: 1e12 }, accelerator('t4'), 'fp16', compiled)).toEqual({ refused: 'the weights do not fit in the memory of the accelerator' });
    expect(rooflineLaw({ operations: Number.NaN, weightBytes: 1 }, accelerator('t4'), 'fp16', compiled)).toHaveProperty('refused');
    expect(rooflineLaw({ operations: 1e9, weightBytes: 1 }, accelerator('v100_16gb'), 'fp8', compiled)).toHaveProperty('refused');
  });
});
