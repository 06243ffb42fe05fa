import { value } from '../../model/statements.ts';
import type { Service } from '../serving/services.ts';
import { stretched, throughPercentiles, USUAL_SPREAD, type Latency } from './latency/distribution.ts';
import { declaredTime, percentilesOf } from './paths.ts';
import { batchedResponse } from './batched.ts';
import { respond } from './queueing/station.ts';
import { capacityOfReplica, type Replica } from './replica.ts';
import { languageLatency } from './language-service.ts';
import type { Banded } from './quantity.ts';
import { eachOf, running, type Station } from './stations.ts';

/** A station at some traffic. */
export interface State {
  /** Requests per second that reach it. */
  readonly rate: number;
  /** Replicas that run. */
  readonly replicas?: number;
  /** Busy share; above one it is overloaded. */
  readonly utilisation?: number;
  /** Share of the rate that it can take, where it cannot take it all. */
  readonly overload?: number;
  /** Undefined where it is overloaded, or where nothing says how long it takes. */
  readonly latency?: Latency;
  /** So close to full that nothing can be said of its latency but that it is at least this. */
  readonly nearlyFull: boolean;
  /** Its waiting is left out, since nobody says enough to reckon it: the latency is a lower bound. */
  readonly withoutWaiting?: true;
  /** Of a language model: seconds to the first token, and from each to the next. */
  readonly firstToken?: Banded;
  readonly perToken?: Banded;
}

/** Above this share a small error of the traffic is a large one of the waiting time. */
export const NEARLY_FULL = 0.95;

/** What is tried: other times than declared, or another number of replicas than would run. */
export interface Trial {
  /** What all times are multiplied by. */
  readonly slowness?: number;
  readonly replicas?: number;
}

/** @param rate Requests per second. */
export function stateOf(station: Station, rate: number, trial: Trial = {}): State {
  const { component, capacity, replica, replicas } = station;
  const { slowness = 1 } = trial;
  if (component.kind === 'service' && (replica ?? station.language) && replicas) return serviceState(station, rate, trial);
  const utilisation = capacity && !capacity.atLeast ? (rate / capacity.value) * slowness : undefined;
  const own = declaredTime(component);
  const full = utilisation !== undefined && utilisation >= 1;
  return {
    rate,
    ...(utilisation !== undefined && { utilisation }),
    ...(full && { overload: 1 / utilisation }),
    ...(own && !full && { latency: slowness === 1 ? own : stretched(own, slowness) }),
    nearlyFull: utilisation !== undefined && utilisation >= NEARLY_FULL,
  };
}

/** Of a log-normal law with the usual spread. */
const MEAN_OVER_MEDIAN = Math.exp(USUAL_SPREAD ** 2 / 2);

function serviceState(station: Station, rate: number, { slowness = 1, replicas: tried }: Trial): State {
  const { replica, replicas, language, capacity, kept } = station as Station & Required<Pick<Station, 'replicas'>>;
  const each = (eachOf(station) ?? Number.POSITIVE_INFINITY) / slowness;
  const worked = rate * (1 - kept);
  const count = tried ?? running(replicas, worked, each);
  const share = 1 - kept;
  // A quota bounds it where the replicas do not; a test shows where they take more than is reckoned.
  const byReplicas = count * each;
  const reached = capacity?.atLeast === true ? Math.max(byReplicas, capacity.value * share) : tried === undefined && capacity ? Math.min(byReplicas, (capacity.value * share) / slowness) : byReplicas;
  const utilisation = worked / reached;
  const base = { rate, replicas: count, utilisation };
  // Where only the least that it takes is known, nobody can say that it is overloaded.
  const least = tried === undefined && (replica?.least === true || replicas.assumed);
  if (utilisation >= 1 && !least) return { ...base, overload: 1 / utilisation, nearlyFull: true };
  if (utilisation >= 1) {
    const alone = replica?.timed === true ? queueTime(replica, 0, count, slowness) : undefined;
    return { ...base, ...(alone && { latency: alone }), nearlyFull: true, withoutWaiting: true };
  }
  const nearlyFull = utilisation >= NEARLY_FULL;
  // The waiting of a station that is nearly full is told at the most that can be told.
  const told = Math.min(utilisation, NEARLY_FULL) * byReplicas;
  if (language) {
    const written = languageLatency(language, told / count);
    // How answers differ in length is not declared; they are taken to vary as latencies usually do.
    const whole = written && throughPercentiles({ p50: written.whole.value / MEAN_OVER_MEDIAN });
    return { ...base, ...(whole && { latency: stretched(whole, slowness) }), ...(written && { firstToken: written.firstToken, perToken: written.perToken }), nearlyFull: nearlyFull || !written };
  }
  const queued = replica?.timed === true ? queueTime(replica, told, count, slowness, station.arrivalScv) : undefined;
  const latency = anchored(station, queued, rate, slowness) ?? queued;
  return { ...base, ...(latency && { latency }), nearlyFull };
}

function queueTime(replica: Replica, rate: number, count: number, slowness: number, arrivalScv = 1): Latency | undefined {
  const { fixed, perItem, scv, streams, batching } = replica;
  if (batching) return batchedResponse({ fixed: fixed * slowness, perItem: perItem * slowness, scv, streams, batching }, rate, count);
  const servers = Math.max(1, Math.round(count * streams));
  const response = respond({ arrivalRate: rate, serviceTime: ((fixed + perItem) * slowness * servers) / (count * streams), servers, arrivalScv, serviceScv: scv });
  return 'saturated' in response ? undefined : response;
}

/**
 * The percentiles of a load test, moved to another traffic as the model moves. What was measured says more of the whole
 * than what is reckoned from its parts; the model says only how it changes.
 */
function anchored(station: Station, queued: Latency | undefined, rate: number, slowness: number): Latency | undefined {
  const service = station.component as Service;
  const test = value(service, 'load_test');
  if (!test || test.kind === 'single_request') return undefined;
  const measured = throughPercentiles(percentilesOf(test));
  const at = test.at && (test.at.low + test.at.high) / 2;
  if (!measured || at === undefined) return undefined;
  const { replica, replicas } = station as Station & Required<Pick<Station, 'replica' | 'replicas'>>;
  if (!queued) return rate <= at ? stretched(measured, slowness) : undefined;
  const each = capacityOfReplica(replica);
  const worked = at * (1 - station.kept);
  const count = running(replicas, worked, each);
  const then = worked < count * each * NEARLY_FULL ? queueTime(replica, worked, count, 1, station.arrivalScv) : undefined;
  if (!then) return rate <= at ? stretched(measured, slowness) : undefined;
  return scaledBy(measured, queued, then);
}

function scaledBy(measured: Latency, now: Latency, then: Latency): Latency {
  const factor = now.quantile(0.95) / then.quantile(0.95);
  return stretched(measured, factor);
}
