import { totalOf, type CostTotal } from '../estimation/cost/tree.ts';
import type { SystemCost } from '../estimation/costs.ts';
import type { Bottleneck, Estimation } from '../estimation/estimate.ts';
import type { Estimated } from '../estimation/estimated.ts';
import type { PathEstimate } from '../estimation/path-estimate.ts';
import type { StationEstimate } from '../estimation/station-estimate.ts';
import { pairOf, pairs, type Pair } from './pairs.ts';

/** What one service carries at today’s peak. */
export type Load = Pick<StationEstimate, 'component' | 'traffic' | 'capacity' | 'breaksAt'> & { readonly utilisation?: Estimated; readonly replicas?: number };

/** One way of a request at today’s peak. */
export interface WayTime {
  readonly from: string;
  readonly to: string;
  readonly objective?: PathEstimate['objective'];
  readonly p99?: Estimated;
  readonly verdict?: 'met' | 'missed' | 'open';
  readonly overloaded: readonly string[];
}

export interface CostDifference {
  /** Money a month of all that has a price. */
  readonly total: Pair<CostTotal>;
  /** After minus before, where both are in one currency and known; of the known parts, where either is only a lower bound. */
  readonly change?: number;
  /** Components whose part of the bill is another. */
  readonly components: readonly (Pair<CostTotal> & { readonly component: string; readonly change?: number })[];
  readonly unchanged: number;
  /** Components that ran without a price before, or do now: the totals leave them out. */
  readonly leftOut: { readonly added: readonly string[]; readonly removed: readonly string[] };
}

export interface FigureDifference {
  /** Services that carry something else. */
  readonly services: readonly (Pair<Load> & { readonly component: string })[];
  readonly unchangedServices: number;
  /** The station that is full first, at which multiple of today’s peak. */
  readonly limit: Pair<Bottleneck>;
  /** Ways that take another time, or whose objective is another. */
  readonly ways: readonly (Pair<WayTime> & { readonly from: string; readonly to: string })[];
  readonly unchangedWays: number;
  readonly cost: CostDifference;
}

/** What became of the figures at today’s peak. Both estimations must have the multiple 1. */
export function figureDifference(before: Estimation | undefined, after: Estimation | undefined): FigureDifference {
  const services = pairs(loadsOf(before), loadsOf(after), ({ component }) => component, () => true).map(({ before: was, after: is }) => ({ component: (is ?? was)?.component ?? '', ...pairOf(was, is) }));
  const ways = pairs(waysOf(before), waysOf(after), ({ from, to }) => `${from}->${to}`, () => true).map(({ before: was, after: is }) => ({ from: (is ?? was)?.from ?? '', to: (is ?? was)?.to ?? '', ...pairOf(was, is) }));
  const changedServices = services.filter(({ before: was, after: is }) => !was || !is || !isSameLoad(was, is));
  const changedWays = ways.filter(({ before: was, after: is }) => !was || !is || !isSameWay(was, is));
  return {
    services: changedServices,
    unchangedServices: services.length - changedServices.length,
    limit: pairOf(before?.bottleneck, after?.bottleneck),
    ways: changedWays,
    unchangedWays: ways.length - changedWays.length,
    cost: costDifference(before?.cost, after?.cost),
  };
}

export const isSameLimit = ({ before, after }: Pair<Bottleneck>): boolean => before?.component === after?.component && isSame(before?.multiple, after?.multiple);

function loadsOf(estimation: Estimation | undefined): Load[] {
  return (estimation?.stations ?? []).map(({ component, traffic, capacity, breaksAt, at }): Load => {
    const today = at.find(({ multiple }) => multiple === 1);
    return { component, ...(traffic && { traffic }), ...(capacity && { capacity }), ...(breaksAt && { breaksAt }), ...(today?.utilisation && { utilisation: today.utilisation }), ...(today?.replicas !== undefined && { replicas: today.replicas }) };
  });
}

/** The time of each way at today’s peak. */
export function waysOf(estimation: Estimation | undefined): WayTime[] {
  return (estimation?.paths ?? []).map(({ from, to, objective, at }): WayTime => {
    const today = at.find(({ multiple }) => multiple === 1);
    return { from, to, ...(objective && { objective }), ...(today?.latency && { p99: today.latency.p99 }), ...(today?.verdict && { verdict: today.verdict }), overloaded: today?.overloaded ?? [] };
  });
}

const isSameLoad = (a: Load, b: Load): boolean => isSame(a.traffic, b.traffic) && isSame(a.capacity, b.capacity) && isSame(a.breaksAt, b.breaksAt) && isSame(a.utilisation, b.utilisation) && a.replicas === b.replicas;

const isSameWay = (a: WayTime, b: WayTime): boolean =>
  isSame(a.p99, b.p99) && a.verdict === b.verdict && a.overloaded.join() === b.overloaded.join() && a.objective?.percentile === b.objective?.percentile && isNear(a.objective?.limit.high ?? 0, b.objective?.limit.high ?? 0) && isNear(a.objective?.limit.low ?? 0, b.objective?.limit.low ?? 0);

function costDifference(before: SystemCost | undefined, after: SystemCost | undefined): CostDifference {
  const parts = (cost: SystemCost | undefined): [string, CostTotal][] => (cost?.tree.parts ?? []).map((part) => [part.name, totalOf(part)]);
  const components = pairs(parts(before), parts(after), ([name]) => name, () => true).map(({ before: was, after: is }) => {
    const pair = pairOf(was?.[1], is?.[1]);
    return { component: (is ?? was)?.[0] ?? '', ...pair, ...changeOf(pair) };
  });
  const changed = components.filter(({ before: was, after: is }) => !was || !is || was.currency !== is.currency || !isSame(was, is));
  const total = pairOf(before && totalIfAny(before), after && totalIfAny(after));
  const [old, now] = [before?.leftOut ?? [], after?.leftOut ?? []];
  return {
    total,
    ...changeOf(total),
    components: changed,
    unchanged: components.length - changed.length,
    leftOut: { added: now.filter((name) => !old.includes(name)), removed: old.filter((name) => !now.includes(name)) },
  };
}

/** A bill without any part is not a bill of nothing. */
const totalIfAny = ({ tree, total }: SystemCost): CostTotal | undefined => (tree.parts.length === 0 ? undefined : total);

/** Nothing of a part is known where it has no known leaf: such a side has no amount to subtract. */
const amountOf = (total: CostTotal | undefined): number | undefined => (total && (total.value > 0 || total.unknown.length === 0) ? total.value : undefined);

function changeOf({ before, after }: Pair<CostTotal>): { change?: number } {
  if (before && after && before.currency !== after.currency && amountOf(before) !== undefined && amountOf(after) !== undefined) return {};
  const [was, is] = [before ? amountOf(before) : 0, after ? amountOf(after) : 0];
  return was === undefined || is === undefined || (!before && !after) ? {} : { change: is - was };
}

type Figure = Pick<Estimated, 'value' | 'low' | 'high' | 'bound'>;

const isSame = (a: Figure | undefined, b: Figure | undefined): boolean => (a && b ? a.bound === b.bound && isNear(a.value, b.value) && isNear(a.low, b.low) && isNear(a.high, b.high) : a === b);

/** Equal but for the noise of another order of additions. */
const isNear = (a: number, b: number): boolean => a === b || Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));
