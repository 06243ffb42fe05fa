import type { Box, PlacedNode } from '../diagram/scene.ts';

export const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] } as const;
export type ArrowKey = keyof typeof DIRECTIONS;

export const isArrow = (key: string): key is ArrowKey => Object.hasOwn(DIRECTIONS, key);

const middle = ({ x, y, width, height }: Box): readonly [number, number] => [x + width / 2, y + height / 2];

/** The node that is next in a direction: near counts, and to the side counts against it. Nothing at the edge of the picture. */
export function neighbour(nodes: readonly PlacedNode[], from: PlacedNode, key: ArrowKey): PlacedNode | undefined {
  const [dx, dy] = DIRECTIONS[key];
  const [x, y] = middle(from);
  let best: readonly [cost: number, node: PlacedNode] | undefined;
  for (const node of nodes) {
    if (node === from) continue;
    const [toX, toY] = middle(node);
    const ahead = (toX - x) * dx + (toY - y) * dy;
    const aside = Math.abs((toX - x) * dy) + Math.abs((toY - y) * dx);
    // What lies more to the side than ahead is for another key; a lane is wide, so upwards and downwards reach further out.
    if (ahead < 4 || aside > ahead * (dx === 0 ? 6 : 1.5)) continue;
    const cost = ahead + 2 * aside;
    if (!best || cost < best[0]) best = [cost, node];
  }
  return best?.[1];
}
