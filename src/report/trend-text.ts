import { systemsOf, type TrendFigures, type TrendPoint } from '../analysis/comparison/trend.ts';
import { SEVERITIES } from '../analysis/finding.ts';
import { formatNumber } from '../analysis/format.ts';
import { intervalText, limitText, totalText } from './diff-words.ts';
import { oneLine } from './escape-markdown.ts';
import type { Palette } from './estimate-text.ts';
import { money } from './cost-text.ts';
import { count } from './markdown-blocks.ts';
import type { TrendInput } from './trend-input.ts';

/** A history for a person at a terminal: a line of small bars for each figure, then a row for each version. */
export function trendText({ points, path, today }: TrendInput, palette: Palette): string {
  const names = systemsOf(points);
  const head = palette.dim(`${path}  ${count(points.length, 'version')}, each reviewed as of ${today}`);
  const sections = names.length === 0 ? [points.map((point) => rowText(point, undefined, palette)).join('\n')] : names.map((name) => systemText(name, points, palette));
  return `${head}\n\n${sections.join('\n\n')}\n`;
}

function systemText(name: string, points: readonly TrendPoint[], palette: Palette): string {
  const { bold, dim } = palette;
  const of = (point: TrendPoint): TrendFigures | undefined => point.systems.find(({ system }) => system === name);
  const columns = `${'date'.padEnd(10)}  ${'commit'.padEnd(8)}  ${'readiness'.padEnd(10)}  ${'crit high  med  low'}  open questions  ${'full first'.padEnd(24)}  cost a month`;
  return [bold(name), ...TRACES.flatMap((trace) => traceText(trace, points.map(of))), '', dim(columns), ...points.map((point) => rowText(point, of(point), palette))].join('\n');
}

interface Trace {
  readonly name: string;
  readonly of: (figures: TrendFigures) => number | undefined;
  readonly text: (figure: number) => string;
}

/** What is drawn over time; also what Markdown shows. */
export const TRACES: readonly Trace[] = [
  { name: 'readiness', of: ({ score }) => score.index.assured, text: (figure) => `${figure.toFixed(1)} of 4` },
  { name: 'findings', of: ({ score }) => SEVERITIES.reduce((sum, severity) => sum + score.counts[severity], 0), text: String },
  { name: 'full first', of: ({ limit }) => limit?.multiple.value, text: (figure) => `${formatNumber(Number(figure.toPrecision(2)))}×` },
  { name: 'cost', of: ({ cost }) => (cost && (cost.value > 0 || cost.unknown.length === 0) ? cost.value : undefined), text: (figure) => `${money(figure)} a month` },
];

export const traceOf = (trace: Trace, figures: readonly (TrendFigures | undefined)[]): (number | undefined)[] => figures.map((each) => (each ? trace.of(each) : undefined));

function traceText(trace: Trace, figures: readonly (TrendFigures | undefined)[]): string[] {
  const values = traceOf(trace, figures);
  const known = values.filter((figure) => figure !== undefined);
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return [];
  return [`  ${trace.name.padEnd(10)}  ${sparkline(values)}  ${trace.text(first)}${trace.text(first) === trace.text(last) ? '' : ` → ${trace.text(last)}`}`];
}

const BARS = '▁▂▃▄▅▆▇█';

/** One bar for each figure, from the smallest to the largest of them; a dot where there is none. */
export function sparkline(figures: readonly (number | undefined)[]): string {
  const known = figures.filter((figure) => figure !== undefined);
  const [low, high] = [known.reduce((a, b) => Math.min(a, b), Infinity), known.reduce((a, b) => Math.max(a, b), -Infinity)];
  return figures.map((figure) => (figure === undefined ? '·' : (BARS[high > low ? Math.round(((figure - low) / (high - low)) * (BARS.length - 1)) : 3] ?? ''))).join('');
}

function rowText({ date, commit, subject, unreadable }: TrendPoint, figures: TrendFigures | undefined, { dim, red }: Palette): string {
  const start = `${date}  ${commit.slice(0, 8)}  `;
  if (unreadable) return `${start}${red(`cannot be read: ${oneLine(unreadable[0] ?? '')}${unreadable.length > 1 ? ` (and ${unreadable.length - 1} more)` : ''}`)}`;
  if (!figures) return `${start}${dim('not there')}`;
  const { score, limit, cost } = figures;
  const counts = [...SEVERITIES].reverse().map((severity) => String(score.counts[severity]).padStart(4)).join(' ');
  return `${start}${intervalText(score.index).padEnd(10)}  ${counts}  ${String(score.questions).padStart(14)}  ${(limit ? limitText(limit) : '–').padEnd(24)}  ${cost ? totalText(cost) : '–'}  ${dim(oneLine(subject))}`;
}
