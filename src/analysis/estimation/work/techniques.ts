import { banded, inQuadrature, isRefusal, type Banded, type Refusal } from '../quantity.ts';
import { BYTES, type Precision } from './accelerator.ts';
import { linearised, type BatchLaw } from './batch-law.ts';
import { transferBatchLaw, type Target } from './transfer.ts';

/** What the speed of a served model follows from: the law of its batches, and what it keeps in memory. */
export interface ServedModel {
  readonly law: BatchLaw;
  /** Bytes of weights. */
  readonly weightBytes: number;
  readonly precision: Precision;
  /** Whether an engine was made for the device; what is compiled has no more to gain from compiling. */
  readonly compiled: boolean;
  /** Largest batch that is formed. */
  readonly maxBatch: number;
}

/** What a technique makes of a model, and what it gives up for it. */
export interface Improved {
  readonly model: ServedModel;
  /** Loss of quality to expect, in words with its figures; undefined where there is none. */
  readonly loss?: string;
}

/**
 * Eight bits instead of sixteen. Weights halve; the variable work shrinks, by more the larger the batch; what a batch costs before it
 * computes stays. TensorRT BERT on A100, L4 and L40S (2026): × 1.44 at b = 1, 1.70 at 2–8, 2.09 at 12–32, 2.15 from 64.
 */
export function quantised(model: ServedModel, precision: Precision): Improved | Refusal {
  const ratio = BYTES[model.precision] / BYTES[precision];
  if (!(ratio > 1)) return { refused: `${precision} is not narrower than ${model.precision}` };
  const halvings = Math.log2(ratio);
  return {
    model: { ...model, precision, weightBytes: model.weightBytes / ratio, law: edited(model, 1, (batch) => 1 / quantisationGain(batch) ** halvings, QUANTISATION_LOG_SD) },
    loss: halvings > 1.2 ? 'more than a percent of accuracy is usual at four bits' : 'less than a percent of accuracy',
  };
}

/** Gain at the measured sizes; between them it follows the logarithm of the batch. */
const QUANTISATION_GAINS = [[1, 1.44], [4, 1.7], [20, 2.09], [64, 2.15]] as const;
const QUANTISATION_LOG_SD = 0.13;

function quantisationGain(batch: number): number {
  const after = QUANTISATION_GAINS.findIndex(([size]) => size >= batch);
  if (after === 0) return QUANTISATION_GAINS[0][1];
  const [last] = QUANTISATION_GAINS.slice(-1);
  const [from, to] = [QUANTISATION_GAINS[after - 1], QUANTISATION_GAINS[after]];
  if (!from || !to) return last?.[1] ?? 1;
  return from[1] + ((to[1] - from[1]) * Math.log(batch / from[0])) / Math.log(to[0] / from[0]);
}

/**
 * An engine made for the device. The start of a batch falls to a third, its variable work by a third. TensorRT against
 * PyTorch in FP16, BERT on four GPUs (2021): × 1.97 (1.36 to 3.24) at b = 1, × 1.48 at 8, × 1.55 at 16. Fusion of kernels is
 * part of it, and no gain of its own.
 */
export function compiled(model: ServedModel): Improved | Refusal {
  if (model.compiled) return { refused: 'it is compiled already; fused kernels are part of that' };
  return { model: { ...model, compiled: true, law: edited(model, 1 / START_GAIN, () => 1 / COMPILED_ITEM_GAIN, COMPILATION_LOG_SD) } };
}

const START_GAIN = 3;
const COMPILED_ITEM_GAIN = 1.45;
const COMPILATION_LOG_SD = 0.25;

/** Larger batches: the law stays as it is, and the queue decides what the waiting costs. */
export const batched = (model: ServedModel, maxBatch: number): Improved => ({ model: { ...model, maxBatch } });

/**
 * A smaller model of the same kind. Work follows the layers, and their width squared. BERT large to 6 and to 4 layers of half
 * the width (2021): × 3.9 (3.1 to 5.5) and × 6.4 (4.6 to 12) at b = 1, × 5.5 and × 15.5 at 16.
 */
export function distilled(model: ServedModel, { layers, width = 1 }: { readonly layers: number; readonly width?: number }): Improved | Refusal {
  if (!(layers > 0) || !(layers <= 1) || !(width > 0) || !(width <= 1)) return { refused: 'a distilled model has a share of the layers and of the width, above 0 and at most 1' };
  // The start of each layer is saved with the layer, its arithmetic with the square of its width besides.
  const smaller = layers * width ** 2;
  return { model: { ...model, weightBytes: model.weightBytes * smaller, law: edited(model, layers, () => smaller, DISTILLATION_LOG_SD) }, loss: '5 to 10 % of accuracy is usual' };
}

const DISTILLATION_LOG_SD = 0.2;

/** The same model on another accelerator. */
export function moved(model: ServedModel, from: Target, to: Target): Improved | Refusal {
  const law = transferBatchLaw(model.law, from, to);
  return isRefusal(law) ? law : { model: { ...model, law, precision: to.precision, weightBytes: (model.weightBytes * BYTES[to.precision]) / BYTES[from.precision] } };
}

/** Requests per second of one instance that always has a full batch. */
export const capacityOf = ({ law, maxBatch }: ServedModel): Banded => banded(maxBatch / law.time(maxBatch), 'req/s', 'transferred', law.logSd(maxBatch));

/** A law whose fixed and whose variable work are each multiplied: what a technique saves of the one it does not save of the other. */
function edited({ law, maxBatch }: ServedModel, fixedFactor: number, itemFactor: (batch: number) => number, logSd: number): BatchLaw {
  const { fixed } = linearised(law, maxBatch);
  const change = (batch: number, time: number): number => fixed * fixedFactor + Math.max(0, time - fixed) * itemFactor(batch);
  return {
    time: (batch) => change(batch, law.time(batch)),
    logSd: (batch) => inQuadrature(law.logSd(batch), logSd),
    points: law.points.map(({ batch, time }) => ({ batch, time: change(batch, time) })),
  };
}
