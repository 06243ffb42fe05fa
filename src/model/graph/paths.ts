import type { Edge, Graph } from './edges.ts';
import type { Payload } from './payloads.ts';

export type Direction = 'downstream' | 'upstream';
export type Follow = (edge: Edge) => boolean;

export interface Walk {
  /** `downstream` (from `from` to `to`) if left out. */
  readonly direction?: Direction;
  /** Which edges to take; all if left out. */
  readonly follow?: Follow;
  /** Components that are never entered, not even as a start. */
  readonly avoid?: Pick<ReadonlySet<string>, 'has'>;
}

const NO_EDGES: readonly Edge[] = [];

/** Follows edges that carry one of these payloads. */
export function carrying(...payloads: readonly Payload[]): Follow {
  const wanted: ReadonlySet<Payload> = new Set(payloads);
  return (edge) => wanted.has(edge.payload);
}

/**
 * Breadth-first search. Every component reached, the starts included, with the edge by which it was reached first
 * (undefined for a start); `pathTo` reads a shortest path from it.
 */
export function reachTree(graph: Graph, starts: Iterable<string>, walk: Walk = {}): Map<string, Edge | undefined> {
  const { follow, avoid } = walk;
  const upstream = walk.direction === 'upstream';
  const adjacent = upstream ? graph.in : graph.out;
  const tree = new Map<string, Edge | undefined>();
  for (const start of starts) if (!avoid?.has(start)) tree.set(start, undefined);
  // A map gives out what is added to it while it is walked: it is its own queue.
  for (const at of tree.keys()) {
    for (const edge of adjacent.get(at) ?? NO_EDGES) {
      const next = upstream ? edge.from : edge.to;
      if (!tree.has(next) && !avoid?.has(next) && (!follow || follow(edge))) tree.set(next, edge);
    }
  }
  return tree;
}

/** The edges from a start to this component in the order in which they flow; undefined where it was not reached. */
export function pathTo(tree: ReadonlyMap<string, Edge | undefined>, name: string, direction: Direction = 'downstream'): Edge[] | undefined {
  if (!tree.has(name)) return undefined;
  const path: Edge[] = [];
  let at = name;
  for (let edge = tree.get(at); edge; edge = tree.get(at)) {
    path.push(edge);
    at = direction === 'downstream' ? edge.from : edge.to;
  }
  return direction === 'downstream' ? path.reverse() : path;
}

/** Every component that can be reached, the starts included. */
export function reachable(graph: Graph, starts: Iterable<string>, walk: Walk = {}): Set<string> {
  const { follow, avoid } = walk;
  const upstream = walk.direction === 'upstream';
  const adjacent = upstream ? graph.in : graph.out;
  const reached = new Set<string>();
  for (const start of starts) if (!avoid?.has(start)) reached.add(start);
  for (const at of reached) {
    for (const edge of adjacent.get(at) ?? NO_EDGES) {
      const next = upstream ? edge.from : edge.to;
      if (!reached.has(next) && !avoid?.has(next) && (!follow || follow(edge))) reached.add(next);
    }
  }
  return reached;
}

/**
 * The hops of a shortest path from one of `from` to one of `to`; empty where a component is in both, undefined where
 * there is no path.
 */
export function shortestPath(graph: Graph, from: Iterable<string>, to: Iterable<string>, walk: Pick<Walk, 'follow' | 'avoid'> = {}): Edge[] | undefined {
  const targets: ReadonlySet<string> = new Set(to);
  const tree = reachTree(graph, from, walk);
  // The tree lists components in the order of their distance.
  for (const name of tree.keys()) if (targets.has(name)) return pathTo(tree, name);
  return undefined;
}

/** Names of the components along a path. */
export function namesAlong(path: readonly Edge[]): string[] {
  const first = path[0];
  return first ? [first.from, ...path.map((edge) => edge.to)] : [];
}
