import type { BatchingStation } from '../queueing/batching-capacity.ts';
import { gammaTimes, randomOf } from './random.ts';
import { sampleOf, type Sample } from './sample.ts';
import type { Run } from './station.ts';

export interface BatchingSample extends Sample {
  readonly meanBatch: number;
  /** Share of the time that an instance works. */
  readonly busy: number;
}

/**
 * Times where requests are served in groups: whenever an instance is free and the group is full or its oldest request has
 * waited long enough, an instance takes what there is. Instances of one accelerator prepare side by side and compute one after the other.
 */
export function simulateBatching(station: BatchingStation, { requests, seed }: Run): BatchingSample {
  const { fixed, perItem, serviceScv = 0, maxBatch, delay = 0, instances = 1, replicas = 1, topology = 'replica' } = station;
  const random = randomOf(seed);
  // Requests are spread at random, so one replica with a line of its own stands for all.
  const accelerators = topology === 'central' ? replicas : 1;
  const gap = gammaTimes(random, replicas / accelerators / station.arrivalRate, 1);
  const spread = gammaTimes(random, 1, serviceScv);
  const before = Math.ceil(requests / 10);
  const arrivals = new Float64Array(before + requests);
  for (let index = 0, now = 0; index < arrivals.length; index++) arrivals[index] = now += gap();
  const at = (index: number): number => arrivals[index] ?? Infinity;
  // When each instance is free next; the one that was free first takes the next group.
  const free = new Float64Array(accelerators * instances);
  const owner = Int32Array.from(free, (_, index) => index % accelerators);
  const computing = new Float64Array(accelerators);
  const times = new Float64Array(requests);
  let [head, groups, work] = [0, 0, 0];
  while (head < arrivals.length) {
    const full = Number.isFinite(maxBatch) ? at(head + maxBatch - 1) : Infinity;
    const [slot, when] = firstFree(free);
    const start = Math.max(when, Math.min(full, at(head) + delay));
    let next = head + 1;
    while (next < arrivals.length && next - head < maxBatch && at(next) <= start) next++;
    const size = next - head;
    const factor = spread();
    const accelerator = owner[slot] ?? 0;
    const done = Math.max(start + fixed * factor, instances > 1 ? (computing[accelerator] ?? 0) : 0) + perItem * size * factor;
    computing[accelerator] = done;
    free[slot] = done;
    for (let index = head; index < next; index++) if (index >= before) times[index - before] = done - at(index);
    groups++;
    work += done - start;
    head = next;
  }
  const end = at(arrivals.length - 1);
  return { ...sampleOf(times), meanBatch: arrivals.length / groups, busy: work / end / free.length };
}

function firstFree(free: Float64Array): readonly [number, number] {
  let [slot, least] = [0, free[0] ?? 0];
  for (let index = 1; index < free.length; index++) {
    const when = free[index] ?? 0;
    if (when < least) [slot, least] = [index, when];
  }
  return [slot, least];
}
