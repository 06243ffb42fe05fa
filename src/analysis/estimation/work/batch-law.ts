import { inQuadrature, type Refusal } from '../quantity.ts';

/** Seconds that a batch of this size takes on one device. */
export interface BatchTime {
  readonly batch: number;
  readonly time: number;
}

/** How long batches take, of any size. */
export interface BatchLaw {
  /** Seconds for a batch of `batch` requests. Rises with the batch. */
  readonly time: (batch: number) => number;
  /** Standard deviation of the logarithm of that time: small at the points that the law was made from, wider away from them. */
  readonly logSd: (batch: number) => number;
  /** What the law was made from, in order of size. */
  readonly points: readonly BatchTime[];
}

/** `fixed + perItem · batch` seconds: what the queueing of batches is solved with. */
export interface LinearBatchLaw {
  readonly fixed: number;
  readonly perItem: number;
}

/**
 * Exponent of the law τ(b)^p = τ₀^p + (αb)^p. With p = 1 fixed and variable work follow each other, with p = ∞ the longer
 * hides the shorter; devices lie between. Chosen on 41 published batch curves of transformers, image and recommendation
 * models with TensorRT, ONNX Runtime and PyTorch on V100, T4, A30, A100, L4 and L40S (266 sizes between the ends, each
 * predicted from the ends alone): median error 10 % at p = 1, 7 % at 1.25, 7 % at 2; of 55 sizes of other models that were
 * left out of the choice, 8 %, 6 % and 8 %.
 */
const OVERLAP = 1.25;

/** The batch whose variable work takes as long as its fixed work where only one time is known; median of the same curves (0.65 to 6.9). */
const USUAL_BALANCE = 3;

/** A published time is itself rounded, and not the same on another day. */
const POINT_LOG_SD = 0.035;
/** How an error grows between and beyond points: as a random walk over the logarithm of the batch, tied down at the points. */
const WALK_LOG_SD = 0.12;
/** Points further apart than this factor have more regimes between them: a kernel for single requests, several for small batches. */
const ONE_REGIME = 128;
/** Below the smallest of several points the fixed work rules, of which the points say little. */
const BELOW_LOG_SD = 0.2;
/** From a single point the balance of fixed and variable work is a guess, in both directions. */
const ALONE_LOG_SD = 0.17;

/** The law through measured times: one is enough, two make it good, each more replaces a guess between two sizes. */
export function batchLaw(times: readonly BatchTime[]): BatchLaw | Refusal {
  if (times.length === 0) return { refused: 'no batch time is known' };
  if (times.some(({ batch, time }) => !(batch > 0) || !(time > 0) || !Number.isFinite(batch) || !Number.isFinite(time))) return { refused: 'batch sizes and times must be above zero' };
  const points = rising(times);
  const [first] = points;
  if (!first) return { refused: 'no batch time is known' };
  if (points.length === 1) return fromOne(first);
  return { points, time: (batch) => timeThrough(points, batch), logSd: (batch) => logSdThrough(points, batch) };
}

function fromOne(point: BatchTime): BatchLaw {
  const shape = (batch: number): number => (1 + (batch / USUAL_BALANCE) ** OVERLAP) ** (1 / OVERLAP);
  return {
    points: [point],
    time: (batch) => (point.time * shape(batch)) / shape(point.batch),
    logSd: (batch) => inQuadrature(POINT_LOG_SD, ALONE_LOG_SD * Math.abs(Math.log(batch / point.batch))),
  };
}

/** One time a size, and none shorter than that of a smaller batch: a shorter one is noise of the measurement. */
function rising(times: readonly BatchTime[]): readonly BatchTime[] {
  const sizes = new Map<number, number[]>();
  for (const { batch, time } of times) sizes.set(batch, [...(sizes.get(batch) ?? []), time]);
  const points: BatchTime[] = [];
  for (const [batch, all] of [...sizes].sort(([a], [b]) => a - b)) {
    const mean = all.reduce((sum, time) => sum + time, 0) / all.length;
    points.push({ batch, time: Math.max(mean, points.at(-1)?.time ?? 0) });
  }
  return points;
}

function timeThrough(points: readonly BatchTime[], batch: number): number {
  const [from, to] = segmentOf(points, batch);
  const between = from.time ** OVERLAP + ((to.time ** OVERLAP - from.time ** OVERLAP) * (batch ** OVERLAP - from.batch ** OVERLAP)) / (to.batch ** OVERLAP - from.batch ** OVERLAP);
  // Half a batch takes at least half as long as the whole: no extrapolation may promise more than proportional work.
  const least = batch < from.batch ? (from.time * batch) / from.batch : 0;
  return Math.max(least, Math.max(0, between) ** (1 / OVERLAP));
}

function logSdThrough(points: readonly BatchTime[], batch: number): number {
  const [from, to] = segmentOf(points, batch);
  if (batch < from.batch) return inQuadrature(POINT_LOG_SD, BELOW_LOG_SD * Math.log(from.batch / batch));
  if (batch > to.batch) return inQuadrature(POINT_LOG_SD, WALK_LOG_SD * Math.sqrt(Math.log(batch / to.batch)));
  const bridge = (Math.log(batch / from.batch) * Math.log(to.batch / batch)) / Math.log(to.batch / from.batch);
  const regimes = Math.max(1, Math.log(to.batch / from.batch) / Math.log(ONE_REGIME)) ** 2;
  return inQuadrature(POINT_LOG_SD, WALK_LOG_SD * regimes * Math.sqrt(Math.max(0, bridge)));
}

/** The two points around a size, or the two nearest to it. */
function segmentOf(points: readonly BatchTime[], batch: number): readonly [BatchTime, BatchTime] {
  const after = points.findIndex((point) => point.batch >= batch);
  const index = after === -1 ? points.length - 1 : Math.max(1, after);
  const to = points[index] as BatchTime;
  return [points[index - 1] ?? to, to];
}

/**
 * The line that has the time of single requests and of the largest batch in common with a law. Where the law bends above
 * it (more than proportional work), all of it is variable.
 */
export function linearised({ time }: BatchLaw, maxBatch: number): LinearBatchLaw {
  if (!(maxBatch > 1)) return { fixed: 0, perItem: time(1) };
  const perItem = (time(maxBatch) - time(1)) / (maxBatch - 1);
  const fixed = time(1) - perItem;
  return fixed < 0 ? { fixed: 0, perItem: time(maxBatch) / maxBatch } : { fixed, perItem };
}
