import type { Column } from '../block.ts';

/** What a column needs, in points: for its widest piece that cannot be broken, and to have each cell in one line. */
export interface Need {
  readonly least: number;
  readonly most: number;
}

/**
 * Widths of the columns of a table, which fill `room` together. A column that fits its content gets what it needs as long
 * as the others keep theirs; columns with a number share the rest in proportion.
 */
export function columnWidths(columns: readonly Column[], needs: readonly Need[], room: number): number[] {
  const least = needs.map(({ least }) => Math.min(least, room / columns.length));
  const weights = columns.map(({ width }) => (typeof width === 'number' && width > 0 ? width : 0));
  const total = weights.reduce(add, 0);
  let spare = room - least.reduce(add, 0);
  const widths = [...least];
  // What fitting columns lack is given in proportion; up to two thirds of the room where others wait for the rest.
  const wants = columns.map((_, index) => (weights[index] === 0 ? Math.max(0, (needs[index]?.most ?? 0) - (least[index] ?? 0)) : 0));
  const wanted = wants.reduce(add, 0);
  const given = Math.min(wanted, total > 0 ? (spare * 2) / 3 : spare);
  wants.forEach((want, index) => (widths[index] = (widths[index] ?? 0) + (wanted > 0 ? (want / wanted) * given : 0)));
  spare -= given;
  // Without columns that take the rest, the rest goes to all of them by what they hold.
  const shares = total > 0 ? sharesAbove(weights, widths, spare) : widths.map((width) => (width / (widths.reduce(add, 0) || 1)) * spare);
  return widths.map((width, index) => width + (shares[index] ?? 0));
}

const add = (a: number, b: number): number => a + b;

/** What each weighted column gets on top of its least width, so that the widths come as near to the weights as they can. */
function sharesAbove(weights: readonly number[], widths: readonly number[], spare: number): number[] {
  let open = weights.map((weight) => weight > 0);
  for (;;) {
    const inPlay = (index: number): boolean => open[index] === true;
    const room = spare + widths.reduce((sum, width, index) => sum + (inPlay(index) ? width : 0), 0);
    const total = weights.reduce((sum, weight, index) => sum + (inPlay(index) ? weight : 0), 0);
    const share = weights.map((weight, index) => (inPlay(index) ? (weight / total) * room - (widths[index] ?? 0) : 0));
    if (share.every((extra) => extra >= -1e-9)) return share;
    open = open.map((is, index) => is && (share[index] ?? 0) >= 0);
  }
}
