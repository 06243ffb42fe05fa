import type { Station } from '../queueing/station.ts';
import { gammaTimes, randomOf } from './random.ts';
import { sampleOf, type Sample } from './sample.ts';

export interface Run {
  /** Requests that are measured; a tenth of them goes before, so that the station has filled. */
  readonly requests: number;
  readonly seed: number;
}

/** Times in a G/G/c station with gamma laws, first come first served. */
export function simulateStation({ arrivalRate, serviceTime, servers, arrivalScv, serviceScv }: Station, { requests, seed }: Run): Sample {
  const random = randomOf(seed);
  const gap = gammaTimes(random, 1 / arrivalRate, arrivalScv);
  const service = gammaTimes(random, serviceTime, serviceScv);
  const free = new Float64Array(servers);
  const times = new Float64Array(requests);
  const before = Math.ceil(requests / 10);
  let now = 0;
  for (let index = -before; index < requests; index++) {
    now += gap();
    const done = Math.max(now, free[0] ?? 0) + service();
    if (index >= 0) times[index] = done - now;
    replaceLeast(free, done);
  }
  return sampleOf(times);
}

/** Puts a number into the place of the least of a heap. */
export function replaceLeast(heap: Float64Array, value: number): void {
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && (heap[child + 1] ?? 0) < (heap[child] ?? 0)) child++;
    const least = heap[child] ?? 0;
    if (least >= value) break;
    heap[at] = least;
    at = child;
  }
  heap[at] = value;
}
