import { estimate } from '../../../analysis/estimation/estimate.ts';
import type { Estimated } from '../../../analysis/estimation/estimated.ts';
import { latencyBudget } from '../../../analysis/estimation/latency-budget.ts';
import type { PathEstimate } from '../../../analysis/estimation/path-estimate.ts';
import { formatDuration, formatNumber, formatQuantity } from '../../../analysis/format.ts';
import type { Block, Inline, Section } from '../../document/block.ts';
import { anchorOf } from '../../document/anchor.ts';
import { linesPlot, type LinesPlot } from '../../plots/lines.ts';
import { figureText } from '../comparison-rows.ts';
import type { ReportSubject } from '../subject.ts';
import { code, paragraph, plural, shareText, tableOr } from '../words.ts';

/** More ways are told in one table and not one by one. */
const MOST_WAYS = 6;

/** Where the time of each way goes, and how it grows with the traffic. */
export function latencyAnalysis(subject: ReportSubject): Section {
  const { paths } = subject.estimation;
  const timed = paths.filter(({ at }) => at[0]?.latency);
  const silent = paths.filter((path) => !timed.includes(path));
  return {
    id: 'analysis-latency',
    title: 'Latency budget',
    blocks: [
      ...(paths.length === 0 ? [paragraph('Nobody waits for an answer, as far as declared.')] : []),
      ...timed.slice(0, MOST_WAYS).flatMap((path) => wayBlocks(subject, path)),
      ...(timed.length > MOST_WAYS ? [tableOr([{ title: 'Way', width: 2 }, { title: 'p99 at today’s peak', width: 3 }], timed.slice(MOST_WAYS).map((path): Inline[][] => [[code(nameOf(path))], [path.at[0]?.latency ? figureText(path.at[0].latency.p99) : '']]), '', { caption: 'Other ways' })] : []),
      ...silent.slice(0, MOST_WAYS).map((path) => paragraph(code(nameOf(path)), (path.at[0]?.overloaded.length ?? 0) > 0 ? `: has no latency at today’s peak, since ${path.at[0]?.overloaded.join(', ') ?? ''} cannot take it.` : ': not known, since no time is declared on it.')),
    ],
  };
}

const nameOf = ({ from, to }: PathEstimate): string => (from === to ? to : `${from} → ${to}`);
const few = (seconds: number | undefined): string => (seconds === undefined ? '' : formatDuration(Number(seconds.toPrecision(2))));

function wayBlocks(subject: ReportSubject, path: PathEstimate): Block[] {
  const { objective, missing, at } = path;
  const [now] = at;
  const hops = latencyBudget(subject.context.architecture, path);
  const rows = hops.map(({ name, p50, p99, share }): Inline[][] => [[code(name)], [few(p50)], [few(p99)], [shareText(share)]]);
  const whole = now?.latency;
  const total: Inline[][][] = whole ? [[['The whole way'], [figureText(whole.p50)], [figureText(whole.p99)], ['']]] : [];
  const promise = objective ? `Objective: ${objective.percentile} within ${formatQuantity(objective.limit)}, declared by ${objective.holder}: ${now?.verdict ?? 'open'} at today’s peak.` : 'No objective is declared for it.';
  const later = at.filter(({ multiple }) => multiple > 1).map(({ multiple, latency, overloaded, verdict }) => `At ${formatNumber(multiple)} times today’s peak: ${overloaded.length > 0 ? `overloaded: ${overloaded.join(', ')}` : latency ? `p99 ${figureText(latency.p99)}${verdict ? `, ${verdict}` : ''}` : 'not known'}.`);
  const left = missing.length > 0 ? [` Without ${plural(missing.length, 'part')} of which no time is declared (${missing.slice(0, 5).join(', ')}${missing.length > 5 ? ' …' : ''}), so these are lower bounds.`] : [];
  return [
    tableOr([{ title: 'Part', width: 3 }, { title: 'p50', width: 2 }, { title: 'p99', width: 2 }, { title: 'Part of the slow time' }], [...rows, ...total], '', { caption: `${nameOf(path)} at today’s peak`, namedRows: true }),
    paragraph(`${promise} ${later.join(' ')}`, ...left, ' Slow moments of the parts seldom coincide, so their slow times add up to more than that of the whole. Parallel parts are waited for at the same time.'),
    ...loadPlot(subject, path),
  ];
}

const STEPS = [0.25, 0.5, 0.75, 1, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9, 10];

/** Where the slow end is not known, what is known of it is no end of a band. */
const highOf = ({ high, bound }: Estimated): number => (bound === 'at least' ? Number.POSITIVE_INFINITY : high);

function endText(points: readonly { readonly x: number; readonly high: number }[]): string {
  const open = points.findIndex(({ high }) => high === Number.POSITIVE_INFINITY);
  if (open < 0) return '';
  return open === 0 ? ' The band has no upper end, since some of the time is not known.' : ` From ${formatNumber(points[open]?.x ?? 0)} times on the band has no upper end: in the worse case something on the way cannot take the traffic.`;
}

/** Latency at multiples of today’s peak; a line ends where something on the way is full. */
function loadPlot({ context }: ReportSubject, { from, to, objective }: PathEstimate): Block[] {
  const found = estimate(context, STEPS).paths.find((path) => path.from === from && path.to === to);
  const points = (percentile: 'p50' | 'p99') => (found?.at ?? []).flatMap(({ multiple, latency }) => (latency ? [{ x: multiple, y: latency[percentile].value, low: latency[percentile].low, high: highOf(latency[percentile]) }] : []));
  if (points('p99').length < 2) return [];
  const full = found?.at.find(({ overloaded }) => overloaded.length > 0);
  const name = from === to ? to : `${from} to ${to}`;
  const title = `Latency against load, ${name}`;
  const last = points('p99').at(-1);
  const description = `p50 and p99 from ${formatNumber(STEPS[0] ?? 0)} to ${formatNumber(last?.x ?? 0)} times today’s peak; p99 at today’s peak ${few(points('p99').find(({ x }) => x === 1)?.y)}. ${full ? `From ${formatNumber(full.multiple)} times on ${full.overloaded.join(', ')} cannot take the traffic.` : 'Nothing on the way is full within that.'}${endText(points('p99'))}`;
  const plot: LinesPlot = { title, description, x: { title: 'multiple of today’s peak', from: 0 }, y: { title: 'latency', unit: 's', from: 0 }, series: [{ label: 'p99', points: points('p99') }, { label: 'p50', points: points('p50') }], limits: [...(objective ? [{ axis: 'y' as const, at: objective.limit.high, label: `objective ${objective.percentile} ${formatQuantity(objective.limit)}` }] : []), { axis: 'x', at: 1, label: 'today’s peak' }] };
  return [{ kind: 'figure', picture: { id: anchorOf(`plot-latency-${from}-${to}`), title, description, svg: linesPlot(plot, { theme: 'print' }) } }];
}
