import { leastMoved, medianOf, type Pull } from './least-moved.ts';
import type { Item, Link, Tracks } from './tracks.ts';

/** Room in pixels between two things in a row, as ELK leaves it at least. */
const ROOM = { nodes: 22, mixed: 14, edges: 10 } as const;
const SWEEPS = 8;
/** How much more a thing wants to stay where it was than to be straight above or below others. */
const STAY = 1000;

/** Within what a picture has to stay, in pixels. */
interface Bounds {
  readonly left: number;
  readonly right: number;
}

/**
 * Makes a picture narrower: moves everything to the side within its row, in its order, so that edges are as straight, and
 * nodes as near to what they are joined with, as can be. ELK has an exact way of its own, which takes a hundred times as
 * long; its fast way makes straight whatever it can, at the price of pictures that are three times as wide.
 *
 * @param wanted How wide the picture shall be at most, unless its widest row needs more.
 */
export function narrow({ lines }: Tracks, wanted: number): void {
  const all = lines.flat();
  const [left, right] = [Math.min(...all.map(({ x }) => x)), Math.max(...all.map((item) => item.x + item.width))];
  const width = Math.min(right - left, Math.max(wanted, ...lines.map(widthOf)));
  for (const item of all) item.x = ((item.x + item.width / 2 - left) * width) / (right - left) - item.width / 2;
  relax(lines, { left: 0, right: width });
}

/** Puts what stood somewhere back there, and the rest where edges are straight and there is room. */
export function keepPlaces({ lines }: Tracks): void {
  for (const item of lines.flat()) item.x = item.kept ?? item.x;
  relax(lines, { left: -Infinity, right: Infinity });
}

function relax(lines: readonly (readonly Item[])[], bounds: Bounds): void {
  for (const line of lines) settle(line, bounds, ({ x, kept }) => [{ to: x, weight: kept === undefined ? 1 : STAY }]);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const line of lines) settle(line, bounds, pullsOn);
    for (const line of [...lines].reverse()) settle(line, bounds, pullsOn);
    moveStraight(lines, bounds);
  }
}

function pullsOn(item: Item): Pull[] {
  const pulls = item.links.map((link) => ({ to: wishOf(link), weight: link.weight }));
  if (item.kept !== undefined) pulls.push({ to: item.kept, weight: STAY });
  return pulls.length > 0 ? pulls : [{ to: item.x, weight: 1 }];
}

/** Where an item stands if a piece of an edge is straight. */
const wishOf = ({ to, offset, toOffset }: Link): number => to.x + toOffset - offset;

function settle(line: readonly Item[], { left, right }: Bounds, pullsOf: (item: Item) => readonly Pull[]): void {
  const starts = startsOf(line);
  const places = leastMoved(line.map((item, index) => pullsOf(item).map(({ to, weight }) => ({ to: to - (starts[index] ?? 0), weight }))));
  const most = right - widthOf(line);
  for (const [index, item] of line.entries()) item.x = Math.max(left, Math.min(most, places[index] ?? 0)) + (starts[index] ?? 0);
}

/** Where the items of a row would stand if they stood as close as they can. */
function startsOf(line: readonly Item[]): number[] {
  let end = 0;
  return line.map((item, index) => {
    const start = end + roomBetween(line[index - 1], item);
    end = start + item.width;
    return start;
  });
}

const widthOf = (line: readonly Item[]): number => (startsOf(line).at(-1) ?? 0) + (line.at(-1)?.width ?? 0);

function roomBetween(left: Item | undefined, right: Item | undefined): number {
  if (!left || !right) return 0;
  return left.isNode && right.isNode ? ROOM.nodes : left.isNode || right.isNode ? ROOM.mixed : ROOM.edges;
}

/** What stands straight in several rows can only move together, which rows by themselves do not see. */
function moveStraight(lines: readonly (readonly Item[])[], bounds: Bounds): void {
  const beside = new Map(lines.flatMap((line) => line.map((item, index) => [item, { left: line[index - 1], right: line[index + 1] }] as const)));
  const done = new Set<Item>();
  for (const seed of lines.flat()) {
    if (done.has(seed)) continue;
    const block = new Set([seed]);
    for (const item of block) for (const link of item.links) if (Math.abs(wishOf(link) - item.x) < 0.01) block.add(link.to);
    const pulls: Pull[] = [];
    let [least, most] = [-Infinity, Infinity];
    for (const item of block) {
      done.add(item);
      for (const link of item.links) if (!block.has(link.to)) pulls.push({ to: wishOf(link) - item.x, weight: link.weight });
      if (item.kept !== undefined) pulls.push({ to: item.kept - item.x, weight: STAY });
      const { left, right } = beside.get(item) ?? {};
      if (!left || !block.has(left)) least = Math.max(least, (left ? left.x + left.width + roomBetween(left, item) : bounds.left) - item.x);
      if (!right || !block.has(right)) most = Math.min(most, (right ? right.x - roomBetween(item, right) : bounds.right) - item.x - item.width);
    }
    if (pulls.length === 0) continue;
    const move = Math.min(most, Math.max(least, medianOf(pulls.sort((a, b) => a.to - b.to))));
    for (const item of block) item.x += move;
  }
}
