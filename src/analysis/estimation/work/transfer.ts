import { banded, inQuadrature, isRefusal, type Banded, type Refusal } from '../quantity.ts';
import { BYTES, peakRate, sameGeneration, type Accelerator, type Precision } from './accelerator.ts';
import type { BatchLaw } from './batch-law.ts';

/** What somebody measured on some accelerator: requests, samples or tokens per second of one device. */
export interface MeasuredThroughput {
  readonly accelerator: Accelerator;
  readonly precision: Precision;
  readonly value: number;
}

/** The device and the number format that a figure is wanted for. */
export interface Target {
  readonly accelerator: Accelerator;
  readonly precision: Precision;
}

/**
 * How much of √(operations × bandwidth) a generation turns into work, against Ampere: medians of the offline results of
 * MLPerf Inference v1.1 (2021) and v4.1 (2024). Ada has a large cache before a narrow memory, so that less of the work
 * waits for it; Hopper's arithmetic has outgrown its memory and its power.
 */
const GENERATION_YIELD: Readonly<Record<string, number>> = { Turing: 0.87, Ampere: 1, 'Ada Lovelace': 1.25, Hopper: 0.9 };

/**
 * Cards that draw all their power from the slot (T4, L4, A2: 60 to 72 W) cannot hold the clock that their rates are stated at: L4
 * against L40S reaches 0.80 to 0.85 in MLPerf and 0.72 to 0.82 in TensorRT's BERT tables.
 */
const SLOT_POWERED_YIELD = 0.8;
/** They are the ones with the narrowest memory, in bytes per second. */
const MOST_SLOT_POWERED_BANDWIDTH = 330e9;

/**
 * Standard deviations of the logarithm of a transferred throughput, from 89 transfers between the 13 parts of those results,
 * each part left out in turn.
 */
const LOG_SD = { sameGeneration: 0.13, knownGenerations: 0.19, otherGeneration: 0.35, precision: 0.15, /** For each unit of the logarithm of the ratio. */ step: 0.1, /** What all sources of one target have in common. */ common: 0.1 };

/**
 * Throughput on another accelerator, or in another number format, from measurements of the same model and runtime.
 * Nearer devices count for more: each is weighted by the inverse of the variance of its transfer.
 */
export function transferThroughput(measured: readonly MeasuredThroughput[], target: Target, unit = 'req/s'): Banded | Refusal {
  const known = measured.filter(({ value }) => value > 0 && Number.isFinite(value));
  if (known.length === 0) return { refused: 'nothing is measured on any accelerator' };
  let [weights, weighted] = [0, 0];
  for (const source of known) {
    const step = stepBetween(source, target);
    if (isRefusal(step)) return step;
    if (step.logSd === 0) return banded(source.value, unit, 'measured');
    const weight = 1 / step.logSd ** 2;
    weights += weight;
    weighted += weight * (Math.log(source.value) + step.logRatio);
  }
  return banded(Math.exp(weighted / weights), unit, 'transferred', inQuadrature(1 / Math.sqrt(weights), LOG_SD.common));
}

/** How the work of a batch changes from device to device: variable work by the throughput, fixed work by its square root. */
export function transferBatchLaw(law: BatchLaw, from: Target, to: Target): BatchLaw | Refusal {
  const step = stepBetween(from, to);
  if (isRefusal(step)) return step;
  if (step.logSd === 0) return law;
  // Launching and copying do not get faster with the device as its arithmetic does: over published curves of one model on
  // A100, L4 and L40S the time of single requests differs by the square root of what that of large batches differs by.
  const [fixedFactor, itemFactor] = [Math.exp(-step.logRatio / 2), Math.exp(-step.logRatio)];
  const blend = (batch: number): number => itemFactor + (fixedFactor - itemFactor) * shareOfFixed(law, batch);
  return {
    time: (batch) => law.time(batch) * blend(batch),
    logSd: (batch) => inQuadrature(law.logSd(batch), step.logSd, FIXED_LOG_SD * shareOfFixed(law, batch)),
    points: law.points.map(({ batch, time }) => ({ batch, time: time * blend(batch) })),
  };
}

/** How well the square root holds for the fixed part. */
const FIXED_LOG_SD = 0.2;

/** The part of a batch’s time that single work would take anyway: one for a batch of one, next to nothing for large ones. */
const shareOfFixed = (law: BatchLaw, batch: number): number => Math.min(1, law.time(1) / law.time(Math.max(1, batch)));

interface Step {
  /** Logarithm of the throughput of the target over that of the source. */
  readonly logRatio: number;
  readonly logSd: number;
}

function stepBetween(from: Target, to: Target): Step | Refusal {
  const [before, after] = [workRate(from), workRate(to)];
  if (isRefusal(before)) return before;
  if (isRefusal(after)) return after;
  const logRatio = Math.log(after.rate / before.rate);
  const alike = sameGeneration(from.accelerator, to.accelerator);
  const precision = from.precision === to.precision ? 0 : LOG_SD.precision;
  if (alike && precision === 0 && sameSpeed(from.accelerator, to.accelerator)) return { logRatio: 0, logSd: 0 };
  const device = alike ? (sameSpeed(from.accelerator, to.accelerator) ? 0 : LOG_SD.sameGeneration) : before.known && after.known ? LOG_SD.knownGenerations : LOG_SD.otherGeneration;
  return { logRatio, logSd: inQuadrature(device, precision, LOG_SD.step * logRatio) };
}

/** Narrower values are also fewer bytes, so that the same memory moves more of them. */
function workRate({ accelerator, precision }: Target): { rate: number; known: boolean } | Refusal {
  const peak = peakRate(accelerator, precision);
  if (peak === undefined || !(peak > 0) || !(accelerator.bandwidth > 0)) return { refused: `the accelerator has no stated rate in ${precision}` };
  const generation = GENERATION_YIELD[accelerator.generation];
  const power = accelerator.bandwidth <= MOST_SLOT_POWERED_BANDWIDTH ? SLOT_POWERED_YIELD : 1;
  return { rate: Math.sqrt((peak * accelerator.bandwidth) / BYTES[precision]) * (generation ?? 1) * power, known: generation !== undefined };
}

const sameSpeed = (a: Accelerator, b: Accelerator): boolean => a.bandwidth === b.bandwidth && Object.entries(a.peak).every(([precision, rate]) => b.peak[precision as Precision] === rate);
