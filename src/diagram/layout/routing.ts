import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api.js';
import { ROW } from './elk-graph.ts';
import type { Tracks } from './tracks.ts';

/** Places in pixels from the left. */
interface Fixed {
  readonly leftOf: (node: ElkNode) => number;
  /** Where an edge passes through rows, from above to below. */
  readonly wayOf: (edge: ElkExtendedEdge, index: number) => readonly { readonly row: number; readonly x: number }[];
}

/** The graph with places that ELK keeps, as far as there is room, and the order that follows from them. Only the bends of edges are left to it. */
export function fixedGraph(graph: ElkNode, rows: ReadonlyMap<string, number>, { leftOf, wayOf }: Fixed): ElkNode {
  return {
    ...graph,
    layoutOptions: { ...graph.layoutOptions, 'elk.layered.crossingMinimization.strategy': 'INTERACTIVE', 'elk.layered.crossingMinimization.greedySwitch.type': 'OFF', 'elk.layered.nodePlacement.strategy': 'INTERACTIVE', 'elk.layered.considerModelOrder.strategy': 'NONE' },
    // Rows have one middle, by which ELK sees what an edge passes: an edge that goes round a node passes its middle beside it.
    children: (graph.children ?? []).map((child) => ({ ...child, x: leftOf(child), y: heightOf(rows.get(child.id) ?? 0) - (child.height ?? 0) / 2 })),
    edges: (graph.edges ?? []).map(({ id, sources, targets }, index): ElkExtendedEdge => {
      // ELK turns a picture that goes down on its side before it begins, but forgets the bends that it was given: they are turned here.
      const bends = wayOf({ id, sources, targets }, index).flatMap(({ row, x }) => [-0.1, 0.1].map((off) => ({ x: heightOf(row + off), y: x })));
      const [first, last] = [bends[0], bends.at(-1)];
      return { id, sources, targets, ...(first && last && { sections: [{ id: `way:${id}`, startPoint: first, endPoint: last, bendPoints: bends }] }) };
    }),
  };
}

/** The graph with everything where `tracks` have it, and with ports where they are in `placed`. */
export function routingGraph(graph: ElkNode, placed: ElkNode, rows: ReadonlyMap<string, number>, { nodes, ways, lines }: Tracks): ElkNode {
  const left = Math.min(...lines.flat().map(({ x }) => x));
  const ports = new Map((placed.children ?? []).flatMap((child) => (child.ports ?? []).map((port) => [port.id, port] as const)));
  const withPorts = (graph.children ?? []).map((child) => ({
    ...child,
    ports: (child.ports ?? []).map((port) => ({ ...port, x: ports.get(port.id)?.x ?? 0, y: ports.get(port.id)?.y ?? 0 })),
    layoutOptions: { ...child.layoutOptions, 'elk.portConstraints': 'FIXED_POS' },
  }));
  return fixedGraph({ ...graph, children: withPorts }, rows, {
    leftOf: ({ id }) => (nodes.get(id)?.x ?? 0) - left,
    wayOf: ({ id }) => (ways.get(id) ?? []).map(({ row, item }) => ({ row, x: item.x - left })),
  });
}

/** Where ELK finds a row: nothing stands at 0, which it takes for no place at all. */
const heightOf = (row: number): number => (row + 1) * ROW;

/** ELK leaves the bends that it was given where an edge has none in the end. */
export const withoutGiven = (placed: ElkNode): ElkNode => ({
  ...placed,
  edges: (placed.edges ?? []).map((edge) => ({
    ...edge,
    sections: (edge.sections ?? []).map(({ bendPoints = [], ...section }) => (bendPoints.some(({ x }) => x >= ROW / 2) ? section : { ...section, bendPoints })),
  })),
});
