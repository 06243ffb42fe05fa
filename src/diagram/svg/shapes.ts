import type { Badge } from '../diagram.ts';
import { CARD } from '../layout/card.ts';
import { textWidth, type Weight } from '../text/measure.ts';
import { escapeLine } from '../xml.ts';
import type { Theme } from './theme.ts';

/** The number of findings of one severity, in a shape of its own: a diamond, a circle, a square, a ring. */
export function badgeSvg({ severity, count }: Badge, x: number, y: number, theme: Theme): string {
  const { fill, text: ink } = theme.severities[severity];
  const [middle, r] = [CARD.badge / 2, CARD.badge / 2];
  const shape = {
    critical: `<path d="M${round(x + middle)} ${round(y - 1.5)}l${r + 1.5} ${r + 1.5}l${-r - 1.5} ${r + 1.5}l${-r - 1.5} ${-r - 1.5}Z" fill="${fill}" stroke="${ink}" stroke-width="0.8"/>`,
    high: `<circle cx="${round(x + middle)}" cy="${round(y + middle)}" r="${r}" fill="${fill}"/>`,
    medium: `<rect x="${round(x)}" y="${round(y)}" width="${CARD.badge}" height="${CARD.badge}" rx="3" fill="${fill}" stroke="${theme.text}" stroke-width="0.8"/>`,
    low: `<circle cx="${round(x + middle)}" cy="${round(y + middle)}" r="${r - 0.6}" fill="${fill}" stroke="${theme.border}" stroke-width="1.2" stroke-dasharray="2 1.6"/>`,
  }[severity];
  return `<g><title>${count} ${severity}</title>${shape}${text({ x: x + middle, y: y + 11.5, size: 9.5, weight: 'bold', fill: ink, anchor: 'middle' }, String(Math.min(count, 99)))}</g>`;
}

interface TextStyle {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly fill: string;
  readonly weight?: Weight;
  readonly anchor?: 'middle';
  readonly struck?: boolean;
  /** Read from below to above; x and y are those of the turned page. */
  readonly turned?: boolean;
}

/** One line; its length is given, so that it takes the same room in another font. */
export function text({ x, y, size, fill, weight = 'regular', anchor, struck, turned }: TextStyle, content: string): string {
  const length = textWidth(content, size, weight);
  return `<text${turned ? ' transform="rotate(-90)"' : ''} x="${round(x)}" y="${round(y)}" font-size="${size}" fill="${fill}"${weight === 'bold' ? ' font-weight="600"' : ''}${anchor ? ` text-anchor="${anchor}"` : ''}${struck ? ' text-decoration="line-through"' : ''}${content.length > 2 ? ` textLength="${round(length)}" lengthAdjust="spacingAndGlyphs"` : ''}>${escapeLine(content)}</text>`;
}

/** Tenths of a pixel, written as short as can be, so that output is the same everywhere. */
export const round = (figure: number): string => String(Math.round(figure * 10) / 10);
