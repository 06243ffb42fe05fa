import type { Diagram, DiagramEdge } from '../diagram.ts';
import type { Box, PlacedEdge, PlacedNode, Point, Scene } from '../scene.ts';
import { cardOf } from './card.ts';
import { LANE_HEAD } from './elk-graph.ts';

const [GAP, ROW_GAP, MARGIN, HEAD, SIDE] = [22, 40, 22, 34, 18] as const;
/** Width against height of the whole. */
const ASPECT = 1.5;

/** Something with a size that gets its place with everything in it. */
interface Block {
  readonly width: number;
  readonly height: number;
  place(x: number, y: number): void;
}

/**
 * A diagram in plain rows: every node is in its lane or box and none is over another, but flows run where they may. It takes
 * milliseconds for any size; for pictures that a real layout has no time for.
 */
export function plainScene(diagram: Diagram): Scene {
  const boxes = new Map<string, Box>();
  const cards = new Map(diagram.nodes.map((node) => [node.id, cardOf(node)]));
  const nodeBlocks = new Map(diagram.nodes.map(({ id }) => {
    const { width, height } = cards.get(id) ?? { width: 0, height: 0 };
    return [id, { width, height, place: (x: number, y: number) => void boxes.set(id, { x, y, width, height }) }] as const;
  }));
  const room = Math.max(900, Math.sqrt([...nodeBlocks.values()].reduce((sum, { width, height }) => sum + (width + GAP) * (height + ROW_GAP), 0) * ASPECT));
  const known = new Set(diagram.groups.map(({ id }) => id));
  const membersOf = (group: string | undefined, are: (node: Diagram['nodes'][number]) => boolean = () => true): Block[] =>
    diagram.nodes.filter((node) => (known.has(node.group ?? '') ? node.group : undefined) === group && are(node)).map(({ id }) => nodeBlocks.get(id) as Block);
  const groupBlock = (id: string): Block => {
    const { width, height, place } = rowsOf([...membersOf(id), ...diagram.groups.filter(({ parent }) => parent === id).map((child) => groupBlock(child.id))], room / 2);
    const whole = { width: Math.max(width + 2 * SIDE, 160), height: height + HEAD + SIDE };
    return {
      ...whole,
      place: (x, y) => {
        boxes.set(`group:${id}`, { x, y, ...whole });
        place(x + SIDE, y + HEAD);
      },
    };
  };
  const laned = new Set(diagram.lanes.map(({ layer }) => layer));
  const left = diagram.lanes.length > 0 ? LANE_HEAD + 16 : 16;
  const bands = diagram.lanes.map(({ layer }) => rowsOf(membersOf(undefined, (node) => node.layer === layer), room));
  const rest = rowsOf([...diagram.groups.filter(({ parent }) => !known.has(parent ?? '')).map(({ id }) => groupBlock(id)), ...membersOf(undefined, ({ layer }) => !laned.has(layer))], room);
  const width = left + Math.max(0, ...[...bands, rest].map((band) => band.width)) + 16;
  let y = 0;
  const lanes = diagram.lanes.map((lane, index) => {
    const band = bands[index] as Block;
    const box = { lane, x: 0, y, width, height: band.height + 2 * MARGIN };
    band.place(left, y + MARGIN);
    y += box.height;
    return box;
  });
  rest.place(left, y + MARGIN);
  const nodes = diagram.nodes.map((node): PlacedNode => ({ node, card: cards.get(node.id) as PlacedNode['card'], ...(boxes.get(node.id) as Box) }));
  return {
    diagram,
    plain: true,
    width,
    height: y + (rest.height > 0 ? rest.height + 2 * MARGIN : 0),
    nodes,
    edges: routed(diagram.edges, new Map(nodes.map((node) => [node.node.id, node]))),
    lanes,
    groups: diagram.groups.flatMap((group) => {
      const box = boxes.get(`group:${group.id}`);
      return box ? [{ group, ...box }] : [];
    }),
  };
}

/** From left to right, and on in the next row where the room ends. */
function rowsOf(blocks: readonly Block[], room: number): Block {
  let [x, y, high, wide] = [0, 0, 0, 0];
  const places = blocks.map(({ width, height }) => {
    if (x > 0 && x + width > room) [x, y, high] = [0, y + high + ROW_GAP, 0];
    const place = { x, y };
    x += width + GAP;
    high = Math.max(high, height);
    wide = Math.max(wide, x - GAP);
    return place;
  });
  return { width: wide, height: y + high, place: (left, top) => blocks.forEach((block, index) => block.place(left + (places[index]?.x ?? 0), top + (places[index]?.y ?? 0))) };
}

/** Three straight pieces each, spread over the sides of their nodes; labels have no room and stand in the titles. */
function routed(edges: readonly DiagramEdge[], nodes: ReadonlyMap<string, PlacedNode>): PlacedEdge[] {
  const ends = new Map<string, number>();
  const count = new Map<string, number>();
  for (const { from, to } of edges) for (const id of [from, to]) count.set(id, (count.get(id) ?? 0) + 1);
  const nextX = ({ node: { id }, x, width }: PlacedNode): number => {
    const place = (ends.get(id) ?? 0) + 1;
    ends.set(id, place);
    return x + (width * place) / ((count.get(id) ?? 0) + 1);
  };
  return edges.map((edge): PlacedEdge => {
    const [from, to] = [nodes.get(edge.from), nodes.get(edge.to)];
    if (!from || !to) return { edge, points: [] };
    const [start, end] = [nextX(from), nextX(to)];
    const points = ([fromY, middle, toY]: readonly [number, number, number]): Point[] => [{ x: start, y: fromY }, { x: start, y: middle }, { x: end, y: middle }, { x: end, y: toY }];
    const [below, under] = [from.y + from.height, to.y + to.height];
    if (below < to.y) return { edge, points: points([below, (below + to.y) / 2, to.y]) };
    if (under < from.y) return { edge, points: points([from.y, (under + from.y) / 2, under]) };
    return { edge, points: points([below, Math.max(below, under) + ROW_GAP / 3, under]) };
  });
}
