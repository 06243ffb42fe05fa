import type { Architecture, Component } from '../../model/architecture.ts';
import type { Quantity } from '../../model/quantity.ts';
import type { Context } from '../rule.ts';
import { objectivesOf } from '../serving/objectives.ts';
import { entriesOf, type Service } from '../serving/services.ts';
import type { Latency } from './latency/distribution.ts';
import { pathTime, type PathTime } from './paths.ts';
import type { Side, States } from './scenarios.ts';
import { sizeFor, type Sizing } from './sizing.ts';
import type { Percentiles } from './station-estimate.ts';
import type { Estimated } from './estimated.ts';
import { stateOf } from './station-state.ts';
import type { Station } from './stations.ts';

export interface PathEstimate {
  readonly from: string;
  readonly to: string;
  readonly objective?: { readonly percentile: 'p50' | 'p95' | 'p99'; readonly limit: Quantity; readonly holder: string };
  readonly at: readonly PathAt[];
  /** Components on the way of which no time is known; the latencies are then lower bounds. */
  readonly missing: readonly string[];
}

export interface PathAt {
  readonly multiple: number;
  readonly latency?: Percentiles;
  /** Stations on the way that cannot take the traffic. */
  readonly overloaded: readonly string[];
  /** Whether the objective holds: over the whole band, over none of it, or over part of it. */
  readonly verdict?: 'met' | 'missed' | 'open';
  /** Replicas with which it holds. */
  readonly sizing?: Sizing;
}

/** Ways of requests: from each consumer to each service that it meets first, and those that a service promises for itself. */
function waysOf(architecture: Architecture): { entry: Component; service: Service; objectives: PathEstimate['objective'] }[] {
  const objectives = objectivesOf(architecture);
  const promised = (entry: Component, service: Service): PathEstimate['objective'] => {
    const found = objectives.find((objective) => objective.entry === entry && objective.service === service) ?? objectives.find((objective) => objective.entry === service && objective.service === service);
    return found && { percentile: found.percentile, limit: found.limit, holder: found.holder.name };
  };
  const met = entriesOf(architecture).map(({ consumer, service }) => ({ entry: consumer as Component, service, objectives: promised(consumer, service) }));
  const reached = new Set(met.map(({ service }) => service.name));
  const alone = objectives.filter(({ entry, service }) => entry === service && !reached.has(service.name)).map(({ service }) => ({ entry: service as Component, service, objectives: promised(service, service) }));
  return [...met, ...alone];
}

/** Every way of a request, at each multiple of today’s peak. */
export function pathEstimates({ architecture }: Context, stations: readonly Station[], states: States, multiples: readonly number[]): PathEstimate[] {
  const byName = new Map(stations.map((station) => [station.component.name, station]));
  return waysOf(architecture).map(({ entry, service, objectives }) => {
    const at = multiples.map((multiple) => pathAt(architecture, byName, states, entry, service, multiple, objectives));
    return {
      from: entry.name,
      to: service.name,
      ...(objectives && { objective: objectives }),
      at: at.map(({ path }) => path),
      missing: at[0]?.missing ?? [],
    };
  });
}

function pathAt(architecture: Architecture, stations: ReadonlyMap<string, Station>, states: States, entry: Component, service: Service, multiple: number, objective: PathEstimate['objective']): { path: PathAt; missing: readonly string[] } {
  const overloaded = new Set<string>();
  const timed = (side: Side) => (component: Component): Latency | undefined => {
    const station = stations.get(component.name);
    const state = station ? states(station, multiple, side) : stateOf({ component, kept: 0 }, 0);
    if (side === 0 && state.overload !== undefined) overloaded.add(component.name);
    return state.latency;
  };
  const sizing = objective && sizeFor(architecture, stations, { entry: entry.name, service: service.name, percentile: objective.percentile, limit: objective.limit.low }, multiple);
  const sized = sizing && (sizing.replicas.length > 0 || sizing.obstacle !== undefined) ? { sizing } : {};
  const middle = pathTime(architecture, entry.name, service.name, timed(0), false);
  if (overloaded.size > 0) return { path: { multiple, overloaded: [...overloaded], ...(objective && { verdict: 'missed' as const }), ...sized }, missing: middle.missing };
  if (middle.latency.mean <= 0) return { path: { multiple, overloaded: [] }, missing: middle.missing };
  const [fast, slow] = [pathTime(architecture, entry.name, service.name, timed(-1), false), pathTime(architecture, entry.name, service.name, timed(1), true)];
  const latency = pathPercentiles(middle, fast, slow);
  return { path: { multiple, latency, overloaded: [], ...(objective && { verdict: verdictOf(latency, objective, middle.missing.length > 0) }), ...sized }, missing: middle.missing };
}

function pathPercentiles(middle: PathTime, fast: PathTime, slow: PathTime): Percentiles {
  // Where a station is overloaded at the slow end it drops out there; what is left is a lower bound of that end.
  const open = slow.missing.length > middle.missing.length || middle.missing.length > 0;
  const at = (p: number): Estimated => {
    const time = middle.latency.quantile(p);
    return {
      value: time,
      low: Math.min(time, fast.latency.quantile(p)),
      high: Math.max(time, slow.latency.quantile(p)),
      unit: 's',
      provenance: 'measured',
      ...(open ? { bound: 'at least' as const } : {}),
      formula: 'stages added up: independent of each other at the lower end, slow at the same moments at the upper end',
      inputs: [],
      assumptions: [],
    };
  };
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

function verdictOf(latency: Percentiles, { percentile, limit }: NonNullable<PathEstimate['objective']>, partial: boolean): PathAt['verdict'] {
  const figure = latency[percentile];
  if (figure.low > limit.high) return 'missed';
  return figure.high <= limit.low && !partial && figure.bound === undefined ? 'met' : 'open';
}

