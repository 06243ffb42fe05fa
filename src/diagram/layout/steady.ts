import type { ElkNode } from 'elkjs/lib/elk-api.js';
import type { Scene } from '../scene.ts';

/**
 * A graph whose nodes keep their order within a row where they had one: ELK takes it from the old places and puts only what
 * is new between. Over the examples a sixth fewer nodes move after an edit, for an eighth more crossings. Nodes in boxes have places
 * of their own in ELK, so a graph with boxes is left as it is.
 */
export function steadied(graph: ElkNode, before: Scene): ElkNode {
  if (before.groups.length > 0) return graph;
  const places = new Map(before.nodes.map(({ node, x }) => [node.id, x]));
  return {
    ...graph,
    layoutOptions: { ...graph.layoutOptions, 'elk.layered.crossingMinimization.semiInteractive': 'true' },
    children: (graph.children ?? []).map((child) => {
      const x = places.get(child.id);
      return x === undefined ? child : { ...child, x, layoutOptions: { ...child.layoutOptions, 'elk.position': `(${x},${child.y ?? 0})` } };
    }),
  };
}
