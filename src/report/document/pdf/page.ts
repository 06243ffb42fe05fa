/** A sheet of A4 in points, and what is left for text between its margins. */
const [SHORT, LONG] = [595.28, 841.89] as const;

/** Left, top, right, bottom. */
export const MARGINS = [54, 62, 54, 56] as const;

export const PORTRAIT = { width: SHORT, height: LONG, orientation: 'portrait' } as const;

export interface Room {
  readonly width: number;
  readonly height: number;
}

const inside = (width: number, height: number): Room => ({ width: width - MARGINS[0] - MARGINS[2], height: height - MARGINS[1] - MARGINS[3] });
export const ROOM = inside(SHORT, LONG);
/** On its side. */
export const WIDE_ROOM = inside(LONG, SHORT);

/** Sizes of type in points, and how wide the gaps between blocks are in proportion to those of a usual document. */
export interface Sizes {
  readonly title: number;
  readonly text: number;
  readonly small: number;
  readonly table: number;
  readonly code: number;
  readonly headings: readonly number[];
  readonly gap: number;
}

export const SIZES: Sizes = { title: 22, text: 9.5, small: 8, table: 8.5, code: 8, headings: [17, 13, 11, 10], gap: 1 };

/** What must fit one page begins smaller; everything shrinks together from there. */
export function tightSizes(scale: number): Sizes {
  return { title: 16 * scale, text: 8.5 * scale, small: 7.5 * scale, table: 8 * scale, code: 7.5 * scale, headings: [11.5, 10, 9.5, 9].map((size) => size * scale), gap: 0.45 * scale };
}

/** Of a tight section among others. */
export const TIGHT_SECTION = 0.92;

/** Steps in which it shrinks; at the last the text is set in 6 points, which can still be read on paper. */
export const TIGHT_STEPS = [1, 0.96, 0.92, 0.88, 0.84, 0.8, 0.76, 0.72] as const;
export const LINE_HEIGHT = 1.25;

/** Dark enough on white, and apart from each other in grey. */
export const INK = { text: '#1b1f24', quiet: '#57606a', link: '#0550ae', line: '#b1bac4', shade: '#f0f2f4', warning: '#fff4d6', bar: '#0072b2', possible: '#bcdcf0' } as const;
