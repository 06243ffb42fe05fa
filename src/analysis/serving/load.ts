import type { Architecture, Component } from '../../model/architecture.ts';
import { callsAsGraph, callsOf, isFallback } from '../../model/graph/calls.ts';
import { capacityOf, peakOf, tokensPerRequest, type Reckoned } from '../../model/graph/capacity.ts';
import { demandFrom } from '../../model/graph/demand.ts';
import { edgesOf } from '../../model/graph/edges.ts';
import { plus, scaled } from '../../model/graph/interval.ts';
import { reachable } from '../../model/graph/paths.ts';
import { middle, type Quantity } from '../../model/quantity.ts';
import { componentsOf, value } from '../../model/statements.ts';
import { SECONDS_PER_MONTH } from '../../model/units.ts';
import { formatNumber, formatQuantity } from '../format.ts';
import type { Context } from '../rule.ts';
import { consumersOf, requestServices, streamServices, type Consumer, type Service } from './services.ts';

/** Requests per second on a component. */
export interface Load {
  /** At the peak as far as it is declared: where only a mean is, the mean, which no peak is below. */
  readonly certain: Quantity;
  /** At the peak, with the usual factor where only a mean is declared. */
  readonly peak: Quantity;
  /** At the peak that the system must be ready for. */
  readonly expected: Quantity;
  /** The least of `expected` that follows from what is declared. */
  readonly expectedAtLeast: Quantity;
  /** What `expected` stands for, e.g. `5 times the peak`. */
  readonly reason: string;
  /** The peak rests on an assumed factor. */
  readonly assumed: boolean;
  /** Somewhere before it requests are divided, and nobody says in which shares; then the rates are upper bounds. */
  readonly divided: boolean;
  /** Consumers whose rate is not declared: the rates leave them out. */
  readonly unknown: readonly Consumer[];
}

interface Loads {
  readonly certain: ReadonlyMap<string, Quantity>;
  readonly peak: ReadonlyMap<string, Quantity>;
  readonly expected: ReadonlyMap<string, Quantity>;
  readonly expectedAtLeast: ReadonlyMap<string, Quantity>;
  readonly growth: ReadonlyMap<string, Growth>;
  readonly assumed: ReadonlySet<string>;
  readonly divided: ReadonlySet<string>;
}

interface Growth {
  readonly factor: number;
  readonly reason: string;
}

const cache = new WeakMap<Architecture, Map<string, Loads>>();

/** Multiple of today’s peak that the system should take: what it declares, else the threshold. */
export const headroomOf = ({ architecture, settings }: Context): number => value(architecture.system, 'headroom')?.high ?? settings.thresholds.headroom;

/** The load of a component; undefined where no rate that reaches it is declared. */
export function loadOf(context: Context, name: string): Load | undefined {
  const { architecture } = context;
  const loads = loadsOf(context);
  const [certain, peak, expected] = [loads.certain.get(name), loads.peak.get(name), loads.expected.get(name)];
  if (!certain || !peak || !expected || peak.high === 0) return undefined;
  const consumers = consumersOf(architecture, name);
  const growth = consumers.map((consumer) => loads.growth.get(consumer.name)).reduce((a, b) => (a && b && b.factor > a.factor ? b : (a ?? b)), undefined);
  return {
    certain,
    peak,
    expected,
    expectedAtLeast: loads.expectedAtLeast.get(name) ?? certain,
    reason: growth?.reason ?? `${formatNumber(headroomOf(context))} times the peak`,
    assumed: loads.assumed.has(name) || consumers.some((consumer) => loads.assumed.has(consumer.name)),
    divided: loads.divided.has(name),
    unknown: consumers.filter((consumer) => !loads.growth.has(consumer.name)),
  };
}

/** Whether requests are divided before a component, and nobody says in which shares. */
export const isDivided = (context: Context, name: string): boolean => loadsOf(context).divided.has(name);

function loadsOf(context: Context): Loads {
  const { architecture, settings } = context;
  const key = `${headroomOf(context)} ${settings.thresholds.peakFactor}`;
  const known = cache.get(architecture) ?? new Map<string, Loads>();
  let loads = known.get(key);
  if (!loads) known.set(key, (loads = computeLoads(context)));
  cache.set(architecture, known);
  return loads;
}

function computeLoads(context: Context): Loads {
  const { architecture, settings } = context;
  const headroom = headroomOf(context);
  const growth = new Map<string, Growth>();
  const assumed = new Set<string>();
  const rates = { certain: new Map<string, Quantity>(), peak: new Map<string, Quantity>(), expected: new Map<string, Quantity>(), expectedAtLeast: new Map<string, Quantity>() };
  const consumers = componentsOf(architecture, 'consumer');
  for (const consumer of consumers) {
    const peak = peakOf(architecture, consumer, settings.thresholds.peakFactor);
    if (!peak) continue;
    if (peak.assumptions.length > 0) assumed.add(consumer.name);
    const factor = growthOf(context, consumer, headroom);
    growth.set(consumer.name, factor);
    rates.peak.set(consumer.name, peak.value);
    const least = peakOf(architecture, consumer, 1)?.value ?? peak.value;
    rates.certain.set(consumer.name, least);
    rates.expectedAtLeast.set(consumer.name, scaled(least, factor.factor));
    rates.expected.set(consumer.name, scaled(peak.value, factor.factor));
  }
  // A file may say how much is predicted and not by whom it is asked.
  const volume = value(architecture.system, 'volume');
  const [only, ...others] = requestServices(architecture);
  if (consumers.length === 0 && volume && only && others.length === 0) {
    assumed.add(only.name);
    rates.certain.set(only.name, volume);
    rates.expectedAtLeast.set(only.name, scaled(volume, headroom));
    rates.peak.set(only.name, scaled(volume, settings.thresholds.peakFactor));
    rates.expected.set(only.name, scaled(volume, settings.thresholds.peakFactor * headroom));
  }
  for (const [name, rate] of streamRates(architecture)) {
    rates.certain.set(name, rate);
    rates.peak.set(name, rate);
    rates.expected.set(name, scaled(rate, headroom));
    rates.expectedAtLeast.set(name, scaled(rate, headroom));
  }
  const [peak, expected] = [demandFrom(architecture, rates.peak), demandFrom(architecture, rates.expected, headroom)];
  // Where nothing is assumed, the likely rates are the certain ones.
  const likely = assumed.size === 0;
  return {
    certain: likely ? peak : demandFrom(architecture, rates.certain),
    peak,
    expected,
    expectedAtLeast: likely ? expected : demandFrom(architecture, rates.expectedAtLeast, headroom),
    growth,
    assumed,
    divided: dividedIn(architecture),
  };
}

/** Events per second that are declared to reach each service that works on streams. */
function streamRates(architecture: Architecture): Map<string, Quantity> {
  const rates = new Map<string, Quantity>();
  for (const service of streamServices(architecture)) {
    for (const { rate } of streamRatesTo(architecture, service)) rates.set(service.name, plus(rates.get(service.name) ?? scaled(rate, 0), rate));
  }
  return rates;
}

/** Events per second that are declared to reach a service on streams: on the flows, or by the sources that send them. None for other services. */
export function streamRatesTo(architecture: Architecture, service: Service): { readonly from: string; readonly rate: Quantity }[] {
  if (service.variant !== 'streaming') return [];
  return (edgesOf(architecture).in.get(service.name) ?? []).flatMap((edge) => {
    const source = architecture.components.get(edge.from);
    const rate = (edge.flow && value(edge.flow, 'rate')) ?? (source?.kind === 'source' ? value(source as Component<'source'>, 'rate') : undefined);
    return rate ? [{ from: edge.from, rate }] : [];
  });
}

/** What the rate of a consumer may be multiplied by: the headroom, or what it declares to expect where that is more. */
function growthOf({ architecture }: Context, consumer: Consumer, headroom: number): Growth {
  const candidates: Growth[] = [{ factor: headroom, reason: `${formatNumber(headroom)} times the peak` }];
  const [users, expected] = [value(consumer, 'users'), value(consumer, 'expected_users')];
  if (users && expected && users.high > 0) {
    const factor = expected.low / users.high;
    candidates.push({ factor, reason: `the ${formatNumber(expected.low)} users that ${consumer.name} expects (${formatNumber(factor)} times today’s)` });
  }
  const monthly = value(consumer, 'growth');
  if (monthly) {
    const months = (value(architecture.system, 'horizon') ? middle(value(architecture.system, 'horizon') as Quantity) : 12 * SECONDS_PER_MONTH) / SECONDS_PER_MONTH;
    const factor = (1 + monthly.low) ** months;
    candidates.push({ factor, reason: `growth of ${formatNumber(monthly.low * 100)} % a month over ${formatNumber(Math.round(months))} months (${formatNumber(factor)} times the peak)` });
  }
  return candidates.reduce((a, b) => (b.factor > a.factor ? b : a));
}

const DIVIDERS: ReadonlySet<string> = new Set(['consumer', 'gateway', 'agent']);
const TARGETS: ReadonlySet<string> = new Set(['service', 'gateway', 'agent']);

/** Components behind one that chooses between several, where the flows do not say which share goes where. */
function dividedIn(architecture: Architecture): Set<string> {
  const starts: string[] = [];
  for (const [caller, calls] of callsOf(architecture).from) {
    if (!DIVIDERS.has(architecture.components.get(caller)?.kind ?? '')) continue;
    const ways = calls.filter((call) => !isFallback(call) && TARGETS.has(architecture.components.get(call.callee)?.kind ?? ''));
    if (ways.length < 2) continue;
    for (const { edge, callee } of ways) {
      if (!edge.flow || (value(edge.flow, 'share') === undefined && value(edge.flow, 'rate') === undefined && value(edge.flow, 'fan_out') === undefined)) starts.push(callee);
    }
  }
  return starts.length === 0 ? new Set() : reachable(callsAsGraph(architecture), starts);
}

/** What a service or dependency can take, with the tokens of those who ask it where a provider limits tokens. */
export function capacityAt(architecture: Architecture, name: string): Reckoned | undefined {
  const component = architecture.components.get(name);
  const capacity = component && capacityOf(component, tokensAt(architecture, name));
  if (!capacity || component.kind !== 'service' || !isLeast(component as Service, capacity)) return capacity;
  return { ...capacity, assumptions: [...capacity.assumptions, NO_LARGER_BATCHES] };
}

/** An assumption under which a capacity is the least that a service can take. */
export const NO_LARGER_BATCHES = 'no larger batches';

/** Where larger batches than the measured one may form, or a load test showed more, a reckoned capacity is a lower bound. */
function isLeast(service: Service, capacity: Reckoned): boolean {
  if (!capacity.formula.includes('service_time')) return false;
  const batching = value(service, 'batching');
  const measured = value(service, 'service_time')?.at?.batch?.high ?? 1;
  const larger = batching && batching.kind !== 'off' && batching.kind !== 'continuous' && (batching.max?.high ?? Number.POSITIVE_INFINITY) > measured;
  return larger === true || (testedRate(service)?.low ?? 0) > capacity.value.high;
}

/** Tokens of a request and its answer over all consumers that reach a component. */
export function tokensAt(architecture: Architecture, name: string): Quantity | undefined {
  const all = consumersOf(architecture, name).flatMap((consumer) => tokensPerRequest(consumer) ?? []);
  return all.reduce<Quantity | undefined>((a, b) => (a ? { low: Math.min(a.low, b.low), high: Math.max(a.high, b.high), unit: a.unit } : b), undefined);
}

/** Requests per second that one replica can take; undefined where something else limits the service. */
export function perReplica({ value: total, inputs }: Reckoned): number | undefined {
  const first = inputs[0];
  return first && (first.property === 'replicas' || first.property === 'autoscale') ? total.low / first.value.high : undefined;
}

/** Highest rate that the whole service was measured to take; a test of single requests shows none. */
export function testedRate(service: Service): Quantity | undefined {
  const test = value(service, 'load_test');
  return test?.kind === 'single_request' ? undefined : test?.at;
}

/** `replicas 8, throughput 350 req/s`: what a capacity was reckoned from. */
export const derivation = ({ inputs }: Reckoned): string => inputs.map((input) => `${input.property} ${formatQuantity(input.value)}`).join(', ');
