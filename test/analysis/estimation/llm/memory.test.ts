import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { knownModel, knownModelNames, modelOfShape, type LanguageModel } from '../../../../src/analysis/estimation/llm/language-model.ts';
import { concurrencyLimit, kvBytesPerToken, memoryBudget, weightBytes, type Deployment } from '../../../../src/analysis/estimation/llm/memory.ts';
import { isRefusal } from '../../../../src/analysis/estimation/quantity.ts';
import { accelerator } from '../work/accelerators.ts';

function model(name: string): LanguageModel {
  const found = knownModel(name);
  if (!found) throw new Error(`${name} is not known.`);
  return found;
}

describe('memory of a language model', () => {
  // Twice layers × heads × size × bytes, from the published configurations.
  it.each([
    ['llama-3.1-8b', 131_072],
    ['llama-3-70b', 327_680],
    ['llama-2-7b', 524_288],
    ['llama-3.1-405b', 516_096],
  ])('%s keeps %i bytes for a token in FP16', (name, bytes) => {
    expect(kvBytesPerToken(model(name), 'fp16')).toBe(bytes);
    expect(kvBytesPerToken(model(name), 'fp8')).toBe(bytes / 2);
  });

  it('keeps a compressed vector instead of heads where attention is latent: DeepSeek V3, 61 layers of 576 values', () => {
    expect(kvBytesPerToken(model('deepseek-v3'), 'fp16')).toBe(70_272);
  });

  it('takes two bytes a weight in FP16, one in FP8, and a ninth of half more in four bits for the scales', () => {
    expect(weightBytes(model('llama-3.1-8b'), 'fp16')).toBeCloseTo(16.06e9, -3);
    expect(weightBytes(model('llama-3.1-8b'), 'fp8')).toBeCloseTo(8.03e9, -3);
    expect(weightBytes(model('llama-3.1-8b'), 'fp4')).toBeCloseTo(8.03e9 * 0.5625, -3);
  });

  it('leaves about as many tokens as vLLM reports for Llama 3.1 8B in FP16 on an H100: 426,788', () => {
    const budget = memoryBudget({ model: model('llama-3.1-8b'), precision: 'fp16', accelerator: accelerator('h100'), count: 1 });
    if (isRefusal(budget)) throw new Error(budget.refused);
    expect(budget.tokens / 426_788).toBeGreaterThan(0.95);
    expect(budget.tokens / 426_788).toBeLessThan(1.1);
    expect(budget.weights + budget.workspace + budget.cache).toBeCloseTo(budget.usable, 0);
  });

  it('says what does not fit', () => {
    const deployment: Deployment = { model: model('llama-3.1-70b'), precision: 'fp16', accelerator: accelerator('h100'), count: 1 };
    expect(memoryBudget(deployment)).toEqual({ refused: 'the weights take 141.1 GB, and 1 × 80 GB leaves no room for keys and values' });
    expect(memoryBudget({ ...deployment, count: 0 })).toHaveProperty('refused');
    expect(memoryBudget({ ...deployment, count: 1.5 })).toHaveProperty('refused');
  });

  it('holds fewer sequences the longer they are, and never more than the server takes', () => {
    const budget = memoryBudget({ model: model('llama-3.1-8b'), precision: 'fp8', accelerator: accelerator('h100'), count: 1 });
    if (isRefusal(budget)) throw new Error(budget.refused);
    fc.assert(fc.property(fc.integer({ min: 1, max: 1e5 }), fc.integer({ min: 1, max: 1e5 }), (input, output) => {
      const limit = concurrencyLimit(budget, input, output);
      expect(limit).toBeLessThanOrEqual(2048);
      expect(concurrencyLimit(budget, input + 10, output)).toBeLessThanOrEqual(limit);
      expect(concurrencyLimit(budget, input, output + 10)).toBeLessThanOrEqual(limit);
    }));
  });
});

describe('known models', () => {
  it('are found by the names that they are published under', () => {
    expect(knownModel('meta-llama/Llama-3.1-8B-Instruct')).toEqual(knownModel('llama-3.1-8b'));
    expect(knownModel('Llama-2-70b-chat')).toEqual(knownModel('llama-2-70b'));
    expect(knownModel('mistralai/Mixtral-8x7B-Instruct-v0.1')).toEqual(knownModel('mixtral-8x7b'));
    expect(knownModel('gpt-4')).toBeUndefined();
  });

  it('have shapes that make sense', () => {
    for (const name of knownModelNames) {
      const { parameters, activeParameters, layers, kvHeads, heads, headSize, hiddenSize } = model(name);
      expect(activeParameters, name).toBeLessThanOrEqual(parameters);
      expect(heads % kvHeads, name).toBe(0);
      expect(heads * headSize, name).toBeLessThanOrEqual(4 * hiddenSize);
      // Attention and three matrices of about three times the width, with room for small and for shared models.
      const estimated = layers * 12 * hiddenSize ** 2;
      expect(activeParameters / estimated, name).toBeGreaterThan(0.2);
      expect(activeParameters / estimated, name).toBeLessThan(4);
    }
  });

  it('lend their shape to a model of which only the size is known', () => {
    const eight = modelOfShape({ parameters: 8e9 });
    if (isRefusal(eight)) throw new Error(eight.refused);
    expect(eight).toMatchObject({ layers: 32, kvHeads: 8, headSize: 128 });
    expect(eight.hiddenSize).toBeGreaterThan(3500);
    expect(modelOfShape({ parameters: 8e9, layers: 40, kvHeads: 4, headSize: 64 })).toMatchObject({ layers: 40, kvHeads: 4, headSize: 64 });
    expect(modelOfShape({ parameters: 0 })).toHaveProperty('refused');
    expect(modelOfShape({ parameters: 1e9, activeParameters: 2e9 })).toHaveProperty('refused');
  });
});
