import { textWidth, wrapped, type Weight } from '../../diagram/text/measure.ts';
import { plainLine } from '../document/plain-line.ts';

/** More of a text than any plot has room for. */
const LONGEST = 600;

/** A text as far as it fits into a width; what is cut is marked by an ellipsis. */
export function fitted(text: string, room: number, size: number, weight: Weight = 'regular'): string {
  const line = plainLine(text).trim();
  const short = line.slice(0, LONGEST);
  if (short === line && textWidth(line, size, weight) <= room) return line;
  const characters = [...short];
  let [low, high] = [0, characters.length];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (textWidth(`${characters.slice(0, middle).join('')}…`, size, weight) <= room) low = middle;
    else high = middle - 1;
  }
  return `${characters.slice(0, low).join('').trimEnd()}…`;
}

/** A text in at most so many lines. */
export function fittedLines(text: string, room: number, size: number, most: number, weight: Weight = 'regular'): string[] {
  const lines = wrapped(plainLine(text).trim().slice(0, LONGEST), room, size, weight);
  if (lines.length <= most) return lines;
  return [...lines.slice(0, most - 1), fitted(`${lines.slice(most - 1).join(' ')}…`, room, size, weight)];
}
