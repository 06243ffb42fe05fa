/** Where requests are served in groups: a group of b takes `fixed + perItem · b` seconds. Arrivals are Poisson. */
export interface BatchingStation {
  /** Requests per second, over all replicas. */
  readonly arrivalRate: number;
  /** Seconds that a group of any size takes. */
  readonly fixed: number;
  /** Seconds that each request adds. */
  readonly perItem: number;
  /** Variance of the time of a group over its squared mean; constant where it is left out. */
  readonly serviceScv?: number;
  /** Most requests in a group; may be infinite. */
  readonly maxBatch: number;
  /** Longest wait of a request for others, where an instance is free, in seconds. */
  readonly delay?: number;
  /** Groups at work at once on one accelerator: what is fixed overlaps, what each request adds does not. */
  readonly instances?: number;
  /** Accelerators. */
  readonly replicas?: number;
  /** One line for all accelerators, or one at each with requests spread at random. */
  readonly topology?: 'central' | 'replica';
}

/** Requests per second that it takes at most, with groups that are full. */
export function batchingCapacity({ fixed, perItem, maxBatch, instances = 1, replicas = 1 }: Pick<BatchingStation, 'fixed' | 'perItem' | 'maxBatch' | 'instances' | 'replicas'>): number {
  const each = maxBatch === Infinity ? 1 / perItem : maxBatch / (fixed + perItem * maxBatch);
  return replicas * Math.min(instances * each, 1 / perItem);
}

/** The size that groups come to by themselves: what arrives while one is served. Infinite where they never keep up. */
export const neededBatch = (arrivalRate: number, fixed: number, perItem: number): number => (arrivalRate * perItem < 1 ? Math.max(1, (arrivalRate * fixed) / (1 - arrivalRate * perItem)) : Infinity);

/**
 * Upper bound of the mean time in one server with groups of any size that takes what there is: at most 6 % above the exact
 * mean. Inoue, Queueing analysis of GPU-based inference servers with dynamic batching, Performance Evaluation 147 (2021).
 */
export function inoueBound({ arrivalRate, fixed, perItem }: Pick<BatchingStation, 'arrivalRate' | 'fixed' | 'perItem'>): number {
  const rho = arrivalRate * perItem;
  if (!(rho < 1)) return Infinity;
  const light = ((perItem + fixed) / (2 * (1 - rho))) * (1 + 2 * arrivalRate * fixed + (1 - arrivalRate * fixed) / (1 + rho));
  const heavy = (3 * fixed) / (2 * (1 - rho)) + ((perItem / 2) * (rho + 2)) / (1 - rho ** 2);
  return Math.min(light, heavy);
}
