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

type Tree = ReadonlyMap<string, Edge | undefined>;
const cache = new WeakMap<Architecture, ReadonlyMap<DataClass, Tree>>();

/** Private data that a component can read, in what it is given and in what it can ask for, a class each. */
export function privateReach(architecture: Architecture, name: string): PrivateReach[] {
  let trees = cache.get(architecture);
  if (!trees) cache.set(architecture, (trees = treesOf(architecture)));
  return [...trees].flatMap(([dataClass, tree]) => {
    const path = pathTo(tree, name);
    return path ? [{ dataClass, path }] : [];
  });
}

function treesOf(architecture: Architecture): Map<DataClass, Tree> {
  const graph = contentGraph(architecture);
  const trees = new Map<DataClass, Tree>();
  for (const dataClass of PRIVATE) {
    const holders = [...architecture.components.values()].filter((component) => component.kind !== 'consumer' && component.kind !== 'environment' && (value(component, 'contains') as readonly DataClass[] | undefined)?.includes(dataClass));
    if (holders.length > 0) trees.set(dataClass, reachTree(graph, holders.map(({ name }) => name), { follow: (edge) => !masks(architecture, edge, dataClass) }));
  }
  return trees;
}

function masks(architecture: Architecture, edge: Edge, dataClass: DataClass): boolean {
  if (edge.flow && value(edge.flow, 'masks')?.includes(dataClass)) return true;
  const from = architecture.components.get(edge.from);
  return from?.kind === 'ingestion' && ((value(from as Component<'ingestion'>, 'masks') as readonly DataClass[] | undefined)?.includes(dataClass) ?? false);
}
