import type { Position, Range } from '../../model/architecture.ts';

/** The offsets at which the lines of a text start. As in the Language Server Protocol, a return alone ends a line too. */
export function lineStarts(text: string): number[] {
  const starts = [0];
  for (const { index, 0: end } of text.matchAll(/\r\n?|\n/g)) starts.push(index + end.length);
  return starts;
}

export function positionAt(starts: readonly number[], offset: number): Position {
  let low = 0;
  for (let high = starts.length; high - low > 1; ) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return { line: low, character: offset - (starts[low] ?? 0) };
}

export const offsetAt = (starts: readonly number[], { line, character }: Position): number => (starts[line] ?? 0) + character;

export const isBefore = (a: Position, b: Position): boolean => a.line < b.line || (a.line === b.line && a.character < b.character);

/** Whether a range holds a position; its end counts as in it. */
export const holds = ({ start, end }: Range, position: Position): boolean => !isBefore(position, start) && !isBefore(end, position);

export const isInside = (outer: Range, { start, end }: Range): boolean => !isBefore(start, outer.start) && !isBefore(outer.end, end);

export const isSame = (a: Range, b: Range): boolean => isInside(a, b) && isInside(b, a);
