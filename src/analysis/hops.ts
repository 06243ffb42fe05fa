import type { Edge } from '../model/graph/edges.ts';
import type { Hop } from './finding.ts';

/** A path as the hops that prove a finding: where it starts, and each component that it reaches with what it carries. */
export function hopsOf(edges: readonly Edge[], noteOf: (edge: Edge) => string | undefined = (edge) => edge.payload): Hop[] {
  const first = edges[0];
  if (!first) return [];
  return [{ component: first.from, span: first.span }, ...edges.map((edge) => ({ component: edge.to, span: edge.span, note: noteOf(edge) }))];
}
