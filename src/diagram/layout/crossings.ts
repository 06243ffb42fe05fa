import type { PlacedEdge, Point } from '../scene.ts';

/** A straight piece of an edge. */
export interface Segment {
  readonly edge: PlacedEdge;
  readonly from: Point;
  readonly to: Point;
}

export const segmentsOf = (edges: readonly PlacedEdge[]): Segment[] =>
  edges.flatMap((edge) => edge.points.slice(1).map((to, index) => ({ edge, from: edge.points[index] as Point, to })));

export const isVertical = ({ from, to }: Segment): boolean => from.x === to.x;
export const isHorizontal = ({ from, to }: Segment): boolean => from.y === to.y;

/** Edges that begin or end at the same point run together on purpose, and part where a reader cannot take a wrong turn. */
export function sharePort(a: PlacedEdge, b: PlacedEdge): boolean {
  return a === b || same(a.points[0], b.points[0]) || same(a.points.at(-1), b.points.at(-1));
}

const same = (a: Point | undefined, b: Point | undefined): boolean => a !== undefined && b !== undefined && Math.abs(a.x - b.x) < 0.5 && Math.abs(a.y - b.y) < 0.5;

/** Points where edges cross: what runs together counts once. A line sweeps from left to right over the horizontal pieces that it meets. */
export function crossingsOf(segments: readonly Segment[]): Point[] {
  const events: { readonly x: number; readonly order: 0 | 1 | 2; readonly segment: Segment }[] = [];
  for (const segment of segments) {
    const [left, right] = [Math.min(segment.from.x, segment.to.x), Math.max(segment.from.x, segment.to.x)];
    if (isVertical(segment)) events.push({ x: left, order: 1, segment });
    // Ends are no crossings: a piece begins after, and ends before, what stands at the same place.
    else if (isHorizontal(segment)) events.push({ x: left, order: 2, segment }, { x: right, order: 0, segment });
  }
  events.sort((a, b) => a.x - b.x || a.order - b.order);
  const active: Segment[] = [];
  const found = new Map<string, Point>();
  for (const { x, order, segment } of events) {
    if (order === 2) active.splice(placeOf(active, segment.from.y), 0, segment);
    else if (order === 0) active.splice(active.indexOf(segment, placeOf(active, segment.from.y)), 1);
    else {
      const [top, bottom] = [Math.min(segment.from.y, segment.to.y), Math.max(segment.from.y, segment.to.y)];
      for (let index = placeOf(active, top); index < active.length; index++) {
        const other = active[index] as Segment;
        if (other.from.y >= bottom) break;
        if (other.from.y > top && !sharePort(segment.edge, other.edge)) found.set(`${x.toFixed(1)},${other.from.y.toFixed(1)}`, { x, y: other.from.y });
      }
    }
  }
  return [...found.values()];
}

/** The first place in segments sorted by height that is not above `y`. */
function placeOf(active: readonly Segment[], y: number): number {
  let [low, high] = [0, active.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((active[middle] as Segment).from.y < y) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Pairs of edges that lie on each other for a while though they share no port, so that nobody can tell them apart. */
export function coveredPairs(segments: readonly Segment[]): [PlacedEdge, PlacedEdge][] {
  const lines = new Map<string, { readonly low: number; readonly high: number; readonly edge: PlacedEdge }[]>();
  for (const segment of segments) {
    const upright = isVertical(segment);
    if (!upright && !isHorizontal(segment)) continue;
    const ends = upright ? [segment.from.y, segment.to.y] : [segment.from.x, segment.to.x];
    const key = upright ? `x${Math.round(segment.from.x)}` : `y${Math.round(segment.from.y)}`;
    const line = lines.get(key) ?? [];
    line.push({ low: Math.min(...ends), high: Math.max(...ends), edge: segment.edge });
    lines.set(key, line);
  }
  const pairs = new Map<string, [PlacedEdge, PlacedEdge]>();
  for (const line of lines.values()) {
    line.sort((a, b) => a.low - b.low);
    line.forEach((one, index) => {
      for (let next = index + 1; next < line.length; next++) {
        const other = line[next] as (typeof line)[number];
        if (other.low >= one.high - 1) break;
        if (!sharePort(one.edge, other.edge)) pairs.set([one.edge.edge.id, other.edge.edge.id].sort().join('\n'), [one.edge, other.edge]);
      }
    });
  }
  return [...pairs.values()];
}
