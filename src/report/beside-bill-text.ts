import type { BesideBill } from '../analysis/estimation/beside-bill.ts';
import type { BudgetStanding } from '../analysis/estimation/budget-gap.ts';
import type { PlatformFacts } from '../analysis/estimation/cost/build-or-buy.ts';
import type { MonitoringCost } from '../analysis/estimation/monitoring-cost.ts';
import type { ObjectiveCost } from '../analysis/estimation/objective-cost.ts';
import type { PlatformStanding } from '../analysis/estimation/platform-cost.ts';
import type { RetrainingCost } from '../analysis/estimation/retraining-cost.ts';
import { formatNumber, formatQuantity } from '../analysis/format.ts';
import { alternativesRows } from './alternatives-text.ts';
import { money } from './cost-text.ts';
import type { Palette } from './estimate-text.ts';

/** Lines under the heading, unless everything is asked for. */
const MOST_LINES = 7;

const LABEL = 14;

/** What stands beside a bill, for a person: a few lines, or with `whole` all of it with what it was made from. Empty where there is nothing to say. */
export function besideBillText(beside: BesideBill, palette: Palette, whole = false): string {
  const { bold, dim } = palette;
  const row = (label: string, text: string): string => `  ${label.padEnd(LABEL)}  ${text}`;
  const rows = [
    ...beside.budgets.flatMap((standing) => [row('Budget', budgetText(standing, palette)), ...(whole ? notes(standing.assumptions, palette) : [])]),
    ...beside.objectives.flatMap((objective) => [row('Objective', objectiveText(objective, palette)), ...(whole ? notes(objective.assumptions, palette) : [])]),
    ...beside.alternatives.flatMap((alternatives) => alternativesRows(alternatives, palette, whole)).map(([label, text]) => row(label, text)),
    ...(beside.platform ? [row('Build or buy', platformText(beside.platform, palette, whole))] : []),
    ...monitoringRows(beside.monitoring, palette, whole).map((text) => row('Monitoring', text)),
    ...beside.retraining.flatMap((retraining) => retrainingRows(retraining, palette, whole)).map((text) => row('Retraining', text)),
  ];
  if (rows.length === 0) return '';
  const shown = whole || rows.length <= MOST_LINES ? rows : [...rows.slice(0, MOST_LINES - 1), dim(`  ${rows.length - MOST_LINES + 1} more with --cost`)];
  return [bold('Beside the bill') + dim('  (no part of it; published figures are claims of a guide, to compare with)'), ...shown].join('\n');
}

const notes = (assumptions: readonly string[], { dim }: Palette): string[] => assumptions.map((text) => dim(`  ${''.padEnd(LABEL)}  taken for granted: ${text}`));

function budgetText({ holder, budget, currency, bill, gap, unknown, multiple, exhaustion, date, growth }: BudgetStanding, { dim, red, yellow }: Palette): string {
  const limit = `${money(budget.high)} ${currency} a month`;
  if (!gap) return `${holder}: not compared with its ${limit}: ${unknown ?? 'not known'}`;
  const spent = `${holder} ${bill.bound ? 'at least ' : ''}${money(bill.value)} of ${limit}`;
  const verdict = { within: '', beyond: red(`, ${money(gap.gap)} too much`), 'may be beyond': yellow(gap.gap > 0 ? ', likely too much' : bill.bound ? ', with parts not known' : `, ${percent(gap.chanceBeyond)} likely to be beyond`) }[gap.verdict];
  const fastest = Math.max(0, ...growth.map(({ perMonth }) => perMonth));
  const when = exhaustion?.when === 'later' && date !== undefined ? `, ${bill.bound ? 'by' : 'about'} ${date.slice(0, 7)} at ${percent(fastest)} growth a month` : exhaustion?.when === 'never' ? ', not within ten years of the declared growth' : '';
  if (multiple === 1) return `${spent}${verdict}; beyond it with the machines that today’s peak takes at most 80 % busy`;
  return `${spent}${verdict}${multiple === undefined ? '' : `; beyond it at ${bill.bound ? 'most ' : ''}${few(multiple)}× today’s traffic${when}`}${multiple === undefined ? '' : dim(' with the machines that it then takes')}`;
}

function objectiveText({ from, to, objective, verdict, replicas, cost, unknown }: ObjectiveCost, { dim }: Palette): string {
  const way = from === to ? `of ${to}` : `from ${from} to ${to}`;
  const promise = `${objective.percentile} ≤ ${formatQuantity(objective.limit)} ${way}`;
  const more = replicas.map(({ component, count, now }) => `${component} ×${formatNumber(count)} in place of ×${formatNumber(now)}`).join(', ');
  const state = verdict === 'missed' ? 'is missed' : 'may be missed';
  if (!cost) return `${promise} ${state}: ${more === '' ? '' : `it takes ${more}; `}cost not known: ${plain(unknown ?? '')}`;
  return `${promise} ${state}: keeping it costs ${money(Math.max(0, cost.more))} ${cost.currency} a month more ${dim(`(${more})`)}`;
}

const FACTS: Readonly<Partial<Record<keyof PlatformFacts, (value: number) => string>>> = {
  predictionsPerMonth: (value) => `${formatNumber(Number((value / 1e6).toPrecision(3)))} million predictions a month`,
  platformPerMonth: (value) => `a known bill of ${money(value)} USD a month`,
  models: (value) => `${formatNumber(value)} ${value === 1 ? 'model' : 'models'}`,
};

const POINTS = { build: 'for building', managed: 'for a managed platform', grey: 'between the thresholds' } as const;

function platformText({ verdict, because, facts, votes, published }: PlatformStanding, { dim }: Palette, whole: boolean): string {
  // The number of models is told where it alone speaks against the other facts.
  const decides = whole || (because === 'facts point in both directions' && !votes.some(({ fact, direction }) => fact !== 'models' && direction === 'managed'));
  const known = votes.flatMap(({ fact, direction, threshold, source }) => {
    const value = facts[fact];
    const said = typeof value === 'number' ? FACTS[fact]?.(value) : undefined;
    return said === undefined || direction === 'unknown' || (fact === 'models' && !decides) ? [] : [{ direction, text: `${said}${whole ? ` (${threshold}; ${source})` : ''}` }];
  });
  const sides = (['build', 'managed', 'grey'] as const).flatMap((side) => {
    const texts = known.flatMap(({ direction, text }) => (direction === side ? [text] : []));
    return texts.length === 0 ? [] : [`${texts.join(' and ')} ${POINTS[side]}`];
  });
  const open = whole ? '; not declared: platform engineers, special needs, roadmap' : '';
  return `${verdict === 'managed' ? 'managed' : verdict}${because === undefined ? '' : `, ${because}`}: ${sides.join('; ')}${open} ${dim(`(published thresholds; break-even ${money(published.low)} to ${money(published.high)} USD a month, ${published.id})`)}`;
}

function monitoringRows({ monitors, sampling, logs, published }: MonitoringCost, { dim }: Palette, whole: boolean): string[] {
  if (monitors === 0 && !whole) return [];
  const known = sampling.flatMap(({ monitor, rows, need }) => (need && rows !== undefined ? [`${monitor} needs ${need.enough ? `${percent(need.share)} of the predictions` : 'more predictions in each window than there are'}`] : []));
  const kept = logs.flatMap(({ store, full, sampled }) => (full.kind === 'leaf' ? [`keeping all of them in ${store} costs ${money(full.value)} USD a month${sampled?.cost.kind === 'leaf' ? `, and ${sampled.cost.value < 1 ? 'below 1' : money(sampled.cost.value)} with what the drift monitors need` : ''}`] : []));
  const band = `managed services ${money(published.low)} to ${money(published.high)} USD a month (${published.id})`;
  if (known.length === 0 && kept.length === 0 && !whole) return [];
  const first = [...(monitors === 0 ? ['no monitor is declared'] : []), ...known, ...kept].join('; ');
  const more = whole ? [...sampling.flatMap(({ monitor, unknown }) => (unknown === undefined ? [] : [dim(`${monitor}: not known: ${plain(unknown)}`)])), ...logs.flatMap(({ store, full, assumptions }) => (full.kind === 'unknown' ? [dim(`log in ${store}: ${full.reason}; needs ${full.settledBy}`)] : [dim(`taken for granted: ${assumptions.join('; ')}`)]))] : [];
  return [`${first}${first === '' ? '' : '; '}${dim(`published: ${band}`)}`, ...more];
}

function retrainingRows({ training, way, runsPerYear, billed, published, publishedPerYear, useCase, breakEven, unknown }: RetrainingCost, { dim }: Palette, whole: boolean): string[] {
  if (unknown !== undefined && !whole) return [];
  if (unknown !== undefined) return [`${training}: ${plain(unknown)}`];
  const runs = runsPerYear === undefined ? '' : `, ${formatNumber(Number(runsPerYear.toPrecision(2)))} runs a year`;
  const inBill = billed ? `; ${money(billed.perYear)} ${billed.currency} a year for it are in the bill` : '';
  const told = published && publishedPerYear ? `; published ${money(published.low)} to ${money(published.high)} USD a run would be ${money(publishedPerYear.low)} to ${money(publishedPerYear.high)} a year (${published.id})` : '';
  const pays = breakEven ? `; automating it (${money(breakEven.build.low)} to ${money(breakEven.build.high)} USD) pays after ${formatNumber(Math.ceil(breakEven.runs))} runs${breakEven.months === undefined || !Number.isFinite(breakEven.months) ? '' : `, ${few(breakEven.months)} months`} ${dim(`(${formatNumber(Math.ceil(breakEven.best))} to ${Number.isFinite(breakEven.worst) ? formatNumber(Math.ceil(breakEven.worst)) : 'never'} runs)`)}` : '';
  return [`${training} ${way}${runs}${inBill}${dim(told)}${pays}`, ...(whole && useCase ? [dim(`published for ${useCase.what.replace('retraining for ', '')}: ${money(useCase.low)} to ${money(useCase.high)} USD a year (${useCase.id})`)] : [])];
}

const few = (number: number): string => formatNumber(Number(number.toPrecision(2)));

const percent = (share: number): string => `${few(share * 100)} %`;

/** Backquotes are for documents. */
const plain = (text: string): string => text.replaceAll('`', '');
