import type { Edge, Graph } from './edges.ts';
import { minCut } from './max-flow.ts';
import { reachable, shortestPath, type Follow } from './paths.ts';

export type Separation = { readonly separated: true } | { readonly separated: false; readonly path: readonly Edge[] };

/**
 * Whether every path from a source to a target passes a gate. Where one does not, that unguarded path (a shortest
 * one). A source or target that is a gate itself is guarded.
 */
export function separates(graph: Graph, gates: Iterable<string>, sources: Iterable<string>, targets: Iterable<string>, follow?: Follow): Separation {
  const path = shortestPath(graph, sources, targets, { follow, avoid: new Set(gates) });
  return path ? { separated: false, path } : { separated: true };
}

/**
 * The fewest components, sources and targets apart, without which no source reaches a target; undefined where an edge
 * joins a source with a target, since nothing in between can be cut. One augmenting search for each component of the cut.
 */
export function minVertexCut(graph: Graph, sources: Iterable<string>, targets: Iterable<string>, follow: Follow = () => true): Set<string> | undefined {
  const from: ReadonlySet<string> = new Set(sources);
  const to: ReadonlySet<string> = new Set(targets);
  // Only what lies between matters, and it is often a small part.
  const ahead = reachable(graph, from, { follow });
  const behind = reachable(graph, to, { follow, direction: 'upstream' });
  const between = [...ahead].filter((name) => behind.has(name));
  const inside = new Set(between);
  const index = new Map(between.map((name, at) => [name, at]));
  const [entry, exit] = [2 * between.length, 2 * between.length + 1];
  const arcs: { from: number; to: number; capacity: number }[] = [];
  for (const name of between) {
    const at = index.get(name) as number;
    if (from.has(name) && to.has(name)) return undefined;
    const terminal = from.has(name) || to.has(name);
    arcs.push({ from: 2 * at, to: 2 * at + 1, capacity: terminal ? Number.POSITIVE_INFINITY : 1 });
    if (from.has(name)) arcs.push({ from: entry, to: 2 * at, capacity: Number.POSITIVE_INFINITY });
    if (to.has(name)) arcs.push({ from: 2 * at + 1, to: exit, capacity: Number.POSITIVE_INFINITY });
    for (const edge of graph.out.get(name) ?? []) {
      if (!inside.has(edge.to) || !follow(edge)) continue;
      if (from.has(name) && to.has(edge.to)) return undefined;
      arcs.push({ from: 2 * at + 1, to: 2 * (index.get(edge.to) as number), capacity: Number.POSITIVE_INFINITY });
    }
  }
  const cut = minCut(2 * between.length + 2, arcs, entry, exit);
  return new Set(cut.arcs.map((arc) => between[(arcs[arc]?.from as number) >> 1] as string));
}
