import type { Architecture, Component } from '../../model/architecture.ts';
import { online } from '../../model/graph/online.ts';
import { normalQuantile } from '../statistics/special-functions.ts';
import type { PathEstimate } from './path-estimate.ts';
import { pathTime } from './paths.ts';
import { highestShare, riseResponse, type Rise } from './queueing/rise.ts';
import type { Side, States } from './scenarios.ts';
import { KNEE } from './sizing.ts';
import { NEARLY_FULL, stateOf } from './station-state.ts';
import type { Station } from './stations.ts';

/** A way with an objective that leads over a service. */
export interface Promised {
  readonly path: PathEstimate;
  readonly objective: NonNullable<PathEstimate['objective']>;
}

/** The tightest objective of all ways over a component. */
export function promiseOver(architecture: Architecture, paths: readonly PathEstimate[], name: string): Promised | undefined {
  const over = paths.flatMap((path) => (path.objective && online(architecture, path.from, path.to).names.includes(name) ? [{ path, objective: path.objective }] : []));
  return over.reduce<Promised | undefined>((a, b) => (a && a.objective.limit.low <= b.objective.limit.low ? a : b), undefined);
}

export interface Trial {
  readonly architecture: Architecture;
  readonly station: Station;
  readonly stations: ReadonlyMap<string, Station>;
  readonly states: States;
  readonly side: Side;
  /** Of the requests that it works on; replicas before and after are tried. */
  readonly rise: Rise;
  /** What its times are multiplied by. */
  readonly slowness: number;
  readonly promised: Promised | undefined;
}

const SHARES = { p50: 0.5, p95: 0.95, p99: 0.99 } as const;

/** So many times the replicas that carry the rate before the rise are tried at most. */
const MOST_TIMES = 4096;

/**
 * The fewest replicas that must run before a rise for an objective to hold through it, or without one for them to stay at or
 * below the knee. Undefined where no number of them is enough.
 */
export function replicasThrough(trial: Trial): number | undefined {
  const { from, perReplica } = trial.rise;
  const least = Math.max(1, Math.ceil(from / perReplica - 1e-9));
  let [low, high] = [least - 1, least];
  while (!holds(trial, high)) {
    if (high >= least * MOST_TIMES) return undefined;
    [low, high] = [high, high * 2];
  }
  while (high - low > 1) {
    const between = Math.floor((low + high) / 2);
    if (holds(trial, between)) high = between;
    else low = between;
  }
  return high;
}

function holds(trial: Trial, count: number): boolean {
  const { rise, promised } = trial;
  const tried: Rise = { ...rise, before: count, after: Math.max(rise.after, count) };
  const share = highestShare(tried);
  // Where scaling aims above the knee it would never stay below it while it follows.
  if (!promised) return share <= Math.max(KNEE, Math.min(rise.target, 1)) + 1e-9;
  const p = SHARES[promised.objective.percentile];
  const time = wayTime(trial, promised, count, Math.min(share, NEARLY_FULL)).quantile(p);
  return time + (share < NEARLY_FULL ? 0 : queueThrough(trial, tried, p)) <= promised.objective.limit.low;
}

/** The time of the way with so many replicas that busy; what else stands on it has today’s peak. */
function wayTime({ architecture, station, stations, states, side, slowness, rise }: Trial, { path }: Promised, count: number, share: number) {
  const rate = (share * count * rise.perReplica) / (1 - station.kept);
  const own = stateOf(station, rate, { replicas: count, slowness }).latency;
  const timeAt = (component: Component) => (component.name === station.component.name ? own : states(stations.get(component.name) ?? { component, kept: 0 }, 1, side).latency);
  return pathTime(architecture, path.from, path.to, timeAt, side === 1).latency;
}

/**
 * What a request of a percentile waits for the queue of a rise that fills all replicas: the fluid, and by chance as much as a
 * random walk strays in that time, √((c_a² + c_s²) · λ · t) requests for a standard deviation (Newell, Applications of
 * queueing theory, 1982).
 */
function queueThrough({ station }: Trial, rise: Rise, p: number): number {
  const { longestWait } = riseResponse(rise);
  if (longestWait === undefined) return Infinity;
  const variation = (station.arrivalScv ?? 1) + (station.replica?.scv ?? 1);
  return longestWait + (normalQuantile((1 + p) / 2) * Math.sqrt(variation * rise.to * rise.reaction)) / (rise.before * rise.perReplica);
}
