import { withCumulants } from './latency/compose.ts';
import type { Latency } from './latency/distribution.ts';
import { batchingCapacity, type BatchingStation } from './queueing/batching-capacity.ts';
import { respondInBatches } from './queueing/batching.ts';
import type { Replica } from './replica.ts';

type BatchingReplica = Pick<Replica, 'fixed' | 'perItem' | 'scv' | 'streams'> & Required<Pick<Replica, 'batching'>>;

/**
 * The time in replicas that group requests as they come; undefined where they do not keep up. A group is taken to vary as
 * much as a request alone: what a longer request adds to a group is in the time of the group that was declared or measured.
 *
 * @param rate Requests per second that reach all replicas.
 * @param count Replicas.
 */
export function batchedResponse(replica: BatchingReplica, rate: number, count: number): Latency | undefined {
  const station = batchingStationOf(replica, rate, count);
  const key = Object.values(station).join(' ');
  const known = responses.get(key);
  if (known) return known;
  const solved = respondInBatches(station);
  if ('saturated' in solved) return undefined;
  const response = Number.isFinite(solved.quantile(0.5)) ? solved : alone(station);
  if (responses.size >= MOST_RESPONSES) responses.clear();
  responses.set(key, response);
  return response;
}

/** After a keystroke most stations are as they were. */
const responses = new Map<string, Latency>();
const MOST_RESPONSES = 1000;

/** A request that waits for others in vain: what is left where the scales of waiting and work are too far apart to be solved together. */
function alone({ fixed, perItem, delay, serviceScv }: Required<BatchingStation>): Latency {
  const time = fixed + perItem;
  return withCumulants(delay + time, serviceScv * time ** 2, 2 * serviceScv ** 2 * time ** 3);
}

/** Whole replicas with whole streams and groups, as busy as those given: a range of two to three streams has 2.5 in its middle. */
export function batchingStationOf({ fixed, perItem, scv, streams, batching }: BatchingReplica, rate: number, count: number): Required<BatchingStation> {
  const given = { fixed, perItem, maxBatch: batching.max, instances: streams, replicas: count };
  const whole = { ...given, maxBatch: wholeOf(batching.max), instances: wholeOf(streams), replicas: wholeOf(count) };
  const capacity = batchingCapacity(whole);
  const busier = capacity / batchingCapacity(given);
  return { ...whole, arrivalRate: Math.max(rate * busier, capacity * IDLE), serviceScv: scv, delay: batching.delay, topology: batching.topology };
}

/** Below this busy share requests do not meet; less would only lose digits. */
const IDLE = 1e-6;

const wholeOf = (number: number): number => Math.max(1, Math.round(number));
