import { round, text } from '../../diagram/svg/shapes.ts';
import type { Theme } from '../../diagram/svg/theme.ts';
import { textWidth } from '../../diagram/text/measure.ts';
import { escapeLine } from '../../diagram/xml.ts';
import { across, FONT, heading, legendOf, MARGIN, nothing, plotSvg, themeOf, X_AXIS, xAxisSvg, type Area, type PlotOptions, type PlotWords } from './frame.ts';
import { limitEntry, type Limit } from './lines.ts';
import { dashed, limitDash } from './marks.ts';
import { onScale, scaleOf, type Axis, type Scale } from './scale.ts';
import { fitted, fittedLines } from './text-fit.ts';

export interface PlotBar {
  readonly label: string;
  readonly value: number;
  /** Between what the value may lie; drawn as a line with ends. */
  readonly low?: number;
  readonly high?: number;
  /** Written behind the value. */
  readonly note?: string;
  /** Drawn in another colour and with a border. */
  readonly alarming?: boolean;
}

export interface BarsPlot extends PlotWords {
  readonly value: Axis;
  readonly bars: readonly PlotBar[];
  readonly limits?: readonly Omit<Limit, 'axis'>[];
}

const [WIDTH, ROW, THICK] = [640, 30, 14] as const;
const NAMES = 190;

/** Bars side by side, each with its name at the left and its value in words. They begin at zero. */
export function barsPlot(plot: BarsPlot, options: PlotOptions = {}): string {
  const { title, value, bars, limits = [] } = plot;
  const theme = themeOf(options);
  const scale = scaleOf({ ...value, scale: 'linear', from: Math.min(0, value.from ?? 0) }, [...bars.flatMap((bar) => [bar.value, bar.low ?? bar.value, bar.high ?? bar.value]), ...limits.map(({ at }) => at)]);
  const head = heading(title, WIDTH, theme);
  const names = bars.map(({ label }) => fittedLines(label, NAMES, FONT, 2));
  const left = MARGIN + 10 + Math.max(20, ...names.flat().map((line) => textWidth(line, FONT)));
  const words = bars.map((bar) => fitted(`${Number.isFinite(bar.value) ? scale.words(bar.value) : 'not known'}${bar.note === undefined ? '' : ` ${bar.note}`}`, 150, FONT));
  const behind = Math.max(0, ...words.map((line) => textWidth(line, FONT))) + 12;
  const area: Area = { left, top: head.height + 6, width: WIDTH - left - MARGIN - behind, height: Math.max(1, bars.length) * ROW };
  const legend = legendOf(limits.map((limit, index) => limitEntry({ ...limit, axis: 'x' }, index, theme)), WIDTH, area.top + area.height + X_AXIS, theme);
  return plotSvg(plot, WIDTH, area.top + area.height + X_AXIS + legend.height + MARGIN, theme, [
    head.svg,
    xAxisSvg(area, scale, value.title, theme),
    ...bars.map((bar, index) => barSvg(bar, names[index] ?? [], words[index] ?? '', area.top + (index + 0.5) * ROW, area, scale, theme)),
    ...limits.map(({ at }, index) => (onScale(scale, at) ? `<path d="M${round(across(area, scale, at))} ${round(area.top)}v${round(area.height)}" fill="none" stroke="${theme.text}" stroke-width="1.4"${dashed(limitDash(index))}/>` : '')),
    bars.length === 0 ? nothing(area, theme) : '',
    legend.svg,
  ]);
}

function barSvg(bar: PlotBar, names: readonly string[], words: string, middle: number, area: Area, scale: Scale, theme: Theme): string {
  const at = (value: number): number => across(area, scale, Math.min(scale.high, Math.max(scale.low, value)));
  const [zero, end] = [at(0), at(bar.value)];
  const colour = bar.alarming ? theme.marks.removed : theme.payloads.data;
  const box = Number.isFinite(bar.value) ? `<rect x="${round(Math.min(zero, end))}" y="${round(middle - THICK / 2)}" width="${round(Math.abs(end - zero))}" height="${THICK}" fill="${colour}"${bar.alarming ? ` stroke="${theme.text}" stroke-width="1.6"` : ''}/>` : '';
  const [low, high] = [bar.low ?? bar.value, bar.high ?? bar.value];
  const band = low < high ? `<path d="M${round(at(low))} ${round(middle)}H${round(at(high))}M${round(at(low))} ${round(middle - 4)}v8M${round(at(high))} ${round(middle - 4)}v8" fill="none" stroke="${theme.background}" stroke-width="3.4"/><path d="M${round(at(low))} ${round(middle)}H${round(at(high))}M${round(at(low))} ${round(middle - 4)}v8M${round(at(high))} ${round(middle - 4)}v8" fill="none" stroke="${theme.text}" stroke-width="1.4"/>` : '';
  const labels = names.map((line, index) => text({ x: area.left - 8 - textWidth(line, FONT), y: middle + 3.5 + (index - (names.length - 1) / 2) * 11.5, size: FONT, fill: theme.text }, line));
  return `<g><title>${escapeLine(`${bar.label}: ${words}`)}</title>${box}${band}${labels.join('')}${text({ x: area.left + area.width + 8, y: middle + 3.5, size: FONT, ...(bar.alarming ? { weight: 'bold' as const } : {}), fill: theme.text }, words)}</g>`;
}
