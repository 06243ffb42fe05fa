import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api.js';
import type { Scene } from '../scene.ts';
import { crossingsOf, segmentsOf } from './crossings.ts';
import { insertBetween } from './insertion.ts';
import type { Kept } from './kept.ts';
import { portsInOrder, type Port } from './port-order.ts';
import { fixedGraph } from './routing.ts';
import type { Item, Places, Tracks } from './tracks.ts';

/** The graph in which ELK puts what is new among the nodes that were there, which keep their order. */
export function steadied(graph: ElkNode, { leftOf }: Places): ElkNode {
  return {
    ...graph,
    layoutOptions: { ...graph.layoutOptions, 'elk.layered.crossingMinimization.semiInteractive': 'true' },
    children: (graph.children ?? []).map((child) => {
      const x = leftOf(child.id, child.width ?? 0);
      return x === undefined ? child : { ...child, layoutOptions: { ...child.layoutOptions, 'elk.position': `(${x},${child.y ?? 0})` } };
    }),
  };
}

/** The graph in the order of before, also of edges and ports, with what is new where it crosses least. */
export function inOrderOf(graph: ElkNode, rows: ReadonlyMap<string, number>, tracks: Tracks, kept: Kept): ElkNode {
  const lefts = new Map(tracks.lines.flat().map((item) => [item, item.kept ?? item.x]));
  insertBetween(tracks.lines, lefts, (item) => item.kept === undefined);
  const leftOf = (item: Item | undefined): number => (item && lefts.get(item)) ?? 0;
  const ports = portsOf(graph, rows, tracks, kept, leftOf);
  const children = (graph.children ?? []).map((child) => {
    const sideOf = (side: string): string[] => portsInOrder((child.ports ?? []).filter((port) => port.layoutOptions?.['elk.port.side'] === side).flatMap(({ id }) => ports.get(id) ?? []));
    // ELK counts the ports of a node clockwise.
    const order = [...sideOf('NORTH'), ...sideOf('SOUTH').reverse()];
    return {
      ...child,
      ports: (child.ports ?? []).map((port) => ({ ...port, ...(port.layoutOptions?.['elk.port.side'] === 'SOUTH' && { y: child.height ?? 0 }), layoutOptions: { ...port.layoutOptions, 'elk.port.index': String(order.indexOf(port.id)) } })),
      layoutOptions: { ...child.layoutOptions, 'elk.portConstraints': 'FIXED_ORDER' },
    };
  });
  return fixedGraph({ ...graph, children }, rows, {
    leftOf: ({ id }) => leftOf(tracks.nodes.get(id)),
    wayOf: ({ id }) => (tracks.ways.get(id) ?? []).map(({ row, item }) => ({ row, x: leftOf(item) })),
  });
}

/** Further to the side than any picture is wide. */
const FAR = 10_000_000;

function portsOf({ children = [], edges = [] }: ElkNode, rows: ReadonlyMap<string, number>, { nodes, ways }: Tracks, kept: Kept, leftOf: (item: Item | undefined) => number): ReadonlyMap<string, Port> {
  const owners = new Map(children.flatMap((child) => (child.ports ?? []).map(({ id }) => [id, child.id] as const)));
  const ports = new Map<string, { readonly id: string; at: number | undefined; readonly next: number[] }>();
  const note = ({ id }: ElkExtendedEdge, port: string, other: string, isFirst: boolean): void => {
    const known = ports.get(port) ?? { id: port, at: undefined, next: [] };
    ports.set(port, known);
    const points = kept.edges.get(id)?.points;
    known.at ??= (port.startsWith('out:') ? points?.[0] : points?.at(-1))?.x;
    const stop = isFirst ? ways.get(id)?.[0] : ways.get(id)?.at(-1);
    const [own, there] = [owners.get(port) ?? '', nodes.get(owners.get(other) ?? '')];
    if (!stop) known.next.push(leftOf(there) + (there?.width ?? 0) / 2);
    // The nearer to its node an edge goes round it, the nearer to that side it begins.
    else if (stop.row === rows.get(own)) known.next.push((leftOf(stop.item) > leftOf(nodes.get(own)) ? FAR : -FAR) - leftOf(stop.item));
    else known.next.push(leftOf(stop.item));
  };
  for (const edge of edges) {
    const { sources: [source = ''], targets: [target = ''] } = edge;
    note(edge, source, target, true);
    note(edge, target, source, false);
  }
  return ports;
}

/**
 * Whether a picture that keeps what was there reads nearly as well as one that is laid out anew: within a tenth, but for two
 * crossings and three detours, which are what one new flow may cost where everything else stays. What goes may leave a gap.
 */
export function readsAsWell(steady: Scene, fresh: Scene): boolean {
  const crossings = (scene: Scene): number => crossingsOf(segmentsOf(scene.edges)).length;
  const bends = (scene: Scene): number => scene.edges.reduce((sum, { points }) => sum + Math.max(0, points.length - 2), 0);
  const area = ({ width, height }: Scene): number => width * height;
  return crossings(steady) <= 1.1 * crossings(fresh) + 2 && bends(steady) <= 1.1 * bends(fresh) + 6 && area(steady) <= 1.4 * area(fresh);
}
