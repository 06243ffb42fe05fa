import { edgesOf } from '../../model/graph/edges.ts';
import type { Knowledge } from './elements.ts';
import { elementsOf, partOf, type ViewContent } from './part.ts';

/** One component with everything that it is joined to directly, and what flows between. */
export function focusView(knowledge: Knowledge, name: string): ViewContent {
  const { architecture } = knowledge;
  const edges = edgesOf(architecture).edges.filter(({ from, to }) => from === name || to === name);
  const names = new Set([name, ...edges.flatMap(({ from, to }) => [from, to])]);
  const elements = elementsOf(knowledge, partOf(architecture, names, edges));
  return { nodes: elements.nodes, edges: elements.edges.map((edge) => ({ ...edge, label: edge.label === '' ? edge.payload : `${edge.payload}, ${edge.label}` })), lanes: [], groups: [] };
}
