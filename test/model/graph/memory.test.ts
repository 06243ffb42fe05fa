import { describe, expect, it } from 'vitest';
import type { Catalogue, Component } from '../../../src/model/architecture.ts';
import { deviceMemory, inferenceMemory, trainingMemory } from '../../../src/model/graph/memory.ts';
import { architecture, at, component, number } from './build.ts';

const model = (properties: Record<string, unknown>) => component('model', 'M', properties).component as Component<'model'>;
const training = (properties: Record<string, unknown>) => component('training', 'T', properties).component as Component<'training'>;
const params = (value: number) => ({ low: value, high: value, unit: 'params' });
const bytes = (value: number) => ({ low: value, high: value, unit: 'B' });

describe('memory for training', () => {
  it.each([
    [{}, 112e9],
    [{ method: 'lora' }, 15.12e9],
    [{ method: 'qlora' }, 4.732e9],
    [{ method: 'head' }, 14e9],
    [{ memory_per_parameter: bytes(20) }, 140e9],
    [{ activations: bytes(8e9) }, 120e9],
  ])('7B parameters, %j', (properties, expected) => {
    expect(trainingMemory(model({ parameters: params(7e9) }), training(properties))?.value.high).toBeCloseTo(expected, -3);
  });

  it('takes parameters from the size of the files where the precision is known', () => {
    expect(trainingMemory(model({ size: bytes(2e9), precision: 'fp16' }), training({}))?.value.high).toBe(16e9);
    expect(trainingMemory(model({ size: bytes(2e9) }), training({}))).toBeUndefined();
  });
});

describe('memory for serving', () => {
  it('follows the precision, else the size of the files', () => {
    expect(inferenceMemory(model({ parameters: params(7e9), precision: 'int4' }))).toMatchObject({ value: bytes(3.5e9), assumptions: [] });
    expect(inferenceMemory(model({ parameters: params(7e9) }))).toMatchObject({ value: bytes(14e9), assumptions: ['precision bf16'] });
    expect(inferenceMemory(model({ size: bytes(120e6) }))?.value).toEqual(bytes(120e6));
    expect(inferenceMemory(model({}))).toBeUndefined();
  });
});

describe('memory of devices', () => {
  const span = { file: '', range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } } };
  const catalogue: Catalogue = {
    technology: new Map(), llm: new Map(),
    accelerator: new Map([['a100', { kind: 'accelerator', name: 'a100', span, properties: { memory: bytes(80e9) } }]]),
    instance: new Map([['p4', { kind: 'instance', name: 'p4', span, properties: { accelerator: 'a100', accelerators: number(8) } }], ['m7', { kind: 'instance', name: 'm7', span, properties: {} }]]),
  };
  const memory = (properties: Record<string, unknown>) => {
    const built = architecture({ catalogue }, component('training', 'T', properties));
    return deviceMemory(built, at<'training'>(built, 'T'));
  };

  it.each([
    [{ accelerator: { type: 'a100', x: number(2) } }, 2],
    [{ accelerator: { type: 'a100', x: number(2) }, nodes: number(3) }, 6],
    [{ runs_on: { instance: 'p4' } }, 8],
    [{ runs_on: { instance: 'p4', x: number(2) }, nodes: number(2) }, 16],
  ])('%j', (properties, devices) => {
    expect(memory(properties)).toMatchObject({ devices, usableEach: bytes(72e9), usable: bytes(72e9 * devices) });
  });

  it('is not known without an accelerator in the catalogue', () => {
    expect([memory({}), memory({ runs_on: { instance: 'm7' } }), memory({ accelerator: { type: 'tpu' } })]).toEqual([undefined, undefined, undefined]);
  });
});
