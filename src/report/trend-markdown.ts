import { systemsOf, type TrendFigures, type TrendPoint } from '../analysis/comparison/trend.ts';
import { SEVERITIES } from '../analysis/finding.ts';
import { intervalText, limitText, totalText } from './diff-words.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import { capital, COMMENT_LIMIT, count, fitted } from './markdown-blocks.ts';
import type { TrendInput } from './trend-input.ts';
import { sparkline, TRACES, traceOf } from './trend-text.ts';

/** A history as Markdown, a table for each system. Whatever comes from a file or a commit is escaped. */
export function trendMarkdown({ points, path, today }: TrendInput, limit = COMMENT_LIMIT): string {
  const names = systemsOf(points);
  const intro = `${count(points.length, 'version')} of ${escapeMarkdown(path)}, each reviewed as of ${today}.`;
  const blocks = names.length === 0 ? [tableOf(undefined, points)] : names.flatMap((name) => [`## ${escapeMarkdown(name)}`, tracesOf(name, points), tableOf(name, points)]);
  return fitted([intro, ...blocks], limit, (left) => `*${count(left, 'more section')} left out: run \`mlarch trend\` with a smaller \`--last\`.*`);
}

const figuresOf = (name: string | undefined, { systems }: TrendPoint): TrendFigures | undefined => systems.find(({ system }) => system === name);

function tracesOf(name: string, points: readonly TrendPoint[]): string {
  return TRACES.flatMap((trace) => {
    const values = traceOf(trace, points.map((point) => figuresOf(name, point)));
    const known = values.filter((figure) => figure !== undefined);
    const [first, last] = [known[0], known.at(-1)];
    return first === undefined || last === undefined ? [] : [`- ${capital(trace.name)} \`${sparkline(values)}\` ${trace.text(first)}${trace.text(first) === trace.text(last) ? '' : ` → ${trace.text(last)}`}`];
  }).join('\n');
}

function tableOf(name: string | undefined, points: readonly TrendPoint[]): string {
  const severities = [...SEVERITIES].reverse();
  const row = (point: TrendPoint): string => {
    const figures = figuresOf(name, point);
    const start = `| ${point.date} | \`${point.commit.slice(0, 8)}\` |`;
    const what = escapeMarkdown(point.unreadable ? `cannot be read: ${point.unreadable[0] ?? ''}` : point.subject);
    if (!figures) return `${start}${' – |'.repeat(severities.length + 4)} ${what} |`;
    const { score, limit, cost } = figures;
    return `${start} ${intervalText(score.index)} | ${severities.map((severity) => score.counts[severity]).join(' | ')} | ${score.questions} | ${limit ? escapeMarkdown(limitText(limit)) : '–'} | ${cost ? escapeMarkdown(totalText(cost)) : '–'} | ${what} |`;
  };
  return [`| Date | Commit | Readiness | ${severities.map(capital).join(' | ')} | Questions | Full first | Cost a month | |`, `| --- | --- | ---: |${' ---: |'.repeat(severities.length + 1)} --- | ---: | --- |`, ...points.map(row)].join('\n');
}
