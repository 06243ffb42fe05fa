import { textWidth } from '../../diagram/text/measure.ts';
import { FONT, type Area } from './frame.ts';
import { fitted } from './text-fit.ts';

export interface Spot {
  readonly x: number;
  readonly y: number;
  readonly label: string;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** What stands beside a point: its name, or a number that a list explains, or nothing where not even that has room. */
export interface Placed {
  readonly box?: Box;
  readonly words?: string;
  /** Set where the name is in the list. */
  readonly number?: number;
}

const MARKER = 6;
const HEIGHT = FONT + 3;
/** A name longer than this goes to the list. */
const LONGEST = 180;

/**
 * Finds places for the names of points so that no name lies on another or on a point. A name that has no room becomes a
 * number near its point, further away if need be; all of those are to be listed.
 */
export function placeLabels(spots: readonly Spot[], area: Area): Placed[] {
  const taken: Box[] = spots.map(({ x, y }) => ({ left: x - MARKER, top: y - MARKER, width: 2 * MARKER, height: 2 * MARKER }));
  const free = (box: Box): boolean => inside(box, area) && !taken.some((other) => overlap(box, other));
  const placed: (Placed | undefined)[] = spots.map(({ x, y, label }) => {
    const words = fitted(label, LONGEST, FONT);
    if (words === '' || words.endsWith('…')) return undefined;
    const box = beside(x, y, textWidth(words, FONT)).find(free);
    if (!box) return undefined;
    taken.push(box);
    return { box, words };
  });
  let number = 0;
  return spots.map(({ x, y }, index) => {
    const found = placed[index];
    if (found) return found;
    number++;
    const width = textWidth(String(number), FONT, 'bold');
    const box = [...beside(x, y, width), ...around(x, y, width)].find(free);
    if (box) taken.push(box);
    return { number, ...(box ? { box, words: String(number) } : {}) };
  });
}

/** Right, left, above, below, and the corners. */
const beside = (x: number, y: number, width: number): Box[] => {
  const [right, left] = [x + MARKER + 3, x - MARKER - 3 - width];
  const [above, below, level] = [y - MARKER - 1 - HEIGHT, y + MARKER + 1, y - HEIGHT / 2];
  return [[right, level], [left, level], [x - width / 2, above], [x - width / 2, below], [right - 4, above], [right - 4, below], [left + 4, above], [left + 4, below]].map(([boxLeft = 0, top = 0]) => ({ left: boxLeft, top, width, height: HEIGHT }));
};

const around = (x: number, y: number, width: number): Box[] =>
  [20, 32, 44, 56].flatMap((radius) => Array.from({ length: 12 }, (_, step) => {
    const angle = (step * Math.PI) / 6;
    return { left: x + radius * Math.cos(angle) - width / 2, top: y + radius * Math.sin(angle) - HEIGHT / 2, width, height: HEIGHT };
  }));

const inside = (box: Box, { left, top, width, height }: Area): boolean => box.left >= left && box.top >= top && box.left + box.width <= left + width && box.top + box.height <= top + height;

export const overlap = (a: Box, b: Box): boolean => a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height && b.top < a.top + a.height;
