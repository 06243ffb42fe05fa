import type { Architecture, Component } from '../../model/architecture.ts';
import { exactly, type Quantity } from '../../model/quantity.ts';
import type { Context } from '../rule.ts';
import { objectivesOf } from '../serving/objectives.ts';
import { entriesOf, type Service } from '../serving/services.ts';
import { takesTime, type Latency } from './latency/distribution.ts';
import { pathTime, type PathTime } from './paths.ts';
import { weakest, type Provenance } from './provenance.ts';
import { statesOf, type Side, type States } from './scenarios.ts';
import { sizeFor, type Sizing } from './sizing.ts';
import type { Percentiles } from './station-estimate.ts';
import type { Estimated } from './estimated.ts';
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
  /** Replicas with which it would hold; only where it is not sure to. */
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
    const way = { architecture, stations: byName, states, entry, service, objective: objectives };
    const at = multiples.map((multiple) => pathAt(way, multiple));
    return {
      from: entry.name,
      to: service.name,
      ...(objectives && { objective: objectives }),
      at: at.map(({ path }) => path),
      missing: at[0]?.missing ?? [],
    };
  });
}

/** A percentile of a way at today’s peak, in seconds, without its band: a fraction of the work of a whole estimate. */
export interface Glance {
  readonly seconds: number;
  readonly overloaded: readonly string[];
}

const SHARES = { p50: 0.5, p95: 0.95, p99: 0.99 } as const;

const glances = new WeakMap<readonly Station[], { readonly byName: ReadonlyMap<string, Station>; readonly states: States }>();

/** The middle of what the estimate says of a way; the estimate has the band. */
export function glanceAt(architecture: Architecture, stations: readonly Station[], entry: string, service: string, percentile: keyof typeof SHARES): Glance {
  let shared = glances.get(stations);
  if (!shared) glances.set(stations, (shared = { byName: new Map(stations.map((station) => [station.component.name, station])), states: statesOf() }));
  const { byName, states } = shared;
  const overloaded: string[] = [];
  const timeAt = (component: Component): Latency | undefined => {
    const state = states(byName.get(component.name) ?? { component, kept: 0 }, 1, 0);
    if (state.overload !== undefined) overloaded.push(component.name);
    return state.latency;
  };
  const { latency } = pathTime(architecture, entry, service, timeAt, false);
  return { seconds: overloaded.length > 0 || !takesTime(latency) ? 0 : latency.quantile(SHARES[percentile]), overloaded };
}

interface Way {
  readonly architecture: Architecture;
  readonly stations: ReadonlyMap<string, Station>;
  readonly states: States;
  readonly entry: Component;
  readonly service: Service;
  readonly objective: PathEstimate['objective'];
}

function pathAt({ architecture, stations, states, entry, service, objective }: Way, multiple: number): { path: PathAt; missing: readonly string[] } {
  const passed = new Map<Component, { readonly station: Station | undefined; readonly latency: Latency; readonly withoutWaiting: boolean }>();
  const overloaded: string[] = [];
  const timed = (side: Side) => (component: Component): Latency | undefined => {
    const station = stations.get(component.name);
    const state = states(station ?? { component, kept: 0 }, multiple, side);
    if (side === 0) {
      if (state.overload !== undefined) overloaded.push(component.name);
      if (state.latency) passed.set(component, { station, latency: state.latency, withoutWaiting: state.withoutWaiting === true });
    }
    return state.latency;
  };
  const verdictAnd = (verdict: NonNullable<PathAt['verdict']>): Pick<PathAt, 'verdict' | 'sizing'> => {
    if (!objective) return {};
    if (verdict === 'met') return { verdict };
    const sizing = sizeFor(architecture, stations, { entry: entry.name, service: service.name, percentile: objective.percentile, limit: objective.limit.low }, multiple);
    // Where as many run as would be needed, something else than replicas keeps the verdict open.
    const runs = ({ component, count }: Sizing['replicas'][number]): boolean => count <= (states(stations.get(component) as Station, multiple, 0).replicas ?? 0);
    return { verdict, ...((sizing.obstacle !== undefined || !sizing.replicas.every(runs)) && { sizing }) };
  };
  const middle = pathTime(architecture, entry.name, service.name, timed(0), false);
  // What is overloaded has no time at this traffic, and may well have declared one.
  const missing = middle.missing.filter((name) => !overloaded.includes(name));
  if (overloaded.length > 0) return { path: { multiple, overloaded, ...verdictAnd('missed') }, missing };
  if (!takesTime(middle.latency)) return { path: { multiple, overloaded }, missing };
  const [fast, slow] = [pathTime(architecture, entry.name, service.name, timed(-1), false), pathTime(architecture, entry.name, service.name, timed(1), true)];
  const latency = pathPercentiles({ middle, fast, slow }, [...passed].map(([component, { station, latency: own, withoutWaiting }]) => stageOf(component, own, station, withoutWaiting)));
  return { path: { multiple, latency, overloaded, ...(objective && verdictAnd(verdictOf(latency, objective))) }, missing };
}

/** What one stage adds, and how well that is known. */
interface Stage {
  readonly component: string;
  readonly latency: Latency;
  readonly provenance: Provenance;
  readonly assumptions: readonly string[];
  /** It queues, and nobody says what reaches it or what it takes: its waiting is left out. */
  readonly unloaded: boolean;
}

function stageOf(component: Component, latency: Latency, station: Station | undefined, withoutWaiting: boolean): Stage {
  const unloaded = withoutWaiting || ((station?.replica ?? station?.language) !== undefined && station?.traffic === undefined);
  const queues = station !== undefined && (station.replica ?? station.language) !== undefined && !unloaded;
  const one = queues && station.replicas?.assumed === true;
  return {
    component: component.name,
    latency,
    provenance: weakest(station?.replica?.provenance ?? station?.language?.most.requests.provenance ?? 'measured', (queues && station.traffic?.provenance) || 'measured', one ? 'assumed' : 'measured'),
    assumptions: queues ? [...(station.replica?.assumptions ?? station.language?.assumptions ?? []), ...(station.traffic?.assumptions ?? []), ...(one ? ['one replica'] : [])] : [],
    unloaded,
  };
}

function pathPercentiles({ middle, fast, slow }: { readonly middle: PathTime; readonly fast: PathTime; readonly slow: PathTime }, stages: readonly Stage[]): Percentiles {
  // A stage that is overloaded at the slow end drops out there; what is left is a lower bound of that end.
  const dropped = slow.missing.length > middle.missing.length;
  const open = dropped || middle.missing.length > 0 || stages.some(({ unloaded }) => unloaded);
  const provenance = weakest(...stages.map((stage) => stage.provenance), middle.assumptions.length > 0 ? 'assumed' : 'measured');
  const assumptions = [...new Set([...stages.flatMap((stage) => stage.assumptions), ...middle.assumptions, ...(stages.some(({ unloaded }) => unloaded) ? ['no waiting, since the traffic or the replicas are not known'] : [])])];
  const at = (p: number, name: string): Estimated => {
    const time = middle.latency.quantile(p);
    const ends = [time, fast.latency.quantile(p), ...(dropped ? [] : [slow.latency.quantile(p)])];
    return {
      value: time,
      low: Math.min(...ends),
      high: Math.max(...ends),
      unit: 's',
      provenance,
      ...(open ? { bound: 'at least' as const } : {}),
      formula: 'stages one after the other: independent of each other at the one end, slow at the same moments at the other',
      inputs: stages.flatMap(({ component, latency }) => (takesTime(latency) ? [{ component, property: name, value: exactly(latency.quantile(p), 's') }] : [])),
      assumptions,
    };
  };
  return { p50: at(0.5, 'p50'), p95: at(0.95, 'p95'), p99: at(0.99, 'p99') };
}

function verdictOf(latency: Percentiles, { percentile, limit }: NonNullable<PathEstimate['objective']>): NonNullable<PathAt['verdict']> {
  const figure = latency[percentile];
  if (figure.low > limit.high) return 'missed';
  return figure.high <= limit.low && figure.bound === undefined ? 'met' : 'open';
}

