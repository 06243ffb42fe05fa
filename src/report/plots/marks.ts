import { round } from '../../diagram/svg/shapes.ts';
import type { Theme } from '../../diagram/svg/theme.ts';

/** How one series is told from the others: colour, dash and marker, so that any one of them is enough for six. */
export interface Mark {
  readonly colour: string;
  readonly dash: string;
  readonly marker: number;
}

const PALETTE = ['data', 'labels', 'predictions', 'artifact', 'config', 'feedback'] as const;
const DASHES = ['', '7 3', '2 3', '10 3 2 3', '5 2', '12 4'] as const;
const MARKERS = 6;

/** The mark of the series with this number; after six the markers go on by one, so that 36 series differ. */
export const markOf = (index: number, theme: Theme): Mark => ({
  colour: theme.payloads[PALETTE[index % PALETTE.length] ?? 'data'],
  dash: DASHES[index % DASHES.length] ?? '',
  marker: (index + Math.floor(index / MARKERS)) % MARKERS,
});

/** A marker of eight pixels about a point: disc, square, triangle, diamond, cross, ring. */
export function markerSvg({ colour, marker }: Mark, x: number, y: number, theme: Theme): string {
  const at = (dx: number, dy: number): string => `${round(x + dx)} ${round(y + dy)}`;
  switch (marker) {
    case 0:
      return `<circle cx="${round(x)}" cy="${round(y)}" r="4" fill="${colour}"/>`;
    case 1:
      return `<rect x="${round(x - 3.5)}" y="${round(y - 3.5)}" width="7" height="7" fill="${colour}"/>`;
    case 2:
      return `<path d="M${at(0, -4.5)}L${at(4.2, 3.5)}L${at(-4.2, 3.5)}Z" fill="${colour}"/>`;
    case 3:
      return `<path d="M${at(0, -5)}L${at(5, 0)}L${at(0, 5)}L${at(-5, 0)}Z" fill="${colour}"/>`;
    case 4:
      return `<path d="M${at(-3.5, -3.5)}L${at(3.5, 3.5)}M${at(-3.5, 3.5)}L${at(3.5, -3.5)}" fill="none" stroke="${colour}" stroke-width="2"/>`;
    default:
      return `<circle cx="${round(x)}" cy="${round(y)}" r="3.6" fill="${theme.background}" stroke="${colour}" stroke-width="1.6"/>`;
  }
}

/** Dashes of lines that mark a value on an axis, unlike those of any series. */
export const limitDash = (index: number): string => (['1.5 2.5', '1.5 2.5 6 2.5', '1.5 2.5 1.5 6'] as const)[index % 3] ?? '1.5 2.5';

export const dashed = (dash: string): string => (dash === '' ? '' : ` stroke-dasharray="${dash}"`);
