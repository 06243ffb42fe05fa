import type { Context } from '../rule.ts';
import { batchedResponse, batchingStationOf } from './batched.ts';
import { respond } from './queueing/station.ts';
import { capacityOfReplica, timeAlone } from './replica.ts';
import { simulateBatching } from './simulation/batching.ts';
import type { Sample } from './simulation/sample.ts';
import { simulateStation } from './simulation/station.ts';
import { running, stationsOf, type Station } from './stations.ts';

/** A station at today’s peak by its closed form and by simulation: seconds. */
export interface Compared {
  readonly component: string;
  readonly utilisation: number;
  readonly percentile: 'p50' | 'p95' | 'p99';
  readonly closedForm: number;
  readonly simulated: number;
}

const PERCENTILES = { p50: 0.5, p95: 0.95, p99: 0.99 } as const;

/** Enough for a 99th percentile that is off by about 2 % at 80 % busy. */
const REQUESTS = 400_000;

/**
 * Simulates every station whose times are declared, with the same laws that the closed forms take. It shows what the
 * approximations of the queue cost and nothing of whether the declared times are right. Takes up to a second a station.
 */
export function compareWithSimulation(context: Context, requests = REQUESTS, seed = 1): Compared[] {
  return stationsOf(context).flatMap((station) => compared(station, requests, seed));
}

function compared(station: Station, requests: number, seed: number): Compared[] {
  const { component, traffic, replica, replicas, kept, arrivalScv = 1 } = station;
  if (!traffic || !replica?.timed || !replicas) return [];
  const rate = traffic.value * (1 - kept);
  const each = capacityOfReplica(replica);
  const count = running(replicas, rate, each);
  const utilisation = rate / (count * each);
  if (!(rate > 0) || utilisation >= 0.95) return [];
  const { batching } = replica;
  const servers = Math.max(1, Math.round(count * replica.streams));
  const queue = { arrivalRate: rate, serviceTime: (timeAlone(replica) * servers) / (count * replica.streams), servers, arrivalScv, serviceScv: replica.scv };
  const closed = batching ? batchedResponse({ ...replica, batching }, rate, count) : respond(queue);
  const sample: Sample = batching ? simulateBatching(batchingStationOf({ ...replica, batching }, rate, count), { requests, seed }) : simulateStation(queue, { requests, seed });
  if (!closed || 'saturated' in closed) return [];
  return (['p50', 'p95', 'p99'] as const).map((percentile) => ({ component: component.name, utilisation, percentile, closedForm: closed.quantile(PERCENTILES[percentile]), simulated: sample.quantile(PERCENTILES[percentile]) }));
}
