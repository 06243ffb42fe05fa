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

export const SIZES = { text: 9.5, small: 8, table: 8.5, code: 8, headings: [17, 13, 11, 10] } as const;
export const LINE_HEIGHT = 1.25;

/** Dark enough on white, and apart from each other in grey. */
export const INK = { text: '#1b1f24', quiet: '#57606a', link: '#0550ae', line: '#b1bac4', shade: '#f0f2f4', warning: '#fff4d6', bar: '#0072b2', possible: '#bcdcf0' } as const;
