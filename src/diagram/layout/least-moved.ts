/** Where something wants to be, and how much. */
export interface Pull {
  readonly to: number;
  readonly weight: number;
}

/**
 * Places that never fall from one to the next, with the least sum of weighted distances to what they are pulled to: neighbours
 * that would pass each other are joined and stand at the weighted median of all that pulls them.
 */
export function leastMoved(pulls: readonly (readonly Pull[])[]): number[] {
  const blocks: { pulls: Pull[]; count: number; place: number }[] = [];
  for (const own of pulls) {
    const sorted = [...own].sort((a, b) => a.to - b.to);
    let block = { pulls: sorted, count: 1, place: medianOf(sorted) };
    for (let before = blocks.at(-1); before && before.place > block.place; before = blocks.at(-1)) {
      blocks.pop();
      const all = merged(before.pulls, block.pulls);
      block = { pulls: all, count: before.count + block.count, place: medianOf(all) };
    }
    blocks.push(block);
  }
  return blocks.flatMap(({ count, place }) => Array.from({ length: count }, () => place));
}

export function medianOf(sorted: readonly Pull[]): number {
  const half = sorted.reduce((sum, { weight }) => sum + weight, 0) / 2;
  let sum = 0;
  for (const { to, weight } of sorted) {
    sum += weight;
    if (sum >= half) return to;
  }
  return 0;
}

function merged(a: readonly Pull[], b: readonly Pull[]): Pull[] {
  const all: Pull[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [x, y] = [a[i], b[j]];
    if (x && (!y || x.to <= y.to)) {
      all.push(x);
      i++;
    } else if (y) {
      all.push(y);
      j++;
    }
  }
  return all;
}
