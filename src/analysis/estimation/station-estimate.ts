import type { Latency } from './latency/distribution.ts';
import { weakest, type Provenance } from './provenance.ts';
import type { Banded } from './quantity.ts';
import { atLeast, estimated, quotient, scaledEstimate, type Estimated } from './estimated.ts';
import type { Input } from './replica.ts';
import type { RetryLoad } from './retry-load.ts';
import type { States } from './scenarios.ts';
import { lossesOf, replicasAtKnee, type Loss } from './sizing.ts';
import type { State } from './station-state.ts';
import type { Station } from './stations.ts';

export interface StationEstimate {
  readonly component: string;
  readonly kind: string;
  readonly traffic?: Estimated;
  readonly capacity?: Estimated;
  /** Multiple of today’s peak at which it is full. */
  readonly breaksAt?: Estimated;
  /** Whether it still takes today’s peak when a replica or a zone is lost. */
  readonly losses: readonly Loss[];
  /** What calls that are sent again after a timeout add at today’s peak; the other figures leave it out. Computed when somebody asks. */
  readonly retries?: RetryLoad | undefined;
  readonly at: readonly StationAt[];
}

export interface StationAt {
  readonly multiple: number;
  readonly rate: Estimated;
  readonly replicas?: number;
  readonly utilisation?: Estimated;
  /** Share of the traffic that it can take; only where it cannot take all of it. */
  readonly takes?: number;
  readonly latency?: Percentiles;
  /** Of a language model of its own: seconds to the first token, and from each to the next. */
  readonly firstToken?: Estimated;
  readonly perToken?: Estimated;
  readonly nearlyFull?: true;
  /** Replicas that keep it at or below the knee, where waiting still grows slowly. */
  readonly needed?: number;
}

export interface Percentiles {
  readonly p50: Estimated;
  readonly p95: Estimated;
  readonly p99: Estimated;
}

/** @param zones Availability zones that it spans. */
export function stationEstimate(station: Station, states: States, zones: number | undefined, multiples: readonly number[]): StationEstimate {
  const { component, traffic, capacity } = station;
  const rate = traffic && estimated(traffic.value, traffic.sigma, 'req/s', traffic.provenance, 'peaks of the consumers × calls for each request on the way', traffic.inputs, traffic.assumptions, traffic.divided ? 'at most' : traffic.unknown.length > 0 ? 'at least' : undefined);
  const takes = capacity && atLeast(capacity.atLeastRate, estimated(capacity.value, capacity.sigma, 'req/s', capacity.provenance, capacity.formula, capacity.inputs, capacity.assumptions, capacity.atLeast === true ? 'at least' : undefined));
  const breaksAt = rate && takes && quotient(takes, rate, '1', 'capacity / traffic at the peak');
  return {
    component: component.name,
    kind: component.kind,
    ...(rate && { traffic: rate }),
    ...(takes && { capacity: takes }),
    ...(breaksAt && { breaksAt }),
    losses: lossesOf(station, zones, 1),
    at: traffic ? multiples.map((multiple) => stationAt(station, states, rate as Estimated, multiple)) : [],
  };
}

function stationAt(station: Station, states: States, traffic: Estimated, multiple: number): StationAt {
  const { replica, capacity } = station;
  const rate = scaledEstimate(traffic, multiple);
  const state = states(station, multiple, 0);
  const sigma = capacity ? Math.hypot(station.traffic?.sigma ?? 0, capacity.sigma) : 0;
  const provenance = weakest(traffic.provenance, capacity?.provenance ?? 'measured');
  const inputs = [...traffic.inputs, ...(capacity?.inputs ?? [])];
  const assumptions = [...traffic.assumptions, ...(capacity?.assumptions ?? [])];
  const ofModel = (figure: Banded, formula: string): Estimated => ({ ...figure, formula, inputs, assumptions });
  const bound = boundOfShare(traffic.bound, capacity?.atLeast === true ? 'at least' : undefined);
  return {
    multiple,
    rate,
    ...(state.replicas !== undefined && { replicas: state.replicas }),
    ...(state.utilisation !== undefined && bound !== 'unknown' && { utilisation: estimated(state.utilisation, sigma, '1', provenance, 'traffic / what its running replicas take', inputs, assumptions, bound) }),
    ...(state.overload !== undefined && { takes: state.overload }),
    ...(state.latency && { latency: percentiles(state.latency, [states(station, multiple, -1), states(station, multiple, 1)], replica?.provenance ?? station.language?.most.requests.provenance ?? 'measured', 'waiting in the queue + service time', inputs, assumptions) }),
    ...(state.firstToken && { firstToken: ofModel(state.firstToken, 'time of the prompt + waiting for other prompts') }),
    ...(state.perToken && { perToken: ofModel(state.perToken, 'time of a step with so many sequences at work') }),
    ...(state.nearlyFull && { nearlyFull: true as const }),
    ...((replica ?? station.language) && { needed: replicasAtKnee(station, rate.value) }),
  };
}

/** A bound of the divisor is the opposite one of the quotient; two that point in different directions leave nothing. */
function boundOfShare(traffic: Estimated['bound'], capacity: Estimated['bound']): Estimated['bound'] | 'unknown' {
  if (capacity === undefined) return traffic;
  return traffic === undefined || traffic === 'at most' ? 'at most' : 'unknown';
}

function percentiles(latency: Latency, ends: readonly State[], provenance: Provenance, formula: string, inputs: readonly Input[], assumptions: readonly string[]): Percentiles {
  const [fast, slow] = ends;
  const at = (p: number): Estimated => {
    const time = latency.quantile(p);
    const open = !slow?.latency || slow.withoutWaiting === true;
    return {
      value: time,
      low: Math.min(time, fast?.latency?.quantile(p) ?? time),
      high: Math.max(time, slow?.latency?.quantile(p) ?? time),
      unit: 's',
      provenance,
      ...(open ? { bound: 'at least' as const } : {}),
      formula,
      inputs,
      assumptions,
    };
  };
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

