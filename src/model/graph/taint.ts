import type { Architecture, Component } from '../architecture.ts';
import { value } from '../statements.ts';
import type { DataClass } from './data-classes.ts';
import { isPassive } from './payloads.ts';
import { servingGraph } from './cones.ts';
import type { Edge } from './edges.ts';
import { carrying, pathTo, reachTree } from './paths.ts';

export type { DataClass } from './data-classes.ts';

/** Where each class of data comes from, and by which way it gets anywhere. */
interface Spread {
  readonly tree: ReadonlyMap<string, Edge | undefined>;
  /** Flows that are declared to carry the class, by where they end. */
  readonly entries: ReadonlyMap<string, Edge>;
}

const cache = new WeakMap<Architecture, { readonly spreads: ReadonlyMap<DataClass, Spread>; readonly found: Map<string, ReadonlyMap<DataClass, readonly Edge[]>> }>();

/**
 * Classes of data that reach a component, each with the way from where it is declared (empty where the component
 * declares it itself). Classes spread along everything that carries data, requests included, and stop where `masks`
 * of a flow or of an ingestion removes them, or where a flow says that other classes are on it. The weights of a
 * model are not taken to hold what it learned from.
 */
export function taintOf(architecture: Architecture, name: string): ReadonlyMap<DataClass, readonly Edge[]> {
  let known = cache.get(architecture);
  if (!known) cache.set(architecture, (known = { spreads: spread(architecture), found: new Map() }));
  let found = known.found.get(name);
  if (!found) known.found.set(name, (found = taintAt(known.spreads, name)));
  return found;
}

function taintAt(spreads: ReadonlyMap<DataClass, Spread>, name: string): ReadonlyMap<DataClass, readonly Edge[]> {
  const found = new Map<DataClass, readonly Edge[]>();
  for (const [dataClass, { tree, entries }] of spreads) {
    const path = pathTo(tree, name);
    if (!path) continue;
    const entry = entries.get(path[0]?.from ?? name);
    found.set(dataClass, entry ? [entry, ...path] : path);
  }
  return found;
}

const CARRIES_DATA = carrying('data', 'features', 'labels', 'predictions', 'request', 'feedback', 'config');

function spread(architecture: Architecture): ReadonlyMap<DataClass, Spread> {
  const graph = servingGraph(architecture);
  const origins = new Map<DataClass, Set<string>>();
  const entries = new Map<DataClass, Map<string, Edge>>();
  for (const component of architecture.components.values()) {
    for (const dataClass of classes(value(component, 'contains'))) group(origins, dataClass, () => new Set<string>()).add(component.name);
  }
  for (const edge of graph.edges) {
    for (const dataClass of classes(edge.flow && value(edge.flow, 'contains'))) {
      const removed = edge.flow && value(edge.flow, 'masks')?.includes(dataClass);
      if (!removed) group(entries, dataClass, () => new Map<string, Edge>()).set(edge.to, edge);
    }
  }
  const all = new Set([...origins.keys(), ...entries.keys()]);
  return new Map([...all].map((dataClass) => {
    const declared = origins.get(dataClass) ?? new Set();
    const byFlow = new Map([...(entries.get(dataClass) ?? [])].filter(([name]) => !declared.has(name)));
    const tree = reachTree(graph, [...declared, ...byFlow.keys()], { follow: (edge) => carriedBy(architecture, edge, dataClass) });
    return [dataClass, { tree, entries: byFlow }];
  }));
}

/** `none` says that there is nothing to protect, so it does not spread. */
const classes = (declared: readonly DataClass[] | undefined): DataClass[] => (declared ?? []).filter((dataClass) => dataClass !== 'none');

/** Whether an edge passes a class of data on from where it starts: it carries data, nothing masks the class, and the flow does not say that other classes are on it. */
export function carriedBy(architecture: Architecture, edge: Edge, dataClass: DataClass): boolean {
  if (!CARRIES_DATA(edge) || isQuery(architecture, edge)) return false;
  if (edge.flow && value(edge.flow, 'masks')?.includes(dataClass)) return false;
  const declared = edge.flow && value(edge.flow, 'contains');
  if (declared && !declared.includes(dataClass)) return false;
  const from = architecture.components.get(edge.from);
  const masked = from?.kind === 'ingestion' ? value(from as Component<'ingestion'>, 'masks') : undefined;
  return !(masked as readonly DataClass[] | undefined)?.includes(dataClass);
}

/** A request to something that only answers with stored values leaves nothing there, unless it writes. */
function isQuery(architecture: Architecture, edge: Edge): boolean {
  const to = architecture.components.get(edge.to);
  if (edge.payload !== 'request' || !to || !isPassive(to.kind)) return false;
  const access = edge.flow && value(edge.flow, 'access');
  return access === undefined || access === 'read';
}

function group<K, V>(groups: Map<K, V>, key: K, make: () => V): V {
  let found = groups.get(key);
  if (found === undefined) groups.set(key, (found = make()));
  return found;
}
