import type { Architecture } from '../../model/architecture.ts';
import { value } from '../../model/statements.ts';
import { declaredPlans } from '../experiments/declared.ts';
import type { DeclaredComparison, DeclaredMonitor } from '../experiments/declared-plan.ts';
import type { Context } from '../rule.ts';
import { consumersOf, type Service } from '../serving/services.ts';
import { costOf, type SystemCost } from './costs.ts';
import type { Estimated } from './estimated.ts';
import { exhaustionOf, type Exhaustion } from './exhaustion.ts';
import { pathEstimates, type PathEstimate } from './path-estimate.ts';
import { retryLoad, type RetryLoad } from './retry-load.ts';
import { statesOf } from './scenarios.ts';
import { stationEstimate, type StationEstimate } from './station-estimate.ts';
import { stationsOf, type Station } from './stations.ts';
import { surgesOf, type Surge } from './surges.ts';

/** What a system can take, how fast it answers and what breaks first, at several multiples of today’s traffic. */
export interface Estimation {
  readonly system: string;
  readonly file: string;
  /** Multiples of today’s peak. */
  readonly multiples: readonly number[];
  readonly stations: readonly StationEstimate[];
  readonly paths: readonly PathEstimate[];
  /** The station that is full first, and at which multiple of today’s peak. */
  readonly bottleneck?: Bottleneck;
  /** What happens to services that are scaled when traffic rises. */
  readonly surges: readonly Surge[];
  readonly cost: SystemCost;
  /** Experiments, and rollouts that must see a difference or a sample. */
  readonly experiments: readonly DeclaredComparison[];
  /** Monitors with a statistical test. */
  readonly monitors: readonly DeclaredMonitor[];
  readonly missing: readonly Missing[];
}

export interface Bottleneck {
  readonly component: string;
  readonly multiple: Estimated;
  /** When declared growth fills it. */
  readonly exhausted?: Exhaustion;
}

/** An input without which something cannot be said. */
export interface Missing {
  readonly component: string;
  readonly property: string;
  readonly needed: string;
}

export const USUAL_MULTIPLES: readonly number[] = [1, 5, 10];

const cache = new WeakMap<Architecture, Map<string, Estimation>>();

/** Estimates a system at multiples of today’s peak; it does no input or output and does not fail. */
export function estimate(context: Context, multiples: readonly number[] = USUAL_MULTIPLES): Estimation {
  const { architecture, settings, today } = context;
  const known = cache.get(architecture) ?? new Map<string, Estimation>();
  cache.set(architecture, known);
  const key = `${settings.thresholds.peakFactor} ${today} ${multiples.join()}`;
  let estimation = known.get(key);
  if (!estimation) known.set(key, (estimation = estimateWith(context, stationsOf(context), multiples)));
  return estimation;
}

/** The estimate with stations that may be other than those declared; nothing of it is kept. */
export function estimateWith(context: Context, stations: readonly Station[], multiples: readonly number[]): Estimation {
  const { architecture } = context;
  const states = statesOf();
  const byName = new Map(stations.map((station) => [station.component.name, station]));
  const estimates = stations.map((station): StationEstimate => {
    let known: { readonly load: RetryLoad | undefined } | undefined;
    return {
      ...stationEstimate(station, states, value(station.component as Service, 'zones')?.low, multiples),
      get retries() {
        return (known ??= { load: retryLoad(context, station, byName, states) }).load;
      },
    };
  });
  const paths = pathEstimates(context, stations, states, multiples);
  const bottleneck = firstToBreak(context, estimates);
  const surges = surgesOf(context, stations, states, paths);
  return {
    system: architecture.system.name,
    file: architecture.system.span.file,
    multiples,
    stations: estimates,
    paths,
    ...(bottleneck && { bottleneck }),
    surges,
    cost: costOf(context, stations),
    ...declaredPlans(context),
    missing: missingOf(context, stations, paths, surges),
  };
}

function firstToBreak(context: Context, stations: readonly StationEstimate[]): Bottleneck | undefined {
  const limited = stations.filter((station) => station.breaksAt && station.breaksAt.bound !== 'at least');
  const first = limited.reduce<StationEstimate | undefined>((a, b) => (a?.breaksAt && b.breaksAt && a.breaksAt.value <= b.breaksAt.value ? a : b), undefined);
  if (!first?.breaksAt) return undefined;
  const exhausted = exhaustionOf(context, first.component, first.breaksAt);
  return { component: first.component, multiple: first.breaksAt, ...(exhausted && { exhausted }) };
}

function missingOf({ architecture }: Context, stations: readonly Station[], paths: readonly PathEstimate[], surges: readonly Surge[]): Missing[] {
  const asked = new Set<string>();
  const missing: Missing[] = [];
  const add = (component: string, property: string, needed: string): void => {
    const key = `${component}.${property}`;
    if (!asked.has(key)) missing.push({ component, property, needed });
    asked.add(key);
  };
  for (const station of stations) {
    const { component, traffic, capacity, replica } = station;
    if (component.kind !== 'service') continue;
    const silent = traffic ? traffic.unknown : consumersOf(architecture, component.name);
    for (const consumer of silent) add(consumer.name, 'peak', 'traffic, utilisation and latency under load');
    if (!capacity) add(component.name, component.variant === 'llm_api' ? 'quota' : 'throughput', `capacity and utilisation${station.refusal === undefined ? '' : ` (${station.refusal})`}`);
    else if (replica && !replica.timed && !value(component as Service, 'load_test')) add(component.name, 'service_time', 'latency');
    if (capacity && station.replicas?.assumed === true && value(component as Service, 'replicas') === undefined) add(component.name, 'replicas', 'capacity');
    if (replica?.least === true) add(component.name, 'concurrency', 'capacity');
  }
  for (const path of paths) for (const name of path.missing) add(name, architecture.components.get(name)?.kind === 'service' ? 'service_time' : 'latency', `the latency from ${path.from} through ${path.to}`);
  for (const surge of surges) for (const { component, property } of surge.missing) add(component, property, `what waits at ${surge.component} when traffic rises`);
  return missing;
}

