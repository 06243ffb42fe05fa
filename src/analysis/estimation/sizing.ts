import type { Architecture, Component } from '../../model/architecture.ts';
import { online } from '../../model/graph/online.ts';
import type { Percentile } from '../../model/graph/latency-figures.ts';
import { pathTime } from './paths.ts';
import { stateOf } from './station-state.ts';
import { eachOf, running, type Station } from './stations.ts';

/** Busy share up to which waiting grows slowly with traffic: beyond it a little more traffic is a lot more waiting. */
export const KNEE = 0.8;

/** How many replicas of each service a way needs, and what stands against more traffic where replicas do not help. */
export interface Sizing {
  readonly replicas: readonly { readonly component: string; readonly count: number }[];
  /** Why the objective cannot be met by replicas. */
  readonly obstacle?: string;
}

export interface Wish {
  readonly entry: string;
  readonly service: string;
  readonly percentile: Percentile;
  /** Seconds. */
  readonly limit: number;
}

const SHARE = { p50: 0.5, p95: 0.95, p99: 0.99 } as const;

/** So many times the replicas at the knee leave nothing to wait for. */
const PLENTY = 64;
const WITHOUT_WAITING = 'the times of the steps without any waiting are beyond the objective';

/** Twice a thousand replicas of one service are a mistake in the figures rather than a plan. */
const MOST_STEPS = 200;

/**
 * The fewest replicas, one service at a time, with which a way keeps its objective: all of them at or below the knee, and
 * then more of the one whose waiting weighs most until the objective holds.
 */
export function sizeFor(architecture: Architecture, stations: ReadonlyMap<string, Station>, wish: Wish, multiple: number): Sizing {
  const way = new Set(online(architecture, wish.entry, wish.service).names);
  const rateOf = (station: Station): number => (station.traffic?.value ?? 0) * multiple;
  const counts = new Map<string, number>();
  for (const name of way) {
    const station = stations.get(name);
    if (!station?.traffic) continue;
    if (eachOf(station) === undefined) {
      const state = stateOf(station, rateOf(station));
      if (state.overload !== undefined) return { replicas: [], obstacle: `${name} takes no more than it does, however many replicas stand before it` };
      continue;
    }
    if (limitedElsewhere(station, rateOf(station))) return { replicas: [], obstacle: `a quota of ${name} is the limit, not its replicas` };
    counts.set(name, replicasAtKnee(station, rateOf(station)));
  }
  const unwaited = wayTime(architecture, stations, wish, new Map([...counts].map(([name, count]) => [name, count * PLENTY])), rateOf);
  if (unwaited > wish.limit) return { replicas: [...counts].map(([component, count]) => ({ component, count })), obstacle: WITHOUT_WAITING };
  for (let step = 0; step < MOST_STEPS; step++) {
    const time = wayTime(architecture, stations, wish, counts, rateOf);
    if (time <= wish.limit) return { replicas: [...counts].map(([component, count]) => ({ component, count })) };
    const next = mostHelped(architecture, stations, wish, counts, rateOf, time);
    if (next === undefined) return { replicas: [...counts].map(([component, count]) => ({ component, count })), obstacle: WITHOUT_WAITING };
    counts.set(next, (counts.get(next) ?? 1) + Math.max(1, Math.floor((counts.get(next) ?? 1) / 20)));
  }
  return { replicas: [], obstacle: 'more replicas than can be tried' };
}

/** Replicas that keep a station at or below the knee. */
export function replicasAtKnee(station: Station, rate: number): number {
  const each = eachOf(station);
  return each === undefined ? 1 : Math.max(1, Math.ceil((rate * (1 - station.kept)) / (KNEE * each) - 1e-9));
}

/** Whether a quota, and not what replicas can do, would bound a station. */
function limitedElsewhere(station: Station, rate: number): boolean {
  const { capacity, replicas, kept } = station;
  const each = eachOf(station);
  if (!capacity || each === undefined || !replicas || capacity.atLeast === true) return false;
  const byReplicas = (each * replicas.most) / (1 - kept);
  return capacity.value < byReplicas * 0.999 && rate >= capacity.value;
}

type Counts = ReadonlyMap<string, number>;

function wayTime(architecture: Architecture, stations: ReadonlyMap<string, Station>, wish: Wish, counts: Counts, rateOf: (station: Station) => number): number {
  let full = false;
  const timeAt = (component: Component) => {
    const station = stations.get(component.name) ?? { component, kept: 0 };
    const count = counts.get(component.name);
    const state = stateOf(station, rateOf(station), count === undefined ? {} : { replicas: count });
    if (state.overload !== undefined) full = true;
    return state.latency;
  };
  const { latency } = pathTime(architecture, wish.entry, wish.service, timeAt, false);
  return full ? Number.POSITIVE_INFINITY : latency.quantile(SHARE[wish.percentile]);
}

/** The service of which one more replica shortens the way most; undefined where none shortens it by a thousandth. */
function mostHelped(architecture: Architecture, stations: ReadonlyMap<string, Station>, wish: Wish, counts: Counts, rateOf: (station: Station) => number, now: number): string | undefined {
  let best: { name: string; time: number } | undefined;
  for (const [name, count] of counts) {
    const time = wayTime(architecture, stations, wish, new Map(counts).set(name, count + Math.max(1, Math.ceil(count / 20))), rateOf);
    if (time < now * 0.999 && (!best || time < best.time)) best = { name, time };
  }
  return best?.name;
}

/** What is left of a way when one replica, or one zone, of a service is lost at today’s peak. */
export interface Loss {
  readonly component: string;
  readonly lost: 'replica' | 'zone';
  readonly left: number;
  readonly utilisation: number;
  /** It still takes the traffic at or below the knee. */
  readonly holds: boolean;
}

/** Loses one replica of each service, and one zone of those that span several, at a multiple of today’s peak. */
export function lossesOf(station: Station, zones: number | undefined, multiple: number): Loss[] {
  const { replicas, traffic, component } = station;
  const each = eachOf(station);
  if (each === undefined || !replicas || !traffic) return [];
  const rate = traffic.value * multiple;
  const now = running(replicas, rate * (1 - station.kept), each);
  const cases: { lost: Loss['lost']; left: number }[] = [{ lost: 'replica', left: now - 1 }];
  if (zones !== undefined && zones > 1) cases.push({ lost: 'zone', left: now - Math.ceil(now / zones) });
  return cases.map(({ lost, left }) => {
    const utilisation = left > 0 ? (rate * (1 - station.kept)) / (left * each) : Number.POSITIVE_INFINITY;
    return { component: component.name, lost, left, utilisation: left > 0 ? utilisation : 1, holds: left > 0 && utilisation < 1 };
  });
}
