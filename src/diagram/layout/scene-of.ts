import type { ElkNode } from 'elkjs/lib/elk-api.js';
import type { Diagram } from '../diagram.ts';
import type { Box, PlacedEdge, PlacedNode, Point, Scene } from '../scene.ts';
import { LABEL, labelText, labelWidth } from './card.ts';
import type { Footprint, LayoutGraph } from './elk-graph.ts';

/** A diagram with the places that ELK answered. */
export function sceneOf(diagram: Diagram, { footprints, upward }: Pick<LayoutGraph, 'footprints' | 'upward'>, placed: ElkNode): Scene {
  const boxes = absoluteBoxes(placed);
  const nodes = diagram.nodes.map((node): PlacedNode => {
    const [box, footprint] = [boxes.get(node.id) as Box, footprints.get(node.id) as Footprint];
    return { node, card: footprint.card, x: box.x, y: box.y, width: box.width, height: footprint.card.height };
  });
  const byId = new Map(nodes.map((node) => [node.node.id, node]));
  const routes = new Map((placed.edges ?? []).map((edge) => [edge.id, edge]));
  const offsetOf = (container: string | undefined): Point => (container === undefined || container === 'root' ? { x: 0, y: 0 } : (boxes.get(container) ?? { x: 0, y: 0 }));
  const labelled = new Set<string>();
  const edges = diagram.edges.map((edge): PlacedEdge => {
    const route = routes.get(edge.id);
    const offset = offsetOf((route as { container?: string } | undefined)?.container);
    const bends = (route?.sections ?? []).flatMap(({ startPoint, bendPoints = [], endPoint }) => [startPoint, ...bendPoints, endPoint]).map(({ x, y }) => ({ x: x + offset.x, y: y + offset.y }));
    const source = byId.get(edge.from) as PlacedNode;
    const [first, ...rest] = upward.has(edge.id) ? [...bends].reverse() : bends;
    // The edge begins where the card ends, and crosses the room for its label.
    const points = first ? withoutRepeats(straightened([{ x: first.x, y: source.y + source.height }, first, ...rest])) : [];
    const text = labelText(edge.label);
    const start = points[0];
    const place = `${edge.from} ${start?.x} ${text}`;
    if (text === '' || !start || labelled.has(place)) return { edge, points };
    labelled.add(place);
    return { edge, points, label: { text, x: start.x + LABEL.gap, y: start.y + 3, width: labelWidth(text), height: LABEL.line } };
  });
  const height = placed.height ?? 0;
  return {
    diagram,
    width: placed.width ?? 0,
    height,
    nodes,
    edges,
    lanes: lanesOf(diagram, nodes, footprints, { width: placed.width ?? 0, height }),
    groups: diagram.groups.flatMap((group) => {
      const box = boxes.get(`group:${group.id}`);
      return box ? [{ group, ...box }] : [];
    }),
  };
}

/** Boxes of ELK with places from the corner of the picture instead of that of their parent. */
function absoluteBoxes(root: ElkNode): Map<string, Box> {
  const boxes = new Map<string, Box>();
  const visit = (node: ElkNode, x: number, y: number): void => {
    for (const child of node.children ?? []) {
      const box = { x: x + (child.x ?? 0), y: y + (child.y ?? 0), width: child.width ?? 0, height: child.height ?? 0 };
      boxes.set(child.id, box);
      visit(child, box.x, box.y);
    }
  };
  visit(root, 0, 0);
  return boxes;
}

/** Bands from the middle of one gap to the middle of the next. */
function lanesOf({ lanes }: Diagram, nodes: readonly PlacedNode[], footprints: ReadonlyMap<string, Footprint>, whole: { readonly width: number; readonly height: number }): Scene['lanes'] {
  const spans = lanes.map(({ layer }) => {
    const own = nodes.filter(({ node }) => node.layer === layer);
    return { top: Math.min(...own.map(({ y }) => y)), bottom: Math.max(...own.map(({ y, height, node }) => y + height + (footprints.get(node.id)?.strip ?? 0))) };
  });
  const border = (index: number): number => {
    const [before, after] = [spans[index - 1], spans[index]];
    if (!before) return 0;
    return after ? (before.bottom + after.top) / 2 : whole.height;
  };
  return lanes.map((lane, index) => ({ lane, x: 0, y: border(index), width: whole.width, height: border(index + 1) - border(index) }));
}

/** The router leaves fractions of a pixel, and an arrow head would point along them: pieces are made straight again. */
function straightened(points: readonly Point[]): Point[] {
  const straight: Point[] = [];
  for (const { x, y } of points) {
    const before = straight.at(-1);
    straight.push(before ? { x: Math.abs(x - before.x) < 1 ? before.x : x, y: Math.abs(y - before.y) < 1 ? before.y : y } : { x, y });
  }
  return straight;
}

function withoutRepeats(points: readonly Point[]): Point[] {
  const distinct = points.filter(({ x, y }, index) => index === 0 || x !== points[index - 1]?.x || y !== points[index - 1]?.y);
  // Points in the middle of a straight piece say nothing.
  return distinct.filter(({ x, y }, index) => {
    const [before, after] = [distinct[index - 1], distinct[index + 1]];
    return !before || !after || !((before.x === x && x === after.x) || (before.y === y && y === after.y));
  });
}
