import { round } from '../../diagram/svg/shapes.ts';
import type { Theme } from '../../diagram/svg/theme.ts';
import { across, heading, legendOf, MARGIN, nothing, plotSvg, themeOf, up, X_AXIS, xAxisSvg, yAxisSvg, yAxisWidth, type Area, type LegendEntry, type PlotOptions, type PlotWords } from './frame.ts';
import { dashed, limitDash, markerSvg, markOf, type Mark } from './marks.ts';
import { onScale, scaleOf, type Axis, type Scale } from './scale.ts';

export interface LinePoint {
  readonly x: number;
  readonly y: number;
  /** Between what the value may lie; drawn as a band. */
  readonly low?: number;
  readonly high?: number;
}

export interface LineSeries {
  readonly label: string;
  readonly points: readonly LinePoint[];
}

/** A value on an axis to compare with, as an objective or today’s load. */
export interface Limit {
  readonly axis: 'x' | 'y';
  readonly at: number;
  readonly label: string;
}

export interface LinesPlot extends PlotWords {
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly LineSeries[];
  readonly limits?: readonly Limit[];
}

const [WIDTH, HEIGHT] = [640, 260] as const;
/** More markers than this make a line hard to see. */
const MARKERS = 12;

/** Lines with bands. A point that has no place (infinite, or beyond the ends that an axis is given) ends its line; the next begins one. */
export function linesPlot(plot: LinesPlot, options: PlotOptions = {}): string {
  const { title, x, y, series, limits = [] } = plot;
  const theme = themeOf(options);
  const points = series.flatMap((each) => each.points);
  const on = (axis: 'x' | 'y'): number[] => limits.filter((limit) => limit.axis === axis).map(({ at }) => at);
  const scales = { x: scaleOf(x, [...points.map((point) => point.x), ...on('x')]), y: scaleOf(y, [...points.flatMap((point) => [point.y, point.low ?? point.y, point.high ?? point.y]), ...on('y')]) };
  const head = heading(title, WIDTH, theme);
  const left = MARGIN + yAxisWidth(scales.y, HEIGHT);
  const area: Area = { left, top: head.height + 8, width: WIDTH - left - MARGIN - 14, height: HEIGHT };
  const legend = legendOf([...series.map((each, index): LegendEntry => seriesEntry(each, markOf(index, theme), theme)), ...limits.map((limit, index) => limitEntry(limit, index, theme))], WIDTH, area.top + HEIGHT + X_AXIS, theme);
  const runs = series.map((each) => runsOf(each.points, scales));
  return plotSvg(plot, WIDTH, area.top + HEIGHT + X_AXIS + legend.height + MARGIN, theme, [
    head.svg,
    xAxisSvg(area, scales.x, x.title, theme),
    yAxisSvg(area, scales.y, y.title, theme),
    ...runs.flatMap((pieces, index) => pieces.map((run) => bandSvg(run, area, scales, markOf(index, theme)))),
    ...limits.map((limit, index) => limitSvg(limit, index, area, scales, theme)),
    ...runs.flatMap((pieces, index) => pieces.map((run) => runSvg(run, area, scales, markOf(index, theme), theme))),
    runs.every((pieces) => pieces.length === 0) ? nothing(area, theme) : '',
    legend.svg,
  ]);
}

interface Scales {
  readonly x: Scale;
  readonly y: Scale;
}

/** The pieces of a line between points that have no place. */
function runsOf(points: readonly LinePoint[], { x, y }: Scales): LinePoint[][] {
  const runs: LinePoint[][] = [[]];
  for (const point of points) {
    if (onScale(x, point.x) && onScale(y, point.y)) runs.at(-1)?.push(point);
    else if (runs.at(-1)?.length) runs.push([]);
  }
  return runs.filter((run) => run.length > 0);
}

function runSvg(run: readonly LinePoint[], area: Area, scales: Scales, mark: Mark, theme: Theme): string {
  const places = run.map((point) => [across(area, scales.x, point.x), up(area, scales.y, point.y)] as const);
  const path = places.map(([px, py], index) => `${index === 0 ? 'M' : 'L'}${round(px)} ${round(py)}`).join('');
  const each = Math.ceil(places.length / MARKERS);
  return `<g><path d="${path}" fill="none" stroke="${mark.colour}" stroke-width="2"${dashed(mark.dash)}/>${places.filter((_, index) => index % each === 0 || index === places.length - 1).map(([px, py]) => markerSvg(mark, px, py, theme)).join('')}</g>`;
}

function bandSvg(run: readonly LinePoint[], area: Area, { x, y }: Scales, { colour, dash }: Mark): string {
  if (run.length < 2 || run.every(({ low, high }) => low === undefined && high === undefined)) return '';
  // A band that leaves the scale is cut at its end.
  const within = (value: number): number => Math.min(y.high, Math.max(y.low, Number.isNaN(value) ? y.low : value));
  const edge = (pick: (point: LinePoint) => number) => run.map((point) => `${round(across(area, x, point.x))} ${round(up(area, y, within(pick(point))))}`);
  const [upper, lower] = [edge(({ y: middle, high }) => high ?? middle), edge(({ y: middle, low }) => low ?? middle)];
  return `<path d="M${[...upper, ...lower.reverse()].join('L')}Z" fill="${colour}" fill-opacity="0.15" stroke="${colour}" stroke-width="0.7" stroke-opacity="0.6"${dashed(dash)}/>`;
}

function limitSvg({ axis, at }: Limit, index: number, area: Area, scales: Scales, theme: Theme): string {
  if (!onScale(scales[axis], at)) return '';
  const path = axis === 'x' ? `M${round(across(area, scales.x, at))} ${round(area.top)}v${round(area.height)}` : `M${round(area.left)} ${round(up(area, scales.y, at))}h${round(area.width)}`;
  return `<path d="${path}" fill="none" stroke="${theme.text}" stroke-width="1.4"${dashed(limitDash(index))}/>`;
}

const seriesEntry = ({ label }: LineSeries, mark: Mark, theme: Theme): LegendEntry => ({
  words: label,
  sample: (x, y) => `<path d="M${round(x)} ${round(y)}h26" fill="none" stroke="${mark.colour}" stroke-width="2"${dashed(mark.dash)}/>${markerSvg(mark, x + 13, y, theme)}`,
});

export const limitEntry = ({ axis, label }: Limit, index: number, theme: Theme): LegendEntry => ({
  words: label,
  sample: (x, y) => `<path d="${axis === 'x' ? `M${round(x + 13)} ${round(y - 7)}v14` : `M${round(x)} ${round(y)}h26`}" fill="none" stroke="${theme.text}" stroke-width="1.4"${dashed(limitDash(index))}/>`,
});
