import fc from 'fast-check';
import { graphOf, type Edge, type Graph } from '../../../src/model/graph/edges.ts';

/** Small random graphs, self-loops, parallel edges and cycles included, for comparison with brute force. */

const span = { file: 'random', range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } } };

export const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'] as const;

export const edge = (from: string, to: string, payload: Edge['payload'] = 'data'): Edge => ({ from, to, payload, mode: 'batch', span });

/** `graph('a->b', 'b->c')` */
export const graph = (...arrows: string[]): Graph => graphOf(arrows.map((arrow) => edge(...(arrow.split('->') as [string, string]))));

const name = fc.constantFrom(...NAMES);

export const randomGraph: fc.Arbitrary<Graph> = fc
  .array(fc.record({ from: name, to: name, payload: fc.constantFrom('data' as const, 'labels' as const) }), { maxLength: 16 })
  .map((pairs) => graphOf(pairs.map(({ from, to, payload }) => edge(from, to, payload))));

export const someNames = (minLength = 0): fc.Arbitrary<string[]> => fc.uniqueArray(name, { minLength, maxLength: 3 });
export { name as randomName };

/** Transitive closure after Warshall: whether there is a way of at least one edge. */
export function closure(edges: readonly Edge[], without: ReadonlySet<string> = new Set()): (from: string, to: string) => boolean {
  const ways = new Set(edges.filter(({ from, to }) => !without.has(from) && !without.has(to)).map(({ from, to }) => from + to));
  for (const via of NAMES) for (const from of NAMES) for (const to of NAMES) if (ways.has(from + via) && ways.has(via + to)) ways.add(from + to);
  return (from, to) => ways.has(from + to);
}

/** Every subset of the names, small ones first. */
export function subsets(names: readonly string[]): string[][] {
  const all = Array.from({ length: 2 ** names.length }, (_, bits) => names.filter((_name, at) => bits & (1 << at)));
  return all.sort((a, b) => a.length - b.length);
}

/** A long chain, a dense block and a cycle: large enough to fail a search that recurses or is quadratic. */
export function largeGraph(size: number, edgesPerNode: number): Graph {
  const edges: Edge[] = [];
  for (let at = 0; at < size; at++) {
    edges.push(edge(`n${at}`, `n${at + 1}`));
    for (let k = 1; k < edgesPerNode; k++) edges.push(edge(`n${at}`, `n${(at * 7919 + k * 104_729) % size}`));
  }
  return graphOf(edges);
}
