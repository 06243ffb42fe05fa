import type { Architecture, Component } from '../architecture.ts';
import { exactly, type Quantity } from '../quantity.ts';
import { componentsOf, value } from '../statements.ts';
import { acyclicOrder } from './acyclic-order.ts';
import { callsOf, isFallback, type Call } from './calls.ts';
import { capacityOf, peakOf, tokensPerRequest, type Reckoned } from './capacity.ts';
import { complement, over, plus, scaled, times, zero } from './interval.ts';
import { online } from './online.ts';

/** How much of what a consumer asks a component can carry. */
export interface Limit {
  readonly component: string;
  readonly capacity: Reckoned;
  /** Calls to the component for each request of the consumer. */
  readonly callsPerRequest: Quantity;
  /** Requests per second of the consumer that it can carry: capacity / calls per request. */
  readonly carries: Quantity;
}

export interface Bottleneck {
  /** The tightest first; the first is the smallest cut between consumer and answer, since every request passes all of them. */
  readonly limits: readonly Limit[];
  /** Components on the way of which no capacity is known. */
  readonly unknown: readonly string[];
}

/** Kinds that serve requests by themselves, and so have a capacity. */
const WITH_CAPACITY: ReadonlySet<string> = new Set(['service', 'gateway', 'cache', 'store', 'knowledge', 'source']);

/** What limits the rate of a consumer’s requests to a service, over everything that answering one calls. */
export function bottleneck(architecture: Architecture, consumer: Component<'consumer'>, service: Component): Bottleneck {
  const tokens = tokensPerRequest(consumer);
  const limits: Limit[] = [];
  const unknown: string[] = [];
  for (const [name, callsPerRequest] of callsPerRequestOf(architecture, consumer.name, service.name)) {
    const component = architecture.components.get(name);
    if (!component || !WITH_CAPACITY.has(component.kind)) continue;
    const capacity = capacityOf(component, tokens);
    if (capacity) limits.push({ component: name, capacity, callsPerRequest, carries: over(capacity.value, callsPerRequest, 'req/s') });
    else unknown.push(name);
  }
  limits.sort((a, b) => a.carries.high - b.carries.high);
  return { limits, unknown };
}

/**
 * Calls to each component for one request from an entry: shares of the traffic, parallel calls, and what caches answer
 * multiply along the way. The entry itself counts one.
 */
export function callsPerRequestOf(architecture: Architecture, entry: string, service: string): ReadonlyMap<string, Quantity> {
  const subgraph = online(architecture, entry, service);
  return propagate(architecture, subgraph.names, (name) => subgraph.calls.get(name) ?? [], new Map([[entry, exactly(1, '1')]]), () => undefined);
}

const demands = new WeakMap<Architecture, ReadonlyMap<string, Quantity>>();

/**
 * Requests per second on each component at the peak of all consumers whose peak is known, all at once. A `rate` that is
 * stated on a flow counts in place of what would be derived.
 */
export function peakDemand(architecture: Architecture): ReadonlyMap<string, Quantity> {
  let demand = demands.get(architecture);
  if (!demand) {
    const peaks = componentsOf(architecture, 'consumer').flatMap((consumer): [string, Quantity][] => {
      const peak = peakOf(architecture, consumer);
      return peak ? [[consumer.name, peak.value]] : [];
    });
    demands.set(architecture, (demand = demandFrom(architecture, new Map(peaks))));
  }
  return demand;
}

/**
 * Requests per second on each component where these components ask at these rates.
 *
 * @param factor What rates that are stated on flows are multiplied by, such as growth that the given rates already hold.
 */
export function demandFrom(architecture: Architecture, rates: ReadonlyMap<string, Quantity>, factor = 1): ReadonlyMap<string, Quantity> {
  const entries = new Set([...componentsOf(architecture, 'consumer').map((consumer) => consumer.name), ...rates.keys()]);
  const graph = callsOf(architecture);
  const ordinary = (name: string): Call[] => (graph.from.get(name) ?? []).filter((call) => !isFallback(call));
  const order = acyclicOrder([...entries], ordinary, (call) => call.callee);
  const forward = (name: string): Call[] => ordinary(name).filter((call) => !order.closing.has(call));
  const rateOf = (call: Call): Quantity | undefined => {
    const rate = call.edge.flow && value(call.edge.flow, 'rate');
    return rate && scaled(rate, factor);
  };
  return propagate(architecture, order.names, forward, rates, rateOf);
}

function propagate(
  architecture: Architecture,
  order: readonly string[],
  leaving: (name: string) => readonly Call[],
  starts: ReadonlyMap<string, Quantity>,
  rateOf: (call: Call) => Quantity | undefined,
): ReadonlyMap<string, Quantity> {
  const found = new Map<string, Quantity>(starts);
  for (const name of order) {
    const here = found.get(name);
    for (const call of leaving(name)) {
      const passed = rateOf(call) ?? (here && times(here, callsPerRequest(architecture, call)));
      if (passed) found.set(call.callee, plus(found.get(call.callee) ?? zero(passed.unit), passed));
    }
  }
  return found;
}

/** How often a call is made for each request that reaches its caller: what caches let through, its share, its parallel calls. */
export function callsPerRequest(architecture: Architecture, call: Call): Quantity {
  const flow = call.edge.flow;
  const missed = isOwnCache(architecture, call.caller, call.callee) ? exactly(1, '1') : complement(hitRateOf(architecture, call.caller));
  const factors = [flow && value(flow, 'share'), flow && value(flow, 'fan_out')].filter((factor) => factor !== undefined);
  return factors.reduce((product, factor) => times(product, factor), missed);
}

/** Share of requests that go no further than this component: a cache, or a service that keeps answers. */
function hitRateOf(architecture: Architecture, name: string): Quantity {
  const component = architecture.components.get(name);
  const rate =
    component?.kind === 'cache'
      ? value(component as Component<'cache'>, 'hit_rate')
      : component?.kind === 'service'
        ? serviceHitRate(architecture, component as Component<'service'>)
        : undefined;
  return rate ?? zero('1');
}

function serviceHitRate(architecture: Architecture, service: Component<'service'>): Quantity | undefined {
  const kept = value(service, 'cache');
  if (kept?.hit_rate) return kept.hit_rate;
  const answers = kept?.in === undefined ? undefined : architecture.components.get(kept.in);
  return answers?.kind === 'cache' ? value(answers as Component<'cache'>, 'hit_rate') : undefined;
}

/** A service asks the cache that holds its answers every time. */
function isOwnCache(architecture: Architecture, name: string, callee: string): boolean {
  const component = architecture.components.get(name);
  return component?.kind === 'service' && value(component as Component<'service'>, 'cache')?.in === callee;
}
