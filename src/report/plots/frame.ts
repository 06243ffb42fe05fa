import { round, text } from '../../diagram/svg/shapes.ts';
import { themes, type Theme, type ThemeName } from '../../diagram/svg/theme.ts';
import { textWidth } from '../../diagram/text/measure.ts';
import { escapeLine } from '../../diagram/xml.ts';
import type { Scale } from './scale.ts';
import { fitted, fittedLines } from './text-fit.ts';

/** What every plot has. */
export interface PlotWords {
  readonly title: string;
  /** What a reader who does not see it should know of it. */
  readonly description: string;
}

export interface PlotOptions {
  readonly theme?: ThemeName;
}

export const themeOf = ({ theme = 'light' }: PlotOptions): Theme => themes[theme];

/** The inner rectangle of a plot, in pixels. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface LegendEntry {
  readonly words: string;
  /** Drawn in a box 26 wide about the given height. */
  readonly sample: (x: number, y: number) => string;
}

export const FONT = 10;
export const MARGIN = 16;
const TITLE = 14;
const [SAMPLE, GAP, ROW] = [26, 16, 18] as const;

/** The title in at most two lines. */
export function heading(title: string, width: number, theme: Theme): { readonly svg: string; readonly height: number } {
  const lines = fittedLines(title, width - 2 * MARGIN, TITLE, 2, 'bold');
  return { svg: lines.map((line, index) => text({ x: MARGIN, y: MARGIN + 12 + index * 18, size: TITLE, weight: 'bold', fill: theme.text }, line)).join(''), height: MARGIN + 8 + lines.length * 18 };
}

/** What the signs mean, in rows below the plot. */
export function legendOf(entries: readonly LegendEntry[], width: number, top: number, theme: Theme): { readonly svg: string; readonly height: number } {
  const room = width - 2 * MARGIN;
  let [x, y] = [0, 0];
  const parts = entries.map(({ words, sample }) => {
    const label = fitted(words, room - SAMPLE - 8, FONT);
    const needed = SAMPLE + 6 + textWidth(label, FONT) + GAP;
    if (x > 0 && x + needed - GAP > room) [x, y] = [0, y + ROW];
    const [left, middle] = [MARGIN + x, top + y + ROW / 2];
    x += needed;
    return `<g>${label.endsWith('…') ? `<title>${escapeLine(words)}</title>` : ''}${sample(left, middle)}${text({ x: left + SAMPLE + 6, y: middle + 3.5, size: FONT, fill: theme.text }, label)}</g>`;
  });
  return { svg: parts.join('\n'), height: entries.length === 0 ? 0 : y + ROW };
}

/** The whole picture about its parts. Text stays text; the description is for readers that do not see it. */
export function plotSvg({ title, description }: PlotWords, width: number, height: number, theme: Theme, parts: readonly string[]): string {
  const [w, h] = [Math.ceil(width), Math.ceil(height)];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}" role="img" aria-labelledby="title desc" font-family="Inter, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif">`,
    `<title id="title">${escapeLine(title)}</title>`,
    `<desc id="desc">${escapeLine(description)}</desc>`,
    `<rect width="${w}" height="${h}" fill="${theme.background}"/>`,
    ...parts.filter((part) => part !== ''),
    '</svg>',
    '',
  ].join('\n');
}

/** The place of a value in the area, in pixels. */
export const across = ({ left, width }: Area, scale: Scale, value: number): number => left + scale.place(value) * width;
export const up = ({ top, height }: Area, scale: Scale, value: number): number => top + (1 - scale.place(value)) * height;

interface Tick {
  readonly value: number;
  readonly words: string;
  /** The middle of its words along the axis, in pixels from its start. */
  readonly middle: number;
}

/** Room for words of ticks beyond the ends of an axis. */
const BESIDE = 26;

/** Ticks whose words stand clear of each other along a length; at the ends they move inwards rather than out of the picture. */
function clearTicks(scale: Scale, length: number, extent: (words: string) => number, most = 8): readonly Tick[] {
  for (let count = most; count > 0; count--) {
    const ticks = scale.ticks(count).map((value) => {
      const words = scale.words(value);
      const half = extent(words) / 2;
      return { value, words, half, middle: Math.max(half - BESIDE, Math.min(length + BESIDE - half, scale.place(value) * length)) };
    });
    if (ticks.every(({ middle, half }, index) => index === 0 || middle - half - 8 >= (ticks[index - 1]?.middle ?? 0) + (ticks[index - 1]?.half ?? 0))) return ticks;
  }
  return [];
}

const line = (x1: number, y1: number, x2: number, y2: number, colour: string, width: number): string => `<path d="M${round(x1)} ${round(y1)}L${round(x2)} ${round(y2)}" stroke="${colour}" stroke-width="${width}" fill="none"/>`;

/** Grid, ticks, their words and the title below the area. */
export function xAxisSvg(area: Area, scale: Scale, title: string, theme: Theme): string {
  const bottom = area.top + area.height;
  const ticks = clearTicks(scale, area.width, (words) => textWidth(words, FONT)).map(({ value, words, middle }) => {
    const x = across(area, scale, value);
    return `${line(x, area.top, x, bottom, theme.lanes[1], 1)}${line(x, bottom, x, bottom + 4, theme.border, 1)}${text({ x: area.left + middle, y: bottom + 15, size: FONT, fill: theme.quiet, anchor: 'middle' }, words)}`;
  });
  return `<g>${ticks.join('')}${line(area.left, bottom, area.left + area.width, bottom, theme.border, 1)}${title === '' ? '' : text({ x: area.left + area.width / 2, y: bottom + 32, size: FONT + 0.5, weight: 'bold', fill: theme.quiet, anchor: 'middle' }, fitted(title, area.width, FONT + 0.5, 'bold'))}</g>`;
}

/** The room below the area that its axis takes. */
export const X_AXIS = 40;

/** The same at the left; how much room it takes is told by `yAxisWidth`. */
export function yAxisSvg(area: Area, scale: Scale, title: string, theme: Theme): string {
  const ticks = yTicks(scale, area.height).map(({ value, words }) => {
    const y = up(area, scale, value);
    return `${line(area.left, y, area.left + area.width, y, theme.lanes[1], 1)}${line(area.left - 4, y, area.left, y, theme.border, 1)}${text({ x: area.left - 8 - textWidth(words, FONT), y: y + 3.5, size: FONT, fill: theme.quiet }, words)}`;
  });
  const words = fitted(title, area.height, FONT + 0.5, 'bold');
  return `<g>${ticks.join('')}${line(area.left, area.top, area.left, area.top + area.height, theme.border, 1)}${text({ x: -(area.top + area.height / 2), y: MARGIN + 8, size: FONT + 0.5, weight: 'bold', fill: theme.quiet, anchor: 'middle', turned: true }, words)}</g>`;
}

export const yAxisWidth = (scale: Scale, height: number): number => 30 + Math.max(0, ...yTicks(scale, height).map(({ words }) => textWidth(words, FONT)));

const yTicks = (scale: Scale, height: number): readonly Tick[] => clearTicks(scale, height, () => FONT + 2, 6);

/** Words in the middle of a plot that has nothing to show. */
export const nothing = (area: Area, theme: Theme): string => text({ x: area.left + area.width / 2, y: area.top + area.height / 2, size: 11, fill: theme.quiet, anchor: 'middle' }, 'Nothing to show');
