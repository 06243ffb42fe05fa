import type { Architecture, Component } from '../../model/architecture.ts';
import type { Edge } from '../../model/graph/edges.ts';
import { pathTo, reachTree } from '../../model/graph/paths.ts';
import type { DataClass } from '../../model/graph/taint.ts';
import { value } from '../../model/statements.ts';
import { contentGraph } from './content.ts';

/** Classes of data that must not get to strangers, in the order in which they are named. */
export const PRIVATE: readonly DataClass[] = ['credentials', 'health', 'sensitive', 'children', 'financial', 'pii', 'location', 'confidential'];

export interface PrivateReach {
  readonly dataClass: DataClass;
  /** From what holds it to the reader; empty where the reader holds it itself. */
  readonly path: readonly Edge[];
}

interface Spread {
  readonly tree: ReadonlyMap<string, Edge | undefined>;
  /** Flows that are declared to carry the class, by where they end. */
  readonly entries: ReadonlyMap<string, Edge>;
}

const cache = new WeakMap<Architecture, ReadonlyMap<DataClass, Spread>>();

/** Private data that a component can read, in what it is given and in what it can ask for, a class each. */
export function privateReach(architecture: Architecture, name: string): PrivateReach[] {
  let spreads = cache.get(architecture);
  if (!spreads) cache.set(architecture, (spreads = spreadsOf(architecture)));
  return [...spreads].flatMap(([dataClass, { tree, entries }]) => {
    const path = pathTo(tree, name);
    if (!path) return [];
    const entry = entries.get(path[0]?.from ?? name);
    return [{ dataClass, path: entry ? [entry, ...path] : path }];
  });
}

function spreadsOf(architecture: Architecture): Map<DataClass, Spread> {
  const graph = contentGraph(architecture);
  const spreads = new Map<DataClass, Spread>();
  for (const dataClass of PRIVATE) {
    const holders = [...architecture.components.values()].filter((component) => component.kind !== 'consumer' && component.kind !== 'environment' && (value(component, 'contains') as readonly DataClass[] | undefined)?.includes(dataClass));
    const held = new Set(holders.map(({ name }) => name));
    const carrying = graph.edges.filter((edge) => !held.has(edge.to) && edge.flow && value(edge.flow, 'contains')?.includes(dataClass) && !masks(architecture, edge, dataClass));
    const entries = new Map(carrying.map((edge) => [edge.to, edge]));
    if (held.size + entries.size > 0) spreads.set(dataClass, { tree: reachTree(graph, [...held, ...entries.keys()], { follow: (edge) => !masks(architecture, edge, dataClass) }), entries });
  }
  return spreads;
}

function masks(architecture: Architecture, edge: Edge, dataClass: DataClass): boolean {
  if (edge.flow && value(edge.flow, 'masks')?.includes(dataClass)) return true;
  const from = architecture.components.get(edge.from);
  return from?.kind === 'ingestion' && ((value(from as Component<'ingestion'>, 'masks') as readonly DataClass[] | undefined)?.includes(dataClass) ?? false);
}
