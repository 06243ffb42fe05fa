import { banded, inQuadrature, isRefusal, type Banded, type Refusal } from '../quantity.ts';
import { peakRate, type Accelerator, type Precision } from './accelerator.ts';
import type { BatchLaw } from './batch-law.ts';

/** What one item (a request, an image, a sequence) asks of a device. */
export interface Work {
  /** Operations for one item; a multiplication and an addition are two. For a transformer, twice parameters × tokens. */
  readonly operations: number;
  /** Bytes of weights, read once for a batch. */
  readonly weightBytes: number;
  /** Bytes that one item moves between the chip and its memory besides the weights. Nothing where unknown: then the arithmetic decides. */
  readonly itemBytes?: number;
  /** Layers, each of which is started on its own. */
  readonly layers?: number;
}

export type ModelClass = 'transformer' | 'convolution' | 'other';

/**
 * How a model is run: as an engine made for the device (TensorRT, XLA), as a graph by a general runtime (ONNX Runtime,
 * TorchScript), or operation by operation from Python.
 */
export type Runtime = 'compiled' | 'graph' | 'eager';

/** What is reached of a peak rate, and what a batch costs before it computes. */
export interface Efficiency {
  /** Share of the peak operations per second. */
  readonly compute: number;
  /** Share of the bandwidth of the memory. */
  readonly memory: number;
  /** Seconds to start one layer. */
  readonly launch: number;
  /** Seconds for a batch besides. */
  readonly fixed: number;
  /** Standard deviation of the logarithm of what is measured against what follows. */
  readonly logSd: number;
}

/**
 * Efficiencies by class, from published measurements:
 * – compiled transformers: TensorRT’s BERT tables (2026; A100, L4, L40S, FP16 and INT8, batches 1 to 128): median error 13 %,
 *   nine in ten within 30 %. Wider here, for models that are not BERT.
 * – compiled convolutions: ResNet-50 0.31 to 0.53 and SSD 0.45 to 0.72 of the peak in MLPerf Inference offline (2021, 2024).
 * – graphs: BERT and GPUNet with ONNX Runtime behind Triton on V100 and A30 (2021).
 * – eager: ResNet-50 with PyTorch on V100 and T4 (2021). A forward pass takes 10 to 13 ms on either however small the
 *   batch, as it waits for Python: 0.2 ms for each of its 53 layers.
 */
const EFFICIENCY: Readonly<Record<Runtime, Readonly<Record<ModelClass, Efficiency>>>> = {
  compiled: {
    transformer: { compute: 0.55, memory: 0.8, launch: 19e-6, fixed: 85e-6, logSd: 0.24 },
    convolution: { compute: 0.45, memory: 0.8, launch: 8e-6, fixed: 85e-6, logSd: 0.37 },
    other: { compute: 0.45, memory: 0.7, launch: 15e-6, fixed: 100e-6, logSd: 0.5 },
  },
  graph: {
    transformer: { compute: 0.24, memory: 0.7, launch: 40e-6, fixed: 0.5e-3, logSd: 0.25 },
    convolution: { compute: 0.2, memory: 0.6, launch: 20e-6, fixed: 0.5e-3, logSd: 0.45 },
    other: { compute: 0.2, memory: 0.6, launch: 40e-6, fixed: 0.5e-3, logSd: 0.6 },
  },
  eager: {
    transformer: { compute: 0.28, memory: 0.5, launch: 200e-6, fixed: 0, logSd: 0.4 },
    convolution: { compute: 0.18, memory: 0.5, launch: 200e-6, fixed: 0, logSd: 0.32 },
    other: { compute: 0.2, memory: 0.5, launch: 200e-6, fixed: 0, logSd: 0.6 },
  },
};

/** Vector units are far easier to keep busy than matrix units: ResNet-50 in FP32 reaches 0.42 to 0.61 of the peak. */
const VECTOR_COMPUTE = 0.5;

/** Arithmetic and memory traffic overlap in part: as the fixed and the variable work of a batch do. */
const OVERLAP = 1.3;

export const efficiencyOf = (modelClass: ModelClass, runtime: Runtime, precision: Precision): Efficiency => {
  const efficiency = EFFICIENCY[runtime][modelClass];
  return precision === 'fp32' ? { ...efficiency, compute: VECTOR_COMPUTE } : efficiency;
};

/**
 * The batch law of a model that nobody has measured (Williams, Waterman and Patterson, 2009): a batch takes as long as
 * its arithmetic and its memory traffic at the efficiency of its class, and the starting of its layers besides.
 */
export function rooflineLaw(work: Work, accelerator: Accelerator, precision: Precision, efficiency: Efficiency): BatchLaw | Refusal {
  const peak = peakRate(accelerator, precision);
  if (peak === undefined || !(peak > 0)) return { refused: `the accelerator has no stated rate in ${precision}` };
  if (!(accelerator.bandwidth > 0)) return { refused: 'the accelerator has no stated bandwidth' };
  if (!(work.operations > 0) || !(work.weightBytes >= 0)) return { refused: 'the operations of one item are not known' };
  if (work.weightBytes > accelerator.memory) return { refused: 'the weights do not fit in the memory of the accelerator' };
  const { compute, memory, launch, fixed, logSd } = efficiency;
  const time = (batch: number): number => {
    const arithmetic = (work.operations * batch) / (peak * compute);
    const traffic = (work.weightBytes + (work.itemBytes ?? 0) * batch) / (accelerator.bandwidth * memory);
    return (arithmetic ** OVERLAP + traffic ** OVERLAP) ** (1 / OVERLAP) + launch * (work.layers ?? 0) + fixed;
  };
  // A layer count that is not known leaves the time of small batches open.
  const start = work.layers === undefined ? START_LOG_SD : 0;
  return { time, logSd: (batch) => inQuadrature(logSd, start / Math.sqrt(batch)), points: [] };
}

const START_LOG_SD = 0.35;

/** The throughput that a device tends to as batches grow, in items per second. */
export function rooflineThroughput(work: Work, accelerator: Accelerator, precision: Precision, efficiency: Efficiency, batch: number = LARGE_BATCH): Banded | Refusal {
  const law = rooflineLaw(work, accelerator, precision, efficiency);
  return isRefusal(law) ? law : banded(batch / law.time(batch), 'req/s', 'roofline', law.logSd(batch));
}

/** Throughput hardly rises beyond. */
const LARGE_BATCH = 128;
