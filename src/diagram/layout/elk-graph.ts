import type { ElkExtendedEdge, ElkNode, ElkPort, LayoutOptions } from 'elkjs/lib/elk-api.js';
import type { Diagram, DiagramEdge, DiagramNode } from '../diagram.ts';
import type { Card } from '../scene.ts';
import { LABEL, labelText, labelWidth } from './card.ts';
import { upwardEdges } from './orientation.ts';
import { rowsOf, type Link } from './rows.ts';

/** Where many edges meet one side of a node they share its port, or the node would be taller than the page. */
const MOST_PORTS = 8;
const PORT_GAP = 15;
/** Room at the left for the title of a lane. */
export const LANE_HEAD = 30;
/** Higher than any node: by places that are so far apart ELK is told of the rows. */
export const ROW = 10_000_000;

/** What ELK gets for a node: its card, widened for its ports, and room below for the labels of what leaves it. */
export interface Footprint {
  readonly card: Card;
  readonly width: number;
  /** Height of the room for labels; nothing else is drawn there but the ends of edges. */
  readonly strip: number;
}

export interface LayoutGraph {
  readonly graph: ElkNode;
  readonly footprints: ReadonlyMap<string, Footprint>;
  /** Edges that stand in the graph from their end to their start. */
  readonly upward: ReadonlySet<string>;
  /** Row of each node, from the top; empty where there are no lanes. */
  readonly rows: ReadonlyMap<string, number>;
}

/**
 * The graph as ELK lays it out, from top to bottom. Labels are no elements of their own, which would make layout several
 * times slower: an edge leaves below its node from a port as wide as its label, and the node is taken to be higher by
 * a line. So a label stands beside the first piece of its edge, where neither nodes nor the bends of other edges can be.
 */
export function elkGraphOf(diagram: Diagram, cards: ReadonlyMap<string, Card>, keptRows?: ReadonlyMap<string, number>): LayoutGraph {
  const upward = upwardEdges(diagram);
  const leaving = grouped(diagram.edges, ({ from }) => from);
  const entering = grouped(diagram.edges, ({ to }) => to);
  const footprints = new Map(diagram.nodes.map((node) => [node.id, footprintOf(cards.get(node.id) as Card, leaving.get(node.id) ?? [], entering.get(node.id) ?? [])]));
  const children = new Map<string | undefined, ElkNode[]>();
  const add = (parent: string | undefined, child: ElkNode): void => void children.set(parent, [...(children.get(parent) ?? []), child]);
  const links = diagram.edges.filter(({ from, to }) => from !== to).map((edge): Link => {
    const [out, into] = [portOf('out', edge, leaving.get(edge.from) ?? []), portOf('in', edge, entering.get(edge.to) ?? [])];
    const trunk = into === `in:${edge.id}` ? out : into;
    return upward.has(edge.id) ? { from: edge.to, to: edge.from, trunk } : { from: edge.from, to: edge.to, trunk };
  });
  const rows = diagram.lanes.length > 0 ? rowsOf(diagram, links, new Map([...footprints].map(([id, { card, strip, width }]) => [id, { width, height: card.height + strip }])), keptRows) : new Map<string, number>();
  for (const node of diagram.nodes) add(node.group, elkNode(node, footprints.get(node.id) as Footprint, leaving.get(node.id) ?? [], entering.get(node.id) ?? [], rows.get(node.id)));
  // Parents stand before children, so boxes are closed from the last to the first.
  for (const group of [...diagram.groups].reverse()) add(group.parent, { id: `group:${group.id}`, layoutOptions: GROUP_OPTIONS, children: children.get(group.id) ?? [] });
  return {
    graph: {
      id: 'root',
      layoutOptions: rootOptions(diagram),
      children: children.get(undefined) ?? [],
      edges: diagram.edges.map((edge): ElkExtendedEdge => {
        const [out, into] = [portOf('out', edge, leaving.get(edge.from) ?? []), portOf('in', edge, entering.get(edge.to) ?? [])];
        return upward.has(edge.id) ? { id: edge.id, sources: [into], targets: [out] } : { id: edge.id, sources: [out], targets: [into] };
      }),
    },
    footprints,
    upward,
    rows,
  };
}

function footprintOf(card: Card, leaving: readonly DiagramEdge[], entering: readonly DiagramEdge[]): Footprint {
  const out = [...outWidths(leaving).values()];
  const into = new Set(entering.map((edge) => portOf('in', edge, entering)));
  const needed = Math.max(out.reduce((sum, width) => sum + width + PORT_GAP, PORT_GAP), (into.size + 1) * PORT_GAP);
  return { card, width: Math.max(card.width, needed), strip: leaving.some(({ label }) => label !== '') ? LABEL.line + 4 : 0 };
}

/** Ports below a node, each as wide as the widest label of what leaves there: two flows of the same payload between the same two share one. */
function outWidths(leaving: readonly DiagramEdge[]): ReadonlyMap<string, number> {
  const widths = new Map<string, number>();
  for (const edge of leaving) {
    const port = portOf('out', edge, leaving);
    widths.set(port, Math.max(widths.get(port) ?? 0, portWidth(edge)));
  }
  return widths;
}

const portWidth = ({ label }: DiagramEdge): number => (label === '' ? 0 : labelWidth(labelText(label)) + LABEL.gap);

/** Edges that share a port run together, so they carry the same and have the same label, and one stands for all of them. */
const portOf = (side: 'out' | 'in', edge: DiagramEdge, all: readonly DiagramEdge[]): string =>
  all.length > MOST_PORTS ? (side === 'out' ? `out:${edge.from}:${edge.payload}:${edge.label}` : `in:${edge.to}:${edge.payload}`) : `${side}:${edge.id}`;

function elkNode(node: DiagramNode, { card, strip, width }: Footprint, leaving: readonly DiagramEdge[], entering: readonly DiagramEdge[], row: number | undefined): ElkNode {
  const into = [...new Set(entering.map((edge) => portOf('in', edge, entering)))].map((id): ElkPort => ({ id, width: 0, height: 0, layoutOptions: { 'elk.port.side': 'NORTH' } }));
  // The edge starts at the left end of its port; its label stands to the right of it.
  const out = [...outWidths(leaving)].map(([id, width]): ElkPort => ({ id, width, height: 0, layoutOptions: { 'elk.port.side': 'SOUTH', 'elk.port.anchor': '(0,0)' } }));
  return {
    id: node.id,
    width,
    height: card.height + strip,
    ports: [...into, ...out],
    ...(row !== undefined && { x: 0, y: (row + 1) * ROW }),
    layoutOptions: { 'elk.portConstraints': 'FIXED_SIDE' },
  };
}

const GROUP_OPTIONS: LayoutOptions = { 'elk.padding': '[top=34,left=18,bottom=18,right=18]' };

/**
 * What layout takes its time for, by the number of nodes and edges: keeping the order of the text and the shortest edges between
 * layers both take time that grows with the square, and the many sweeps against crossings are for pictures that people read whole.
 */
function effortOf(size: number): LayoutOptions {
  return {
    // Declarations that stand together stay together, and an edit moves little.
    'elk.layered.considerModelOrder.strategy': size <= 240 ? 'PREFER_NODES' : 'NONE',
    'elk.layered.thoroughness': size <= 100 ? '40' : size <= 600 ? '7' : '2',
    'elk.layered.layering.strategy': size <= 450 ? 'NETWORK_SIMPLEX' : 'LONGEST_PATH',
  };
}

function rootOptions({ lanes, groups, nodes, edges }: Diagram): LayoutOptions {
  return {
    'elk.algorithm': 'layered',
    'elk.direction': 'DOWN',
    'elk.edgeRouting': 'ORTHOGONAL',
    'elk.randomSeed': '1',
    'elk.spacing.nodeNode': '22',
    'elk.spacing.edgeNode': '14',
    'elk.spacing.edgeEdge': '10',
    'elk.spacing.portPort': String(PORT_GAP),
    // As high as a lane of one row needs for its title.
    'elk.layered.spacing.nodeNodeBetweenLayers': '36',
    'elk.layered.spacing.edgeNodeBetweenLayers': '14',
    'elk.layered.spacing.edgeEdgeBetweenLayers': '8',
    'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
    // The best of four instead of their mean: a fifth fewer bends.
    'elk.layered.nodePlacement.bk.fixedAlignment': 'NONE',
    'elk.padding': `[top=22,left=${lanes.length > 0 ? LANE_HEAD + 16 : 16},bottom=22,right=16]`,
    // Parts without flows between them would be packed side by side, each with lanes at heights of its own.
    ...(lanes.length > 0 && { 'elk.separateConnectedComponents': 'false' }),
    ...effortOf(nodes.length + edges.length),
    // Rows are ours: lanes as partitions make layering several times slower, and its rows as wide as they come.
    ...(lanes.length > 0 && { 'elk.layered.layering.strategy': 'INTERACTIVE' }),
    ...(groups.length > 0 && { 'elk.hierarchyHandling': 'INCLUDE_CHILDREN' }),
  };
}

function grouped(edges: readonly DiagramEdge[], key: (edge: DiagramEdge) => string): Map<string, DiagramEdge[]> {
  const groups = new Map<string, DiagramEdge[]>();
  for (const edge of edges) {
    const own = groups.get(key(edge));
    if (own) own.push(edge);
    else groups.set(key(edge), [edge]);
  }
  return groups;
}

