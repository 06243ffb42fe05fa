import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api.js';
import type { Point } from '../scene.ts';

/** Width that ELK gives an edge which passes through a row, but for the rows of its own ends. */
const PASS = 1;

/** What stands in a row: a node, or one or several edges that pass through. */
export interface Item {
  /** Left end; the rest of the layout is done around it. */
  x: number;
  readonly width: number;
  readonly isNode: boolean;
  /** Where it stood in the picture before; it wants to stay there. */
  readonly kept?: number;
  readonly links: Link[];
}

/** A piece of an edge from one row to another, or within one where it goes round an end of its own. */
export interface Link {
  readonly to: Item;
  /** Where it leaves the item that has it, from its left end. */
  readonly offset: number;
  readonly toOffset: number;
  readonly weight: number;
}

/** Rows from above to below, each from left to right, and where the edges pass through them. */
export interface Tracks {
  readonly lines: readonly (readonly Item[])[];
  readonly nodes: ReadonlyMap<string, Item>;
  readonly ways: ReadonlyMap<string, readonly Stop[]>;
}

interface Stop {
  readonly row: number;
  readonly item: Item;
}

/** Where something stood before, from the left; undefined for what is new. */
export interface Places {
  readonly leftOf: (node: string, width: number) => number | undefined;
  readonly passOf: (edge: string, row: number) => number | undefined;
}

const NOWHERE: Places = { leftOf: () => undefined, passOf: () => undefined };

/** Rows and what the edges do between them, read from a layout of ELK. Upward edges go round both of their ends, within the rows of these. */
export function tracksOf(placed: ElkNode, rows: ReadonlyMap<string, number>, upward: ReadonlySet<string>, places: Places = NOWHERE): Tracks {
  const boxes = placed.children ?? [];
  const nodes = new Map(boxes.map(({ id, x = 0, width = 0 }): [string, Item] => [id, { x, width, isNode: true, links: [], ...keptAt(places.leftOf(id, width)) }]));
  const lines: Item[][] = Array.from({ length: Math.max(...rows.values()) + 1 }, () => []);
  for (const [id, item] of nodes) lines[rows.get(id) ?? 0]?.push(item);
  const routes = routesOf(placed, rows, upward);
  const trunks = trunksOf(routes);
  const passes = new Map<string, Item>();
  const ways = new Map(routes.map(({ id, start, end, crossed, trunk }) => [id, crossed.map(({ row, x }): Stop => {
    const key = `${row} ${trunk ?? id}`;
    const known = passes.get(key);
    if (known) return { row, item: known };
    const item: Item = { x: trunks.get(key) ?? x, width: row === start.row || row === end.row ? 0 : PASS, isNode: false, links: [], ...keptAt(places.passOf(id, row)) };
    passes.set(key, item);
    lines[row]?.push(item);
    return { row, item };
  })]));
  for (const { id, start, end } of routes) {
    const stops = [{ row: start.row, item: nodes.get(start.node) as Item, offset: start.offset }, ...(ways.get(id) ?? []).map((stop) => ({ ...stop, offset: 0 })), { row: end.row, item: nodes.get(end.node) as Item, offset: end.offset }];
    for (const [index, stop] of stops.entries()) {
      const next = stops[index + 1];
      if (next) link(stop, next);
    }
  }
  for (const line of lines) line.sort((a, b) => a.x - b.x);
  return { lines, nodes, ways };
}

const keptAt = (kept: number | undefined): { readonly kept?: number } => (kept === undefined ? {} : { kept });

/** Long edges are kept straight above all, as the eye follows them furthest. */
function link(a: { readonly row: number; readonly item: Item; readonly offset: number }, b: { readonly row: number; readonly item: Item; readonly offset: number }): void {
  const weight = a.row === b.row ? 0.5 : a.item.isNode && b.item.isNode ? 1 : a.item.isNode || b.item.isNode ? 2 : 8;
  a.item.links.push({ to: b.item, offset: a.offset, toOffset: b.offset, weight });
  b.item.links.push({ to: a.item, offset: b.offset, toOffset: a.offset, weight });
}

interface Route {
  readonly id: string;
  readonly start: End;
  readonly end: End;
  readonly crossed: readonly { readonly row: number; readonly x: number }[];
  /** The port that it shares with others, which run together to it or from it. */
  readonly trunk?: string;
  readonly isToTrunk: boolean;
}

interface End {
  readonly node: string;
  readonly row: number;
  /** From the left end of the node. */
  readonly offset: number;
  readonly x: number;
}

function routesOf({ children = [], edges = [] }: ElkNode, rows: ReadonlyMap<string, number>, upward: ReadonlySet<string>): Route[] {
  const owners = new Map(children.flatMap((node) => (node.ports ?? []).map(({ id }) => [id, node] as const)));
  const used = new Map<string, number>();
  for (const port of edges.flatMap(({ sources, targets }) => [...sources, ...targets])) used.set(port, (used.get(port) ?? 0) + 1);
  const middles = new Map(children.map(({ id, y = 0, height = 0 }) => [rows.get(id) ?? 0, y + height / 2]));
  return edges.flatMap(({ id, sources: [source = ''], targets: [target = ''], sections: [section] = [] }: ElkExtendedEdge): Route[] => {
    const [above, below] = [owners.get(source), owners.get(target)];
    if (!section || !above || !below || above === below) return [];
    const points = [section.startPoint, ...(section.bendPoints ?? []), section.endPoint];
    const endAt = (node: ElkNode, { x }: Point): End => ({ node: node.id, row: rows.get(node.id) ?? 0, offset: x - (node.x ?? 0), x });
    const [start, end] = [endAt(above, section.startPoint), endAt(below, section.endPoint)];
    const crossed: { row: number; x: number }[] = [];
    const [first, last] = upward.has(id) ? [start.row, end.row] : [start.row + 1, end.row - 1];
    for (let row = first; row <= last; row++) {
      const own = row === start.row ? above : row === end.row ? below : undefined;
      const x = placeAt(points, own ? (own.y ?? 0) + (own.height ?? 0) / 2 : (middles.get(row) ?? 0));
      if (x !== undefined) crossed.push({ row, x });
    }
    const isToTrunk = (used.get(target) ?? 0) > 1;
    const trunk = isToTrunk ? target : (used.get(source) ?? 0) > 1 ? source : undefined;
    return [{ id, start, end, crossed, isToTrunk, ...(trunk !== undefined && { trunk }) }];
  });
}

/** Where edges that share a port pass through each row, all at one place: that of the one among them that is nearest to where they join. */
function trunksOf(routes: readonly Route[]): ReadonlyMap<string, number> {
  const groups = new Map<string, { readonly row: number; readonly places: number[] }>();
  for (const { trunk, crossed } of routes) {
    if (trunk === undefined) continue;
    for (const { row, x } of crossed) {
      const group = groups.get(`${row} ${trunk}`) ?? { row, places: [] };
      group.places.push(x);
      groups.set(`${row} ${trunk}`, group);
    }
  }
  const chosen = new Map<string, number>();
  for (const { trunk, crossed, isToTrunk, start, end } of routes) {
    if (trunk === undefined) continue;
    let near = isToTrunk ? end.x : start.x;
    for (const { row } of isToTrunk ? [...crossed].reverse() : crossed) {
      const key = `${row} ${trunk}`;
      const places = groups.get(key)?.places ?? [];
      near = chosen.get(key) ?? places.reduce((best, x) => (Math.abs(x - near) < Math.abs(best - near) ? x : best));
      chosen.set(key, near);
    }
  }
  return chosen;
}

/** Where a route is at a height. */
export function placeAt(points: readonly Point[], y: number): number | undefined {
  return points.slice(1).find((to, index) => {
    const from = points[index] ?? to;
    return Math.abs(from.x - to.x) < 1 && Math.min(from.y, to.y) <= y && Math.max(from.y, to.y) >= y;
  })?.x;
}
