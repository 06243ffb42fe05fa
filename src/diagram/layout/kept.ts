import type { Diagram } from '../diagram.ts';
import type { PlacedEdge, PlacedNode, Scene } from '../scene.ts';
import { placeAt, type Places } from './tracks.ts';

/** What a picture has in common with the one before it. */
export interface Kept {
  /** Rows of the nodes, counted from the top. */
  readonly rows: ReadonlyMap<string, number>;
  readonly nodes: ReadonlyMap<string, PlacedNode>;
  readonly edges: ReadonlyMap<string, PlacedEdge>;
}

export function keptOf(diagram: Diagram, before: Scene): Kept {
  const layers = new Map(diagram.nodes.map(({ id, layer }) => [id, layer]));
  const nodes = before.nodes.filter(({ node }) => layers.get(node.id) === node.layer);
  const rows = new Map<string, number>();
  let [row, bottom] = [-1, -Infinity];
  for (const { node, y, height } of [...nodes].sort((a, b) => a.y - b.y)) {
    // What stands in a row overlaps from top to bottom; rows do not.
    if (y >= bottom) row++;
    bottom = Math.max(bottom, y + height);
    rows.set(node.id, row);
  }
  return { rows, nodes: new Map(nodes.map((node) => [node.node.id, node])), edges: new Map(before.edges.map((edge) => [edge.edge.id, edge])) };
}

/** Where things stood in what are their rows now. */
export function placesOf({ nodes, edges }: Kept, rows: ReadonlyMap<string, number>): Places {
  const heights = new Map([...nodes].map(([id, { y, height }]) => [rows.get(id) ?? 0, y + height / 2]));
  return {
    leftOf: (id, width) => {
      const node = nodes.get(id);
      return node && node.x + (node.width - width) / 2;
    },
    passOf: (id, row) => {
      const [edge, y] = [edges.get(id), heights.get(row)];
      return edge && y !== undefined ? placeAt(edge.points, y) : undefined;
    },
  };
}
