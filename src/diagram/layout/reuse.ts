import type { Diagram } from '../diagram.ts';
import type { PlacedEdge, PlacedNode, Scene } from '../scene.ts';
import { cardOf, labelText, labelWidth } from './card.ts';

/** Text may grow by so many pixels into the padding of its card before the picture is laid out anew. */
const SLACK = 6;

/**
 * The scene of a diagram in the places of another one of the same structure: the same nodes, flows, boxes and lanes, whose
 * new texts fit where the old ones were. Undefined where the picture must be laid out anew.
 */
export function inPlacesOf(scene: Scene, diagram: Diagram): Scene | undefined {
  const old = scene.diagram;
  if (diagram.view !== old.view || diagram.state !== old.state || diagram.system !== old.system) return undefined;
  if (shapeOf(diagram) !== shapeOf(old)) return undefined;
  const nodes: PlacedNode[] = [];
  for (const [index, node] of diagram.nodes.entries()) {
    const placed = scene.nodes[index];
    const card = cardOf(node);
    if (!placed || card.height !== placed.card.height || card.width > placed.width + SLACK) return undefined;
    nodes.push({ ...placed, node, card });
  }
  const edges: PlacedEdge[] = [];
  for (const [index, edge] of diagram.edges.entries()) {
    const placed = scene.edges[index];
    if (!placed) return undefined;
    const text = labelText(edge.label);
    if ((text === '') !== (placed.edge.label === '')) return undefined;
    if (placed.label && labelWidth(text) > placed.label.width + SLACK) return undefined;
    edges.push({ ...placed, edge, ...(placed.label && { label: { ...placed.label, text } }) });
  }
  return { ...scene, diagram, nodes, edges };
}

/** Everything that layout depends on but the sizes of texts. */
const shapeOf = ({ nodes, edges, lanes, groups }: Diagram): string => JSON.stringify([nodes.map(({ id, layer, group }) => [id, layer, group]), edges.map(({ id }) => id), lanes, groups]);
