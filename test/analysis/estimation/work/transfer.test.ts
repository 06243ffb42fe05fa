import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRefusal, logSdOf, type Banded, type Refusal } from '../../../../src/analysis/estimation/quantity.ts';
import type { Accelerator, Precision } from '../../../../src/analysis/estimation/work/accelerator.ts';
import { batchLaw } from '../../../../src/analysis/estimation/work/batch-law.ts';
import { transferBatchLaw, transferThroughput } from '../../../../src/analysis/estimation/work/transfer.ts';
import { accelerator } from './accelerators.ts';

function figure(result: Banded | Refusal): Banded {
  if (isRefusal(result)) throw new Error(result.refused);
  return result;
}

const on = (name: string, value: number, precision: Precision = 'int8') => ({ accelerator: accelerator(name), precision, value });
const to = (name: string, precision: Precision = 'int8') => ({ accelerator: accelerator(name), precision });

describe('throughput on another accelerator', () => {
  it('is what it was on the same one', () => {
    fc.assert(fc.property(fc.constantFrom('t4', 'a10', 'a100_80gb', 'l4', 'h100'), fc.double({ min: 0.01, max: 1e6, noNaN: true }), (name, value) => {
      expect(figure(transferThroughput([on(name, value)], to(name)))).toMatchObject({ value, provenance: 'measured' });
    }));
  });

  it('follows the square root of arithmetic and bandwidth within a generation: ResNet-50 from an A30 to an A100 SXM (MLPerf Inference 1.1)', () => {
    const { value, low, high, provenance } = figure(transferThroughput([on('a30', 18_265)], to('a100_80gb'), 'samples/s'));
    expect(value).toBeCloseTo(18_265 * Math.sqrt((624 * 2039) / (330 * 933)), 3);
    expect(provenance).toBe('transferred');
    expect(39_830).toBeGreaterThan(low);
    expect(39_830).toBeLessThan(high);
  });

  it('goes back where it came from', () => {
    fc.assert(fc.property(fc.constantFrom('t4', 'a10', 'a30', 'l4'), fc.constantFrom('l40s', 'a100_80gb', 'h100', 'h200'), (from, there) => {
      const gone = figure(transferThroughput([on(from, 1000)], to(there)));
      expect(figure(transferThroughput([on(there, gone.value)], to(from))).value).toBeCloseTo(1000, 6);
    }));
  });

  it('rises with bandwidth and with arithmetic', () => {
    const base = accelerator('a30');
    const richer = (change: Partial<Accelerator>): number => figure(transferThroughput([on('t4', 100)], { accelerator: { ...base, ...change }, precision: 'int8' })).value;
    fc.assert(fc.property(fc.double({ min: 1.01, max: 20, noNaN: true }), (factor) => {
      expect(richer({ bandwidth: base.bandwidth * factor })).toBeGreaterThan(richer({}));
      expect(richer({ peak: { int8: (base.peak.int8 ?? 0) * factor } })).toBeGreaterThan(richer({}));
    }));
  });

  it('doubles with half the bits where the rate doubles: BERT large on an A10 from FP16 to INT8, 2.09 measured', () => {
    const { value } = figure(transferThroughput([on('a10', 543, 'fp16')], to('a10')));
    expect(value / 543).toBeCloseTo(2, 6);
  });

  it('is less sure across generations than within one, and surer with more known', () => {
    const near = logSdOf(figure(transferThroughput([on('a10', 1)], to('a30'))));
    const far = logSdOf(figure(transferThroughput([on('t4', 1)], to('a30'))));
    const strange = logSdOf(figure(transferThroughput([on('v100_16gb', 1, 'fp16')], to('a30', 'fp16'))));
    const both = logSdOf(figure(transferThroughput([on('a10', 1), on('t4', 0.5)], to('a30'))));
    expect(near).toBeLessThan(far);
    expect(far).toBeLessThan(strange);
    expect(both).toBeLessThan(near);
  });

  it('refuses formats that the accelerator cannot multiply, and nothing measured', () => {
    expect(transferThroughput([], to('a30'))).toHaveProperty('refused');
    expect(transferThroughput([on('a30', 5)], to('v100_16gb', 'fp8'))).toEqual({ refused: 'the accelerator has no stated rate in fp8' });
    expect(transferThroughput([on('a30', Number.NaN)], to('a10'))).toHaveProperty('refused');
  });
});

describe('a batch law on another accelerator', () => {
  const law = batchLaw([{ batch: 1, time: 0.62e-3 }, { batch: 128, time: 15.15e-3 }]);
  if (isRefusal(law)) throw new Error(law.refused);

  it('is itself on the same one', () => {
    expect(transferBatchLaw(law, to('a100_40gb'), to('a100_40gb'))).toBe(law);
  });

  it('slows large batches by more than single requests: BERT base from an A100 to an L4 (TensorRT, 2026)', () => {
    const moved = transferBatchLaw(law, to('a100_40gb', 'fp16'), to('l4', 'fp16'));
    if (isRefusal(moved)) throw new Error(moved.refused);
    const [single, large] = [moved.time(1) / law.time(1), moved.time(128) / law.time(128)];
    expect(single).toBeLessThan(large);
    // 1.00 ms and 68.6 ms were measured.
    expect(Math.abs(Math.log(moved.time(1) / 1e-3))).toBeLessThan(1.28 * moved.logSd(1));
    expect(Math.abs(Math.log(moved.time(128) / 68.6e-3))).toBeLessThan(2 * moved.logSd(128));
  });
});
