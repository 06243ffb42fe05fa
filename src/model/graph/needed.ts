import type { Architecture, Component } from '../architecture.ts';
import { componentsOf, value } from '../statements.ts';
import { requirementsOf } from './availability.ts';
import { callsOf, isFallback } from './calls.ts';
import { modelsOf } from './cones.ts';
import type { Edge } from './edges.ts';
import { pathTo } from './paths.ts';

/** What requests cannot be answered without, each with the call by which it is needed; undefined for where they start. */
export type Needed = ReadonlyMap<string, Edge | undefined>;

const cache = new WeakMap<Architecture, Needed>();

/**
 * Components that some requests cannot do without: they are called with no fallback, are not optional, and no twin of
 * them stands behind the same gateway. Starts are consumers, and services that nobody is declared to call. Edges run from
 * caller to callee.
 */
export function neededByRequests(architecture: Architecture): Needed {
  let needed = cache.get(architecture);
  if (!needed) cache.set(architecture, (needed = neededFrom(architecture, startsOf(architecture))));
  return needed;
}

/** The same from components of one's choice, those included. What every alternative of a call needs is needed all the same. */
export function neededFrom(architecture: Architecture, starts: Iterable<string>, alternatives = true): Needed {
  const tree = new Map<string, Edge | undefined>();
  for (const name of starts) tree.set(name, undefined);
  const calls = callsOf(architecture).from;
  for (const name of tree.keys()) {
    const leaving = calls.get(name) ?? [];
    const requirements = requirementsOf(architecture, name, leaving.filter((call) => !isFallback(call)), leaving.filter(isFallback));
    const twins = twinsAmong(architecture, name, requirements.map(({ call }) => call.callee));
    for (const { call, fallbacks } of requirements) {
      const needed = fallbacks.length === 0 ? (twins.has(call.callee) ? [] : [call.callee]) : alternatives ? common(architecture, [call.callee, ...fallbacks]) : [];
      for (const callee of needed) if (!tree.has(callee)) tree.set(callee, { ...call.edge, from: name, to: callee });
    }
  }
  return tree;
}

/** What each of several alternatives needs. */
function common(architecture: Architecture, names: readonly string[]): string[] {
  const [first, ...others] = names.map((name) => neededFrom(architecture, [name], false));
  return [...(first?.keys() ?? [])].filter((name) => others.every((other) => other.has(name)));
}

/** The calls from where requests start to a component. */
export const wayToNeeded = (needed: Needed, name: string): readonly Edge[] => pathTo(needed, name) ?? [];

function startsOf(architecture: Architecture): string[] {
  const { from, to } = callsOf(architecture);
  const consumers = componentsOf(architecture, 'consumer').filter(({ name }) => from.has(name));
  const spare = new Set(componentsOf(architecture, 'service').flatMap((service) => value(service, 'fallback') ?? []));
  const alone = componentsOf(architecture, 'service').filter((service) => !to.has(service.name) && !spare.has(service.name) && service.variant !== 'batch' && service.variant !== 'streaming' && service.variant !== 'llm_api');
  return [...consumers, ...alone].map(({ name }) => name);
}

/** Services behind one gateway that run the same model: any of them answers. */
function twinsAmong(architecture: Architecture, caller: string, callees: readonly string[]): ReadonlySet<string> {
  if (architecture.components.get(caller)?.kind !== 'gateway' || callees.length < 2) return new Set();
  const byModel = new Map<string, string[]>();
  for (const callee of callees) {
    const component = architecture.components.get(callee);
    if (component?.kind !== 'service') continue;
    for (const model of modelsOf(architecture, component as Component<'service'>)) byModel.set(model.name, [...(byModel.get(model.name) ?? []), callee]);
  }
  return new Set([...byModel.values()].filter((group) => group.length > 1).flat());
}
