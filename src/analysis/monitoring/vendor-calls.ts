import type { Architecture, Component } from '../../model/architecture.ts';
import { edgesOf, type Edge } from '../../model/graph/edges.ts';
import { componentsOf, value } from '../../model/statements.ts';

type Service = Component<'service'>;

/** What hands a question on to a language model without answering by itself. */
const PASSING: ReadonlySet<string> = new Set(['agent', 'gateway', 'guardrail', 'cache', 'tool', 'model']);

/** Interfaces to language models of vendors, and who asks them. */
interface VendorCalls {
  /** By the service that asks, at once or through agents, gateways and the like. */
  readonly asked: ReadonlyMap<string, readonly Service[]>;
  /** Agents that ask, by the interface. */
  readonly agents: ReadonlyMap<string, readonly Component<'agent'>[]>;
}

const cache = new WeakMap<Architecture, VendorCalls>();

export function vendorCallsOf(architecture: Architecture): VendorCalls {
  let calls = cache.get(architecture);
  if (!calls) cache.set(architecture, (calls = computeCalls(architecture)));
  return calls;
}

function computeCalls(architecture: Architecture): VendorCalls {
  const asked = new Map<string, Service[]>();
  const agents = new Map<string, Component<'agent'>[]>();
  const standsIn = fallbacks(architecture);
  for (const vendor of componentsOf(architecture, 'service').filter((service) => service.variant === 'llm_api')) {
    const seen = new Set([vendor.name]);
    for (const name of seen) {
      for (const caller of [...callersOf(architecture, name), ...(standsIn.get(name) ?? [])]) {
        const component = architecture.components.get(caller);
        if (!component || seen.has(caller)) continue;
        if (component.kind === 'service' && component.variant !== 'llm_api') append(asked, caller, vendor);
        else if (component.kind === 'service' || PASSING.has(component.kind)) seen.add(caller);
        if (component.kind === 'agent') append(agents, vendor.name, component as Component<'agent'>);
      }
    }
  }
  return { asked, agents };
}

/** Who asks it: by a call, by a job that waits for it, or as an agent that thinks with it. */
function callersOf(architecture: Architecture, name: string): string[] {
  const graph = edgesOf(architecture);
  const calls = (edge: Edge): boolean => edge.payload === 'request' || (edge.payload === 'predictions' && architecture.components.get(edge.from)?.variant === 'batch');
  const thinking = (graph.out.get(name) ?? []).filter((edge) => edge.via?.property === 'model').map((edge) => edge.to);
  return [...(graph.in.get(name) ?? []).filter(calls).map((edge) => edge.from), ...thinking];
}

/** Services whose fallback is another one, by the name of that one. */
function fallbacks(architecture: Architecture): Map<string, string[]> {
  const byName = new Map<string, string[]>();
  for (const service of componentsOf(architecture, 'service')) append(byName, value(service, 'fallback') ?? '', service.name);
  return byName;
}

function append<T>(map: Map<string, T[]>, key: string, item: T): void {
  const items = map.get(key);
  if (!items) map.set(key, [item]);
  else if (!items.includes(item)) items.push(item);
}
