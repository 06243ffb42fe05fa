import type { Box, PlacedEdge, PlacedNode, Scene } from '../scene.ts';
import { boxGrid, overlap } from './box-grid.ts';
import { coveredPairs, crossingsOf, isHorizontal, isVertical, segmentsOf, sharePort, type Segment } from './crossings.ts';

/** How well a layout reads, in figures that can be compared. Smaller is better, but for the aspect. */
export interface Quality {
  readonly nodes: number;
  readonly edges: number;
  /** Points where two flows cross; those that share a port run together and do not count. */
  readonly crossings: number;
  readonly bendsPerEdge: number;
  /** Length of all edges over the straight distance between their ends. */
  readonly stretch: number;
  /** Square pixels by node. */
  readonly areaPerNode: number;
  /** Width over height. */
  readonly aspect: number;
  readonly overlaps: Overlaps;
}

/** What covers what, in words for a person. All of it is wrong, but edges below labels only where there is no other way. */
export interface Overlaps {
  readonly nodes: readonly string[];
  readonly labelsOnNodes: readonly string[];
  readonly labelsOnLabels: readonly string[];
  /** A label on an edge of another flow. */
  readonly labelsOnEdges: readonly string[];
  /** An edge through a node that is not its end, or through the card of its end. */
  readonly edgesThroughNodes: readonly string[];
  /** Two flows on the same line, though they share no port. */
  readonly edgesOnEdges: readonly string[];
  /** Pieces that are neither horizontal nor vertical. */
  readonly oblique: readonly string[];
}

export function qualityOf(scene: Scene): Quality {
  const { nodes, edges } = scene;
  const segments = segmentsOf(edges);
  const length = sum(segments.map(({ from, to }) => Math.abs(to.x - from.x) + Math.abs(to.y - from.y)));
  const straight = sum(edges.map(({ points }) => Math.hypot((points.at(-1)?.x ?? 0) - (points[0]?.x ?? 0), (points.at(-1)?.y ?? 0) - (points[0]?.y ?? 0))));
  return {
    nodes: nodes.length,
    edges: edges.length,
    crossings: crossingsOf(segments).length,
    bendsPerEdge: edges.length === 0 ? 0 : sum(edges.map(({ points }) => Math.max(0, points.length - 2))) / edges.length,
    stretch: straight === 0 ? 1 : length / straight,
    areaPerNode: nodes.length === 0 ? 0 : (scene.width * scene.height) / nodes.length,
    aspect: scene.height === 0 ? 1 : scene.width / scene.height,
    overlaps: overlapsOf(scene, segments),
  };
}

function overlapsOf({ nodes, edges }: Scene, segments: readonly Segment[]): Overlaps {
  const cards = boxGrid(nodes);
  const labels = boxGrid(edges.flatMap((edge) => (edge.label ? [{ ...edge.label, edge }] : [])));
  const labelled = edges.filter(({ label }) => label !== undefined);
  const place = new Map(nodes.map((node, index) => [node, index]));
  const order = new Map(edges.map((edge, index) => [edge, index]));
  return {
    nodes: nodes.flatMap((node, index) => cards.near(node).filter((other) => (place.get(other) ?? 0) > index && overlap(node, other)).map((other) => `${node.node.id} and ${other.node.id}`)),
    labelsOnNodes: labelled.flatMap(({ edge, label }) => cards.near(label as Box).filter((node) => overlap(label as Box, node)).map(({ node }) => `“${label?.text}” of ${edge.id} on ${node.id}`)),
    labelsOnLabels: labelled.flatMap((edge) => labels.near(edge.label as Box).filter((other) => (order.get(other.edge) ?? 0) > (order.get(edge) ?? 0) && overlap(edge.label as Box, other)).map((other) => `“${edge.label?.text}” of ${edge.edge.id} and “${other.text}” of ${other.edge.edge.id}`)),
    labelsOnEdges: distinct(segments.flatMap((segment) => labels.near(boxOf(segment)).filter((label) => !sharePort(label.edge, segment.edge) && overlap(label, boxOf(segment), 0)).map((label) => `“${label.text}” of ${label.edge.edge.id} on ${segment.edge.edge.id}`))),
    edgesThroughNodes: distinct(segments.flatMap((segment) => cards.near(boxOf(segment)).filter((node) => goesThrough(segment, node)).map(({ node }) => `${segment.edge.edge.id} through ${node.id}`))),
    edgesOnEdges: coveredPairs(segments).map(([a, b]) => `${a.edge.id} and ${b.edge.id}`),
    oblique: distinct(segments.filter((segment) => !isVertical(segment) && !isHorizontal(segment)).map(({ edge }) => edge.edge.id)),
  };
}

const boxOf = ({ from, to }: Segment): Box => ({ x: Math.min(from.x, to.x), y: Math.min(from.y, to.y), width: Math.abs(to.x - from.x), height: Math.abs(to.y - from.y) });

/** Touching the border is how an edge begins and ends; a pixel inside is not. */
function goesThrough(segment: Segment, node: PlacedNode): boolean {
  const box = boxOf(segment);
  return box.x + box.width > node.x + 1 && box.x < node.x + node.width - 1 && box.y + box.height > node.y + 1 && box.y < node.y + node.height - 1;
}

/** How far a picture moves with an edit of its text. */
export interface Movement {
  /** Pixels that half of the nodes do not exceed. */
  readonly median: number;
  /** Share of the nodes that are further off than half a card. */
  readonly far: number;
}

/** Compares nodes that both pictures have, after the shift that most of them make together. */
export function movementBetween(before: Scene, after: Scene): Movement {
  const known = new Map(before.nodes.map((node) => [node.node.id, node]));
  const moves = after.nodes.flatMap((node) => {
    const old = known.get(node.node.id);
    return old ? [{ dx: node.x + node.width / 2 - old.x - old.width / 2, dy: node.y - old.y, node }] : [];
  });
  const [x, y] = [medianOf(moves.map(({ dx }) => dx)), medianOf(moves.map(({ dy }) => dy))];
  const far = moves.filter(({ dx, dy, node }) => Math.abs(dx - x) > node.width / 2 || Math.abs(dy - y) > node.height / 2);
  return { median: medianOf(moves.map(({ dx, dy }) => Math.hypot(dx - x, dy - y))), far: moves.length === 0 ? 0 : far.length / moves.length };
}

/** Whether the ends of an edge stand on the borders of its nodes. */
export function isAttached({ edge, points }: PlacedEdge, nodes: ReadonlyMap<string, PlacedNode>): boolean {
  const [source, target, start, end] = [nodes.get(edge.from), nodes.get(edge.to), points[0], points.at(-1)];
  if (!source || !target || !start || !end || points.length < 2) return false;
  return onBorder(start.x, start.y, source) && onBorder(end.x, end.y, target);
}

function onBorder(x: number, y: number, box: Box): boolean {
  const [across, down] = [Math.min(Math.abs(x - box.x), Math.abs(x - box.x - box.width)), Math.min(Math.abs(y - box.y), Math.abs(y - box.y - box.height))];
  const within = x >= box.x - 0.5 && x <= box.x + box.width + 0.5 && y >= box.y - 0.5 && y <= box.y + box.height + 0.5;
  return within && Math.min(across, down) <= 0.5;
}

const sum = (figures: readonly number[]): number => figures.reduce((total, figure) => total + figure, 0);
const distinct = (words: readonly string[]): string[] => [...new Set(words)];

function medianOf(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
