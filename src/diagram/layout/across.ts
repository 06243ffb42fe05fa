import { leastMoved, medianOf, type Pull } from './least-moved.ts';
import type { Item, Tracks } from './tracks.ts';

/** Room in pixels between two things in a row: what ELK leaves at least, where an edge that passes is taken to be a pixel wide. */
const ROOM = { nodes: 22, mixed: 15, edges: 11 } as const;
const SWEEPS = 8;

/**
 * Moves everything to the side within its row, in its order: edges become as straight, and nodes stand as near to what they
 * are joined with, as can be. ELK has an exact way of its own, which takes a hundred times as long; its fast way makes straight
 * whatever it can, at the price of pictures that are three times as wide.
 *
 * @param wanted How wide the picture shall be at most, unless its widest row needs more.
 */
export function placeAcross({ lines }: Tracks, wanted: number): void {
  const all = lines.flat();
  const [left, right] = [Math.min(...all.map(({ x }) => x)), Math.max(...all.map((item) => item.x + item.width))];
  const width = Math.min(right - left, Math.max(wanted, ...lines.map(widthOf)));
  const scale = width / (right - left);
  for (const item of all) item.x = (item.x + item.width / 2 - left) * scale - item.width / 2;
  for (const line of lines) settle(line, width, ({ x }) => [{ to: x, weight: 1 }]);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const line of lines) settle(line, width, pullsOn);
    for (const line of [...lines].reverse()) settle(line, width, pullsOn);
    moveStraight(lines, width);
  }
}

function pullsOn({ x, links }: Item): Pull[] {
  return links.length > 0 ? links.map(({ to, shift, weight }) => ({ to: to.x + shift, weight })) : [{ to: x, weight: 1 }];
}

function settle(line: readonly Item[], width: number, pullsOf: (item: Item) => readonly Pull[]): void {
  const starts = startsOf(line);
  const places = leastMoved(line.map((item, index) => pullsOf(item).map(({ to, weight }) => ({ to: to - (starts[index] ?? 0), weight }))));
  const most = width - widthOf(line);
  for (const [index, item] of line.entries()) item.x = Math.max(0, Math.min(most, places[index] ?? 0)) + (starts[index] ?? 0);
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
function moveStraight(lines: readonly (readonly Item[])[], width: number): void {
  const beside = new Map(lines.flatMap((line) => line.map((item, index) => [item, { left: line[index - 1], right: line[index + 1] }] as const)));
  const done = new Set<Item>();
  for (const seed of lines.flat()) {
    if (done.has(seed)) continue;
    const block = new Set([seed]);
    for (const item of block) for (const { to, shift } of item.links) if (Math.abs(to.x + shift - item.x) < 0.01) block.add(to);
    const pulls: Pull[] = [];
    let [least, most] = [-Infinity, Infinity];
    for (const item of block) {
      done.add(item);
      for (const { to, shift, weight } of item.links) if (!block.has(to)) pulls.push({ to: to.x + shift - item.x, weight });
      const { left, right } = beside.get(item) ?? {};
      if (!left || !block.has(left)) least = Math.max(least, (left ? left.x + left.width + roomBetween(left, item) : 0) - item.x);
      if (!right || !block.has(right)) most = Math.min(most, (right ? right.x - roomBetween(item, right) : width) - item.x - item.width);
    }
    if (pulls.length === 0) continue;
    const move = Math.min(most, Math.max(least, medianOf(pulls.sort((a, b) => a.to - b.to))));
    for (const item of block) item.x += move;
  }
}
