import type { Refusal } from '../quantity.ts';
import { BYTES, type Accelerator, type Precision } from '../work/accelerator.ts';
import type { LanguageModel } from './language-model.ts';

/** A model on some accelerators of one machine, its layers split over all of them (tensor parallelism: Megatron-LM, 2019). */
export interface Deployment {
  readonly model: LanguageModel;
  /** Format of the weights. */
  readonly precision: Precision;
  /** Format of kept keys and values; eight bits where the weights are in FP8 or FP4, else sixteen. */
  readonly kvPrecision?: Precision;
  readonly accelerator: Accelerator;
  readonly count: number;
  /** Most sequences that the server works on at once. */
  readonly maxSequences?: number;
}

export const weightBytes = (model: LanguageModel, precision: Precision): number => model.parameters * BYTES[precision];

/** Bytes that one token of a sequence keeps occupied: a key and a value for each layer and head. Llama 3.1 8B in FP16: 131,072. */
export const kvBytesPerToken = ({ layers, kvHeads, headSize, latentSize }: LanguageModel, precision: Precision): number => layers * (latentSize ?? 2 * kvHeads * headSize) * BYTES[precision];

export const kvPrecisionOf = ({ precision, kvPrecision }: Pick<Deployment, 'precision' | 'kvPrecision'>): Precision => kvPrecision ?? (precision === 'fp8' || precision === 'fp4' ? 'fp8' : 'fp16');

/** Where the memory of a deployment goes; bytes over all its accelerators. */
export interface MemoryBudget {
  readonly weights: number;
  /** What a server may take: the rest is left to the driver. */
  readonly usable: number;
  /** Intermediate results and buffers. */
  readonly workspace: number;
  /** What is left for keys and values. */
  readonly cache: number;
  readonly kvBytesPerToken: number;
  /** Tokens that the cache holds. */
  readonly tokens: number;
}

/**
 * Share of the stated memory that servers take. Vendors count the memory of modules in units of 2³⁰ bytes and name them GB,
 * so that a share of 0.9 of what is there is 0.97 of what is stated.
 */
const USABLE_SHARE = 0.97;
/** Workspace of a server, in bytes on each accelerator. */
const WORKSPACE = 1e9;

export function memoryBudget(deployment: Deployment): MemoryBudget | Refusal {
  const { model, precision, accelerator, count } = deployment;
  if (!(count >= 1) || !Number.isInteger(count)) return { refused: 'the number of accelerators must be a whole number above zero' };
  if (!(accelerator.memory > 0)) return { refused: 'the memory of the accelerator is not known' };
  const weights = weightBytes(model, precision);
  const usable = accelerator.memory * USABLE_SHARE * count;
  const workspace = WORKSPACE * count;
  const cache = usable - workspace - weights;
  const perToken = kvBytesPerToken(model, kvPrecisionOf(deployment));
  if (cache < perToken) return { refused: `the weights take ${gigabytes(weights)}, and ${count} × ${gigabytes(accelerator.memory)} leaves no room for keys and values` };
  return { weights, usable, workspace, cache, kvBytesPerToken: perToken, tokens: cache / perToken };
}

const gigabytes = (bytes: number): string => `${Math.round(bytes / 1e8) / 10} GB`;

/** Sequences that servers work on at once unless told otherwise (TensorRT-LLM 1.0). */
const USUAL_MAX_SEQUENCES = 2048;

/** Share of its output that a sequence occupies the cache with, on average over what servers reserve and what has been written. */
const OUTPUT_SHARE = 0.7;

/** Sequences of these lengths that the memory allows at once; less than one where a single one does not fit. */
export function concurrencyLimit(budget: MemoryBudget, input: number, output: number, maxSequences: number = USUAL_MAX_SEQUENCES): number {
  const fitting = budget.tokens / (input + OUTPUT_SHARE * output);
  return Math.min(maxSequences, fitting);
}
