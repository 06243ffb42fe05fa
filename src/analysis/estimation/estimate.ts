import type { Architecture, Component } from '../../model/architecture.ts';
import { exactly, type Quantity } from '../../model/quantity.ts';
import { value } from '../../model/statements.ts';
import type { Context } from '../rule.ts';
import { headroomOf } from '../serving/load.ts';
import { objectivesOf } from '../serving/objectives.ts';
import { entriesOf, type Consumer, type Service } from '../serving/services.ts';
import { BAND_SCORE, bandOf, type Estimated } from './estimated.ts';
import type { Latency } from './latency/distribution.ts';
import { pathTime, type PathTime } from './paths.ts';
import { weakest, type Provenance } from './provenance.ts';
import type { Input } from './replica.ts';
import { stateOf, type State } from './station-state.ts';
import { stationsOf, type Station } from './stations.ts';

/** What a system can take, how fast it answers and what breaks first, at several multiples of today’s traffic. */
export interface Estimation {
  readonly system: string;
  readonly file: string;
  /** Multiples of today’s peak. */
  readonly multiples: readonly number[];
  readonly stations: readonly StationEstimate[];
  readonly paths: readonly PathEstimate[];
  /** The station that is full first, and at which multiple of today’s peak. */
  readonly bottleneck?: { readonly component: string; readonly multiple: Estimated };
  readonly missing: readonly Missing[];
}

export interface StationEstimate {
  readonly component: string;
  readonly kind: string;
  readonly traffic?: Estimated;
  readonly capacity?: Estimated;
  /** Multiple of today’s peak at which it is full. */
  readonly breaksAt?: Estimated;
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
  readonly nearlyFull?: true;
}

export interface Percentiles {
  readonly p50: Estimated;
  readonly p95: Estimated;
  readonly p99: Estimated;
}

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
  readonly verdict?: 'met' | 'missed' | 'open';
}

/** An input without which something cannot be said. */
export interface Missing {
  readonly component: string;
  readonly property: string;
  readonly needed: string;
}

export const USUAL_MULTIPLES: readonly number[] = [1, 5, 10];

/** Estimates a system at multiples of today’s peak; it does no input or output and does not fail. */
export function estimate(context: Context, multiples: readonly number[] = USUAL_MULTIPLES): Estimation {
  const { architecture } = context;
  const stations = stationsOf(context);
  const estimates = stations.map((station) => stationEstimate(architecture, station, multiples));
  const paths = pathsOf(context, stations, multiples);
  const bottleneck = firstToBreak(estimates);
  return {
    system: architecture.system.name,
    file: architecture.system.span.file,
    multiples,
    stations: estimates,
    paths,
    ...(bottleneck && { bottleneck }),
    missing: missingOf(context, stations, paths),
  };
}

function firstToBreak(stations: readonly StationEstimate[]): Estimation['bottleneck'] {
  const limited = stations.filter((station) => station.breaksAt && station.breaksAt.bound !== 'at least');
  const first = limited.reduce<StationEstimate | undefined>((a, b) => (a?.breaksAt && b.breaksAt && a.breaksAt.value <= b.breaksAt.value ? a : b), undefined);
  return first?.breaksAt && { component: first.component, multiple: first.breaksAt };
}

function stationEstimate(architecture: Architecture, station: Station, multiples: readonly number[]): StationEstimate {
  const { component, traffic, capacity } = station;
  const rate = traffic && estimated(traffic.value, traffic.sigma, 'req/s', traffic.provenance, 'peaks of the consumers × calls for each request on the way', traffic.inputs, traffic.assumptions, traffic.divided ? 'at most' : traffic.unknown.length > 0 ? 'at least' : undefined);
  const takes = capacity && estimated(capacity.value, capacity.sigma, 'req/s', capacity.provenance, capacity.formula, capacity.inputs, capacity.assumptions, capacity.atLeast === true ? 'at least' : undefined);
  const breaksAt = rate && takes && quotient(takes, rate, '1', 'capacity / traffic at the peak');
  return {
    component: component.name,
    kind: component.kind,
    ...(rate && { traffic: rate }),
    ...(takes && { capacity: takes }),
    ...(breaksAt && { breaksAt }),
    at: traffic ? multiples.map((multiple) => stationAt(architecture, station, rate as Estimated, multiple)) : [],
  };
}

function stationAt(architecture: Architecture, station: Station, traffic: Estimated, multiple: number): StationAt {
  const { replica, capacity } = station;
  const rate = scaledEstimate(traffic, multiple);
  const state = stateOf(architecture, station, rate.value);
  const sigma = capacity ? Math.hypot(station.traffic?.sigma ?? 0, capacity.sigma) : 0;
  const provenance = weakest(traffic.provenance, capacity?.provenance ?? 'measured');
  const inputs = [...traffic.inputs, ...(capacity?.inputs ?? [])];
  const assumptions = [...traffic.assumptions, ...(capacity?.assumptions ?? [])];
  const ends = scenarios(station, rate.value).map((scenario) => stateOf(architecture, station, scenario.rate, scenario.slowness));
  return {
    multiple,
    rate,
    ...(state.replicas !== undefined && { replicas: state.replicas }),
    ...(state.utilisation !== undefined && { utilisation: estimated(state.utilisation, sigma, '1', provenance, 'traffic / what its running replicas take', inputs, assumptions) }),
    ...(state.overload !== undefined && { takes: state.overload }),
    ...(state.latency && { latency: percentiles(state.latency, ends, replica?.provenance ?? 'measured', 'waiting in the queue + service time', inputs, assumptions) }),
    ...(state.nearlyFull && { nearlyFull: true as const }),
  };
}

/** The two ends of a band: less traffic and faster, more traffic and slower; together four cases of five lie between. */
function scenarios({ traffic, replica }: Station, rate: number): { rate: number; slowness: number }[] {
  const [a, b] = [traffic?.sigma ?? 0, replica?.sigma ?? 0.1];
  const share = a + b === 0 ? 0 : (BAND_SCORE * Math.hypot(a, b)) / (a + b);
  return [-1, 1].map((side) => ({ rate: rate * Math.exp(side * share * a), slowness: Math.exp(side * share * b) }));
}

function percentiles(latency: Latency, ends: readonly State[], provenance: Provenance, formula: string, inputs: readonly Input[], assumptions: readonly string[]): Percentiles {
  const [fast, slow] = ends;
  const at = (p: number): Estimated => {
    const time = latency.quantile(p);
    const open = !slow?.latency;
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

/** Ways of requests: from each consumer to each service that it meets first, and those that a service promises for itself. */
function waysOf(architecture: Architecture): { entry: Component; service: Service; objectives: PathEstimate['objective'] }[] {
  const objectives = objectivesOf(architecture);
  const promised = (entry: Component, service: Service): PathEstimate['objective'] => {
    const found = objectives.find((objective) => objective.entry === entry && objective.service === service) ?? objectives.find((objective) => objective.entry === service && objective.service === service);
    return found && { percentile: found.percentile, limit: found.limit, holder: found.holder.name };
  };
  const met = entriesOf(architecture).map(({ consumer, service }: { consumer: Consumer; service: Service }) => ({ entry: consumer as Component, service, objectives: promised(consumer, service) }));
  const reached = new Set(met.map(({ service }) => service.name));
  const alone = objectives.filter(({ entry, service }) => entry === service && !reached.has(service.name)).map(({ service }) => ({ entry: service as Component, service, objectives: promised(service, service) }));
  return [...met, ...alone];
}

function pathsOf({ architecture }: Context, stations: readonly Station[], multiples: readonly number[]): PathEstimate[] {
  const byName = new Map(stations.map((station) => [station.component.name, station]));
  return waysOf(architecture).map(({ entry, service, objectives }) => {
    const at = multiples.map((multiple) => pathAt(architecture, byName, entry, service, multiple, objectives));
    return {
      from: entry.name,
      to: service.name,
      ...(objectives && { objective: objectives }),
      at: at.map(({ path }) => path),
      missing: at[0]?.missing ?? [],
    };
  });
}

function pathAt(architecture: Architecture, stations: ReadonlyMap<string, Station>, entry: Component, service: Service, multiple: number, objective: PathEstimate['objective']): { path: PathAt; missing: readonly string[] } {
  const overloaded = new Set<string>();
  const timed = (side: -1 | 0 | 1) => (component: Component): Latency | undefined => {
    const station = stations.get(component.name) ?? { component };
    const rate = (station.traffic?.value ?? 0) * multiple;
    const [fast, slow] = scenarios(station, rate);
    const scenario = side === 0 ? { rate, slowness: 1 } : side < 0 ? fast : slow;
    const state = stateOf(architecture, station, scenario?.rate ?? rate, scenario?.slowness ?? 1);
    if (side === 0 && state.overload !== undefined) overloaded.add(component.name);
    return state.latency;
  };
  const middle = pathTime(architecture, entry.name, service.name, timed(0), false);
  if (overloaded.size > 0) return { path: { multiple, overloaded: [...overloaded], ...(objective && { verdict: 'missed' as const }) }, missing: middle.missing };
  if (middle.latency.mean <= 0) return { path: { multiple, overloaded: [] }, missing: middle.missing };
  const [fast, slow] = [pathTime(architecture, entry.name, service.name, timed(-1), false), pathTime(architecture, entry.name, service.name, timed(1), true)];
  const latency = pathPercentiles(middle, fast, slow);
  return { path: { multiple, latency, overloaded: [], ...(objective && { verdict: verdictOf(latency, objective, middle.missing.length > 0) }) }, missing: middle.missing };
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

function missingOf({ architecture }: Context, stations: readonly Station[], paths: readonly PathEstimate[]): Missing[] {
  const asked = new Set<string>();
  const missing: Missing[] = [];
  const add = (component: string, property: string, needed: string): void => {
    const key = `${component}.${property}`;
    if (!asked.has(key)) missing.push({ component, property, needed });
    asked.add(key);
  };
  for (const { component, traffic, capacity, replica } of stations) {
    if (component.kind !== 'service') continue;
    for (const consumer of traffic?.unknown ?? []) add(consumer.name, 'peak', 'traffic');
    if (!capacity) add(component.name, component.variant === 'llm_api' ? 'quota' : 'throughput', 'capacity and utilisation');
    else if (replica && !replica.timed && !value(component as Service, 'load_test')) add(component.name, 'service_time', 'latency');
    if (!traffic) add(component.name, 'traffic', 'utilisation and latency under load');
  }
  for (const path of paths) for (const name of path.missing) add(name, architecture.components.get(name)?.kind === 'service' ? 'service_time' : 'latency', `the latency from ${path.from} through ${path.to}`);
  return missing;
}

function estimated(figure: number, sigma: number, unit: string, provenance: Provenance, formula: string, inputs: readonly Input[], assumptions: readonly string[], bound?: Estimated['bound']): Estimated {
  return { value: figure, ...bandOf(figure, sigma), unit, provenance, ...(bound && { bound }), formula, inputs, assumptions };
}

function scaledEstimate(figure: Estimated, factor: number): Estimated {
  return { ...figure, value: figure.value * factor, low: figure.low * factor, high: figure.high * factor };
}

/** A quotient of independent figures: spreads of the logarithms add in quadrature. */
function quotient(a: Estimated, b: Estimated, unit: string, formula: string): Estimated {
  const sigma = Math.hypot(Math.log(a.high / a.value), Math.log(b.high / b.value)) / BAND_SCORE;
  const bound = a.bound === 'at least' || b.bound === 'at most' ? 'at least' : b.bound === 'at least' ? 'at most' : undefined;
  const named = [a.inputs, b.inputs].flat();
  return estimated(a.value / b.value, sigma, unit, weakest(a.provenance, b.provenance), formula, named.length > 0 ? named : [{ component: '', property: '', value: exactly(0, '1') }], [...a.assumptions, ...b.assumptions], bound);
}

export { headroomOf };
