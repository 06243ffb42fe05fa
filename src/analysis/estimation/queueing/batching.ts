import type { Latency } from '../latency/distribution.ts';
import { batchingCapacity, type BatchingStation } from './batching-capacity.ts';
import { gatheringOf } from './batching-chain.ts';
import { batchLatency } from './batching-latency.ts';
import { NEAR_SATURATION, type Saturated } from './station.ts';

export interface BatchingResponse extends Latency {
  /** Arrivals over capacity, below one. */
  readonly utilisation: number;
  /** Requests in a group on average. */
  readonly meanBatch: number;
  /** Share of the time that an instance works. */
  readonly busyFraction: number;
  readonly nearSaturation: boolean;
}

/**
 * The time of a request where requests are served in groups. Exact for one instance that takes what there is, in times that do
 * not vary: the chain of how many wait when a group begins, and the law of a request given that. Several instances are one
 * that begins groups as often as all of them.
 */
export function respondInBatches(station: BatchingStation): BatchingResponse | Saturated {
  const utilisation = station.arrivalRate / batchingCapacity(station);
  if (!(utilisation < 1)) return { saturated: true, utilisation, multiple: 1 / utilisation };
  const gathering = gatheringOf(station);
  const { meanBatch, busyFraction } = gathering;
  return { utilisation, meanBatch, busyFraction, nearSaturation: utilisation > NEAR_SATURATION, ...batchLatency(gathering) };
}
