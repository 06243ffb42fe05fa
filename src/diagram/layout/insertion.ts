import type { Item, Link } from './tracks.ts';

const ROUNDS = 3;
/** Room at the ends of a row for what is put there. */
const END = 30;
/** A crossing is worth a detour of so many pixels. */
const CROSSING = 10_000;

/**
 * Puts what is new in each row where it crosses least of what is there, and nearest to what it is joined with.
 *
 * @param lefts Left ends of all items; those of the new ones are changed.
 */
export function insertBetween(lines: readonly (readonly Item[])[], lefts: Map<Item, number>, isNew: (item: Item) => boolean): void {
  const rowOf = new Map(lines.flatMap((line, row) => line.map((item) => [item, row] as const)));
  const leftOf = (item: Item): number => lefts.get(item) ?? 0;
  for (let round = 0; round < ROUNDS; round++) {
    for (const line of round % 2 === 0 ? lines : [...lines].reverse()) {
      for (const item of line.filter(isNew)) {
        const others = line.filter((other) => other !== item).sort((a, b) => leftOf(a) - leftOf(b));
        const costAt = costOf(item, others, leftOf, rowOf);
        let best = { x: leftOf(item), cost: Infinity };
        for (let gap = 0; gap <= others.length; gap++) {
          for (const x of placesBetween(item, others[gap - 1], others[gap], leftOf)) {
            const cost = costAt(x);
            if (cost < best.cost) best = { x, cost };
          }
        }
        lefts.set(item, best.x);
      }
    }
  }
}

/** What it costs to stand at a place: crossings with what the others of the row are joined with, and the way to the sides. */
function costOf(item: Item, others: readonly Item[], leftOf: (item: Item) => number, rowOf: ReadonlyMap<Item, number>): (x: number) => number {
  const row = rowOf.get(item) ?? 0;
  const linksTo = ({ links }: Item, step: number): Link[] => links.filter(({ to }) => rowOf.get(to) === row + step);
  const sides = [-1, 1].map((step) => ({
    own: linksTo(item, step),
    foreign: others.flatMap((other) => linksTo(other, step).map((link) => ({ here: leftOf(other) + link.offset, there: leftOf(link.to) + link.toOffset }))),
  }));
  // Round an end of its own, above it or below, an edge crosses what leaves the nodes between on that side.
  const around = linksTo(item, 0).map(({ to }) => to);
  const between = others.map((other) => ({ other, x: leftOf(other), leaving: linksTo(other, (sides[1]?.own.length ?? 0) > 0 ? -1 : 1).length }));
  return (x) => {
    let crossings = 0;
    for (const { own, foreign } of sides) {
      for (const link of own) {
        const [here, there] = [x + link.offset, leftOf(link.to) + link.toOffset];
        for (const piece of foreign) if ((here - piece.here) * (there - piece.there) < 0) crossings++;
      }
    }
    for (const end of around) {
      for (const { other, x: place, leaving } of between) if (other !== end && (place - x) * (place - leftOf(end)) < 0) crossings += leaving;
    }
    return crossings * CROSSING + item.links.reduce((sum, link) => sum + link.weight * Math.abs(x - wishOf(link, leftOf)), 0);
  };
}

const wishOf = ({ to, offset, toOffset }: Link, leftOf: (item: Item) => number): number => leftOf(to) + toOffset - offset;

/** Where an item may stand between two others: where its links want it as far as there is room, or in the middle. */
function placesBetween(item: Item, left: Item | undefined, right: Item | undefined, leftOf: (item: Item) => number): number[] {
  const from = left ? leftOf(left) + left.width : (right ? leftOf(right) : 0) - END - item.width;
  const to = right ? leftOf(right) - item.width : from + END;
  // Without room it counts only who comes first; the others make room later.
  if (to <= from) return [Math.max((left ? leftOf(left) : -Infinity) + 0.01, Math.min((right ? leftOf(right) : Infinity) - 0.01, (from + to) / 2))];
  return [(from + to) / 2, ...item.links.map((link) => Math.min(to, Math.max(from, wishOf(link, leftOf))))];
}
