import { round, text } from '../../diagram/svg/shapes.ts';
import type { Theme } from '../../diagram/svg/theme.ts';
import { escapeLine } from '../../diagram/xml.ts';
import { across, FONT, heading, legendOf, MARGIN, nothing, plotSvg, themeOf, up, X_AXIS, xAxisSvg, yAxisSvg, yAxisWidth, type Area, type LegendEntry, type PlotOptions, type PlotWords } from './frame.ts';
import { markerSvg, markOf } from './marks.ts';
import { placeLabels, type Placed, type Spot } from './place-labels.ts';
import { onScale, scaleOf, type Axis } from './scale.ts';
import { fitted } from './text-fit.ts';

export interface ScatterPoint {
  readonly label: string;
  readonly x: number;
  readonly y: number;
  /** Points of a group have the same colour and marker, and the group stands in the legend. */
  readonly group?: string;
}

export interface ScatterPlot extends PlotWords {
  readonly x: Axis;
  readonly y: Axis;
  readonly points: readonly ScatterPoint[];
  /** Lines that part the plot in four, and what each part is called: from the upper left as one reads. */
  readonly quadrants?: { readonly x: number; readonly y: number; readonly names: readonly [string, string, string, string] };
}

const [WIDTH, HEIGHT] = [640, 360] as const;

/** Points with their names. A name that has no room beside its point is in a list below, by number; no name is left out. */
export function scatterPlot(plot: ScatterPlot, options: PlotOptions = {}): string {
  const { title, x, y, points, quadrants } = plot;
  const theme = themeOf(options);
  const scales = { x: scaleOf(x, [...points.map((point) => point.x), ...(quadrants ? [quadrants.x] : [])]), y: scaleOf(y, [...points.map((point) => point.y), ...(quadrants ? [quadrants.y] : [])]) };
  const head = heading(title, WIDTH, theme);
  const left = MARGIN + yAxisWidth(scales.y, HEIGHT);
  const names = quadrants ? 16 : 0;
  const area: Area = { left, top: head.height + 8 + names, width: WIDTH - left - MARGIN - 14, height: HEIGHT };
  const groups = [...new Set(points.flatMap(({ group }) => (group === undefined ? [] : [group])))];
  const mark = (point: ScatterPoint) => markOf(point.group === undefined ? 0 : groups.indexOf(point.group), theme);
  const drawn = points.filter((point) => onScale(scales.x, point.x) && onScale(scales.y, point.y));
  const lost = points.filter((point) => !drawn.includes(point));
  const spots = drawn.map((point): Spot => ({ x: across(area, scales.x, point.x), y: up(area, scales.y, point.y), label: point.label }));
  const placed = placeLabels(spots, area);
  const bottom = area.top + HEIGHT + X_AXIS + names;
  const legend = legendOf(groups.map((group, index): LegendEntry => ({ words: group, sample: (px, py) => markerSvg(markOf(index, theme), px + 13, py, theme) })), WIDTH, bottom, theme);
  const list = listSvg([
    ...placed.flatMap(({ number, words }, index) => (number === undefined ? [] : [`${words ?? '·'} ${spots[index]?.label ?? ''}${words === undefined ? ` (${scales.x.words(drawn[index]?.x ?? 0)}, ${scales.y.words(drawn[index]?.y ?? 0)})` : ''}`])),
    ...lost.map(({ label }) => `· ${label} (not drawn: no figures)`),
  ], bottom + legend.height + 4, theme);
  const shifted: Area = { ...area, height: HEIGHT + names };
  return plotSvg(plot, WIDTH, bottom + legend.height + 4 + list.height + MARGIN, theme, [
    head.svg,
    xAxisSvg(area, scales.x, '', theme),
    text({ x: area.left + area.width / 2, y: shifted.top + shifted.height + 32, size: FONT + 0.5, weight: 'bold', fill: theme.quiet, anchor: 'middle' }, fitted(x.title, area.width, FONT + 0.5, 'bold')),
    yAxisSvg(area, scales.y, y.title, theme),
    quadrants ? quadrantsSvg(quadrants.names, across(area, scales.x, quadrants.x), up(area, scales.y, quadrants.y), area, theme) : '',
    ...drawn.map((point, index) => `<g><title>${escapeLine(point.label)}</title>${leader(spots[index], placed[index], theme)}${labelSvg(placed[index], theme)}${markerSvg(mark(point), spots[index]?.x ?? 0, spots[index]?.y ?? 0, theme)}</g>`),
    drawn.length === 0 ? nothing(area, theme) : '',
    legend.svg,
    list.svg,
  ]);
}

function labelSvg({ box, words, number }: Placed = {}, theme: Theme): string {
  // On a ground of its own, so that no line runs through it.
  return box && words !== undefined ? `<rect x="${round(box.left)}" y="${round(box.top)}" width="${round(box.width)}" height="${round(box.height)}" fill="${theme.background}" fill-opacity="0.85"/>${text({ x: box.left, y: box.top + FONT, size: FONT, ...(number === undefined ? {} : { weight: 'bold' as const }), fill: theme.text }, words)}` : '';
}

/** A number that had to go further away is joined to its point. */
function leader(spot: Spot | undefined, { box, number }: Placed = {}, theme: Theme): string {
  if (!spot || !box || number === undefined) return '';
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
  return Math.hypot(x - spot.x, y - spot.y) < 19 ? '' : `<path d="M${round(spot.x)} ${round(spot.y)}L${round(x)} ${round(y)}" stroke="${theme.lanes[1]}" stroke-width="1" fill="none"/>`;
}

/** Names of the quadrants stand outside of the area, where no point is. */
function quadrantsSvg([upperLeft, upperRight, lowerLeft, lowerRight]: readonly [string, string, string, string], x: number, y: number, area: Area, theme: Theme): string {
  const word = (name: string, left: number, right: number, baseline: number): string => {
    const words = fitted(name, Math.max(0, right - left - 8), FONT, 'bold');
    return words === '…' || words === '' ? '' : text({ x: left + 4, y: baseline, size: FONT, weight: 'bold', fill: theme.quiet }, words);
  };
  const [end, below] = [area.left + area.width, area.top + area.height + 29];
  return `<g><path d="M${round(x)} ${round(area.top)}v${round(area.height)}M${round(area.left)} ${round(y)}h${round(area.width)}" stroke="${theme.border}" stroke-width="1.2" stroke-dasharray="6 4" fill="none"/>${word(upperLeft, area.left, x, area.top - 5)}${word(upperRight, x, end, area.top - 5)}${word(lowerLeft, area.left, x, below)}${word(lowerRight, x, end, below)}</g>`;
}

/** Two columns, read downwards. */
function listSvg(entries: readonly string[], top: number, theme: Theme): { readonly svg: string; readonly height: number } {
  const rows = Math.ceil(entries.length / 2);
  const column = (WIDTH - 2 * MARGIN) / 2;
  const lines = entries.map((entry, index) => {
    const words = fitted(entry, column - 12, FONT);
    return `<g>${words.endsWith('…') ? `<title>${escapeLine(entry)}</title>` : ''}${text({ x: MARGIN + Math.floor(index / rows) * column, y: top + 12 + (index % rows) * 15, size: FONT, fill: theme.text }, words)}</g>`;
  });
  return { svg: lines.join('\n'), height: rows * 15 + (rows > 0 ? 4 : 0) };
}
