import type { SystemComparison } from '../../analysis/comparison/compare.ts';
import { waysOf, type WayTime } from '../../analysis/comparison/figures.ts';
import type { CostTotal } from '../../analysis/estimation/cost/tree.ts';
import type { Bottleneck } from '../../analysis/estimation/estimate.ts';
import type { Estimated } from '../../analysis/estimation/estimated.ts';
import { SEVERITIES } from '../../analysis/finding.ts';
import { formatNumber, formatQuantity } from '../../analysis/format.ts';
import type { Score } from '../../analysis/score.ts';
import type { Inline } from '../document/block.ts';
import { capital, code, intervalText } from './words.ts';

/** Ways that stay as they are beyond the first few are counted. */
const MOST_WAYS = 6;

/** Two states of a system, a line for each figure: what it is called, what it was and what it is. */
export function comparisonRows({ score, figures, before, after }: SystemComparison): Inline[][][] {
  const row = (name: Inline, before: string, after: string): Inline[][] => [[name], [before], [after]];
  const count = (of: Score | undefined): string => SEVERITIES.toReversed().map((severity) => `${of?.counts[severity] ?? 0} ${severity}`).join(', ');
  const [was, is] = [waysOf(before?.estimation), waysOf(after?.estimation)];
  const ways = [...new Map([...was, ...is].map((way) => [`${way.from} → ${way.to}`, way])).keys()];
  const wayIn = (list: readonly WayTime[], name: string): WayTime | undefined => list.find(({ from, to }) => `${from} → ${to}` === name);
  const told = ways.map((name) => ({ name, then: wayText(wayIn(was, name)), now: wayText(wayIn(is, name)) }));
  const moved = told.filter(({ then, now }) => then !== now);
  const shown = told.filter((way) => moved.includes(way) || told.indexOf(way) < MOST_WAYS);
  return [
    row('Readiness index, of 4', scoreText(score.before), scoreText(score.after)),
    row('Verdict', capital(score.before?.headline ?? ''), capital(score.after?.headline ?? '')),
    row('Findings', count(score.before), count(score.after)),
    row('Full first', limitText(figures.limit.before), limitText(figures.limit.after)),
    ...shown.map(({ name, then, now }) => row(code(name), then, now)),
    ...(shown.length < told.length ? [row('Further ways', `${formatNumber(told.length - shown.length)}, each as before`, '')] : []),
    row('Monthly cost', costText(figures.cost.total.before), costText(figures.cost.total.after)),
  ];
}

const scoreText = (score: Score | undefined): string => (score ? intervalText(score.index) : 'unknown');

/** A figure with its band and where it is from: `88 ms (80 to 96, measured)`. */
export function figureText({ value, low, high, unit, provenance, bound }: Estimated): string {
  const text = (of: number): string => formatQuantity({ low: Number(of.toPrecision(2)), high: Number(of.toPrecision(2)), unit });
  const band = low === high ? '' : ` (${text(low)} to ${text(high)}, ${provenance})`;
  return `${bound === undefined ? '' : `${bound} `}${text(value)}${band === '' ? ` (${provenance})` : band}`;
}

export function limitText(limit: Bottleneck | undefined): string {
  if (!limit) return 'not known';
  const { component, multiple, exhausted } = limit;
  return `${component}, at ${multiple.bound === undefined ? '' : `${multiple.bound} `}${formatNumber(Number(multiple.value.toPrecision(2)))} times today’s peak${exhausted ? `, about ${exhausted.date} at the declared growth` : ''}`;
}

function wayText(way: WayTime | undefined): string {
  if (!way) return 'no such way';
  const { p99, objective, verdict, overloaded } = way;
  if (overloaded.length > 0) return `overloaded: ${overloaded.join(', ')}`;
  const promise = objective ? `; objective ${verdict ?? 'open'}` : '';
  return p99 ? `p99 ${figureText(p99)}${promise}` : `not known${promise}`;
}

export function costText(total: CostTotal | undefined): string {
  if (!total || total.value <= 0) return 'not known';
  const money = (of: number): string => formatNumber(Number(of.toPrecision(3)));
  return `${total.bound === undefined ? '' : `${total.bound} `}${money(total.value)} ${total.currency} a month (${money(total.low)} to ${money(total.high)}, ${total.provenance})`;
}
