import { describe, expect, it } from 'vitest';
import { isRefusal, type Refusal } from '../../../../src/analysis/estimation/quantity.ts';
import { batchLaw, linearised } from '../../../../src/analysis/estimation/work/batch-law.ts';
import { batched, capacityOf, compiled, distilled, moved, quantised, type Improved, type ServedModel } from '../../../../src/analysis/estimation/work/techniques.ts';
import { accelerator } from './accelerators.ts';

/** ResNet-50 in PyTorch with mixed precision on a V100 (2021): much fixed work, little variable. */
const law = batchLaw([{ batch: 1, time: 12.78e-3 }, { batch: 32, time: 15.84e-3 }, { batch: 128, time: 43.55e-3 }]);
if (isRefusal(law)) throw new Error(law.refused);
const model: ServedModel = { law, weightBytes: 51.2e6, precision: 'fp16', compiled: false, maxBatch: 128 };

function improved(result: Improved | Refusal): ServedModel {
  if (isRefusal(result)) throw new Error(result.refused);
  return result.model;
}

const gain = (after: ServedModel, batch: number): number => model.law.time(batch) / after.law.time(batch);

describe('techniques', () => {
  it('quantise the variable work and not the fixed: next to nothing for single requests, most for large batches', () => {
    const after = improved(quantised(model, 'int8'));
    expect(gain(after, 1)).toBeLessThan(1.05);
    expect(gain(after, 128)).toBeGreaterThan(1.4);
    expect(gain(after, 128)).toBeLessThan(2.15);
    expect(after).toMatchObject({ weightBytes: 25.6e6, precision: 'int8' });
  });

  it('compile away most of the start, so that batches have less left to gain', () => {
    const after = improved(compiled(model));
    expect(gain(after, 1)).toBeGreaterThan(2.5);
    expect(gain(after, 128)).toBeLessThan(2);
    const share = (served: ServedModel): number => (served.law.time(1) * 32) / served.law.time(32);
    expect(share(after)).toBeLessThan(share(model));
  });

  it('do not multiply: quantisation gains more once compilation has taken the start away', () => {
    const [fast, small] = [improved(compiled(model)), improved(quantised(model, 'int8'))];
    const both = improved(quantised(fast, 'int8'));
    expect(fast.law.time(1) / both.law.time(1)).toBeGreaterThan(gain(small, 1));
    expect(Math.abs(Math.log(gain(both, 32) / (gain(fast, 32) * gain(small, 32))))).toBeGreaterThan(0.05);
    expect(compiled(both)).toHaveProperty('refused');
  });

  it('distil layers away with their start, and their width with its square', () => {
    const half = improved(distilled(model, { layers: 0.5 }));
    expect(gain(half, 1)).toBeCloseTo(2, 6);
    expect(gain(half, 128)).toBeCloseTo(2, 6);
    const narrow = improved(distilled(model, { layers: 0.5, width: 0.5 }));
    expect(gain(narrow, 128)).toBeGreaterThan(2);
    expect(narrow.weightBytes).toBeCloseTo(51.2e6 / 8, 3);
    expect(distilled(model, { layers: 2 })).toHaveProperty('refused');
  });

  it('batch more without a change of what a batch takes', () => {
    const after = batched(model, 256).model;
    expect(after.law).toBe(model.law);
    expect(capacityOf(after).value).toBeGreaterThan(capacityOf(model).value);
  });

  it('move to another accelerator, to the same one without a change', () => {
    const v100 = { accelerator: accelerator('v100_16gb'), precision: 'fp16' } as const;
    expect(improved(moved(model, v100, v100)).law).toBe(model.law);
    const after = improved(moved(model, v100, { accelerator: accelerator('h100'), precision: 'fp16' }));
    expect(gain(after, 128)).toBeGreaterThan(gain(after, 1));
    expect(linearised(after.law, 128).fixed).toBeGreaterThan(0);
  });

  it('tell what they cost in accuracy', () => {
    expect(quantised(model, 'int8')).toHaveProperty('loss', 'less than a percent of accuracy');
    expect(quantised(model, 'int4')).toHaveProperty('loss', 'more than a percent of accuracy is usual at four bits');
    expect(quantised(model, 'fp32')).toHaveProperty('refused');
    expect(batched(model, 8)).not.toHaveProperty('loss');
  });
});
