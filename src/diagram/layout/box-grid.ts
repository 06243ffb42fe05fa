import type { Box } from '../scene.ts';

const CELL = 160;

/** Finds what is near a box without looking at everything: each box stands in the cells of a grid that it touches. */
export interface BoxGrid<T extends Box> {
  readonly near: (box: Box) => readonly T[];
}

export function boxGrid<T extends Box>(boxes: readonly T[]): BoxGrid<T> {
  const cells = new Map<string, T[]>();
  for (const box of boxes) {
    for (const key of cellsOf(box)) {
      const cell = cells.get(key);
      if (cell) cell.push(box);
      else cells.set(key, [box]);
    }
  }
  return { near: (box) => [...new Set(cellsOf(box).flatMap((key) => cells.get(key) ?? []))] };
}

function cellsOf({ x, y, width, height }: Box): string[] {
  const keys: string[] = [];
  for (let column = Math.floor(x / CELL); column <= Math.floor((x + width) / CELL); column++) {
    for (let row = Math.floor(y / CELL); row <= Math.floor((y + height) / CELL); row++) keys.push(`${column},${row}`);
  }
  return keys;
}

/** Whether two boxes share more than a border; half a pixel is a matter of rounding. */
export const overlap = (a: Box, b: Box, slack = 0.5): boolean =>
  a.x + slack < b.x + b.width && b.x + slack < a.x + a.width && a.y + slack < b.y + b.height && b.y + slack < a.y + a.height;
