import type { Architecture } from '../architecture.ts';
import { acyclicOrder } from './acyclic-order.ts';
import { callsOf, isFallback, type Call } from './calls.ts';

/** What answers a request: the calls from an entry to a service, and those that the service depends on. */
export interface Online {
  readonly entry: string;
  /** The entry first, each component before what it calls. Empty where the entry does not reach the service. */
  readonly names: readonly string[];
  /** Calls of each component, without those that close a cycle and those used only when another way fails. */
  readonly calls: ReadonlyMap<string, readonly Call[]>;
  /** Calls that are used only when another way fails. */
  readonly fallbacks: readonly Call[];
  /** Calls that close a cycle; sums leave them out. */
  readonly cyclic: readonly Call[];
}

/**
 * The synchronous subgraph between an entry (a consumer, a gateway, the service itself) and a service. On the way to
 * the service it takes in what a component reads or is guarded by, but not other services that it calls: those serve
 * other requests. From the service on it takes in everything.
 */
export function online(architecture: Architecture, entry: string, service: string): Online {
  const known = cache.get(architecture) ?? new Map<string, Online>();
  cache.set(architecture, known);
  const key = `${entry} ${service}`;
  let found = known.get(key);
  if (!found) known.set(key, (found = computeOnline(architecture, entry, service)));
  return found;
}

const cache = new WeakMap<Architecture, Map<string, Online>>();

function computeOnline(architecture: Architecture, entry: string, service: string): Online {
  const graph = callsOf(architecture);
  const fallbacks: Call[] = [];
  const before = upstreamOf(graph.to, service);
  if (!before.has(entry)) return { entry, names: [], calls: new Map(), fallbacks, cyclic: [] };
  const leaving = (name: string): readonly Call[] => {
    const all = graph.from.get(name) ?? [];
    const onTheWay = before.has(name) && name !== service;
    const guardedOrRead = (call: Call): boolean => call.reads || architecture.components.get(call.callee)?.kind === 'guardrail';
    const taken = onTheWay ? all.filter((call) => before.has(call.callee) || (name !== entry && guardedOrRead(call))) : all;
    fallbacks.push(...taken.filter(isFallback));
    return taken.filter((call) => !isFallback(call));
  };
  const found = new Map<string, readonly Call[]>();
  const order = acyclicOrder(
    [entry],
    (name) => {
      const taken = leaving(name);
      found.set(name, taken);
      return taken;
    },
    (call) => call.callee,
  );
  const calls = new Map([...found].map(([name, taken]) => [name, taken.filter((call) => !order.closing.has(call))]));
  return { entry, names: order.names, calls, fallbacks, cyclic: [...order.closing] };
}

function upstreamOf(callsTo: ReadonlyMap<string, readonly Call[]>, service: string): Set<string> {
  const found = new Set([service]);
  for (const name of found) for (const call of callsTo.get(name) ?? []) if (!isFallback(call)) found.add(call.caller);
  return found;
}
