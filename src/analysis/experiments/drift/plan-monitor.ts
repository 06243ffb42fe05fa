import { formatDuration, formatNumber } from '../../format.ts';
import { answer, finiteAnswer, mapAnswer, noAnswer, type Answer } from '../answer.ts';
import { DAYS_PER_MONTH, detectionDelay, falseAlarms } from './false-alarms.ts';
import type { DriftMonitorInput, DriftMonitorPlan, DriftValue } from './monitor-plan.ts';
import type { NullDistribution } from './null-distribution.ts';
import { FEWEST_IN_BIN, statisticOf, type Judged, type Statistic } from './statistics.ts';

const SECONDS_PER_DAY = 86_400;

/** A month in which nothing happens should not have more false alarms than this. */
const BEARABLE_PER_MONTH = 4;

const NO_INTERVAL = noAnswer('How often it looks is not given.');

/** What a drift monitor will do: what chance alone makes of its statistic, how often it speaks falsely, what it sees. */
export function planDriftMonitor(input: DriftMonitorInput): DriftMonitorPlan {
  const { test, bins = 10, power = 0.8, features = 1 } = input;
  const statistic = statisticOf(test);
  const rowsPerWindow = rowsOf(input);
  const referenceRows = input.reference === undefined ? rowsPerWindow : finiteAnswer(input.reference, 'The reference must have rows.');
  const judged = both(rowsPerWindow, referenceRows, (rows, reference): Answer<Judged> => answer({ bins, sizes: { rows, reference }, power }));
  const underNull = both(statistic, judged, (known, sizes) => known.underNull(sizes));
  const threshold = thresholdOf(input, statistic, underNull);
  const falseAlarmChance = both(underNull, threshold, (known, value) => answer(known.chanceAbove(value)));
  const checksPerDay = input.checksPerDay ?? (input.window ? SECONDS_PER_DAY / input.window : undefined);
  const alarms = checksPerDay === undefined ? NO_INTERVAL : both(falseAlarmChance, answer(checksPerDay), (chance, checks) => falseAlarms({ chance, features, checksPerDay: checks }));
  const smallestShift = both(statistic, judged, (known, sizes) => both(threshold, answer(0), (value) => known.smallestShift(sizes, value)));
  const neededRows = both(statistic, answer(0), (known) => mapAnswer(known.neededRows({ bins, threshold, reference: input.reference, shift: input.shift }), Math.ceil));
  const delay = checksPerDay === undefined ? NO_INTERVAL : both(smallestShift, windowOf(input), (_, window) => detectionDelay({ window, every: SECONDS_PER_DAY / checksPerDay, power, labelDelay: input.labelDelay }));
  const answers = finite({
    threshold,
    rowsPerWindow,
    referenceRows,
    nullMean: mapAnswer(underNull, ({ mean }) => mean),
    nullP95: mapAnswer(underNull, ({ exceededWith }) => exceededWith(0.05)),
    falseAlarmChance,
    falseAlarmsPerDay: mapAnswer(alarms, ({ perDay }) => perDay),
    falseAlarmsPerMonth: mapAnswer(alarms, ({ perMonth }) => perMonth),
    correctedThreshold: mapAnswer(underNull, ({ exceededWith }) => exceededWith(0.05 / Math.max(1, features))),
    monthlyThreshold: checksPerDay === undefined ? NO_INTERVAL : both(alarms, underNull, (_, { exceededWith }) => answer(exceededWith(Math.min(1, 1 / (features * checksPerDay * DAYS_PER_MONTH))))),
    smallestShift,
    neededRows,
    detectionDelay: delay,
  });
  const enoughRows = both(rowsPerWindow, neededRows, (rows, needed) => answer(rows >= needed));
  const all: Record<DriftValue, Answer<unknown>> = { ...answers, falseAlarms: alarms, enoughRows };
  const numbers = Object.fromEntries(Object.entries(answers).map(([name, { value }]) => [name, value])) as Record<keyof typeof answers, number | null>;
  const plan = {
    test,
    ...numbers,
    falseAlarms: alarms.value,
    enoughRows: enoughRows.value,
    reasons: Object.fromEntries(Object.entries(all).flatMap(([name, { value, reason }]) => (value === null ? [[name, reason]] : []))),
  };
  return { ...plan, assumptions: assumptionsOf(input, statistic.value), suggestions: suggestionsOf(input, plan) };
}

/** What is too large to be written down is no answer. */
function finite<Name extends DriftValue>(answers: Readonly<Record<Name, Answer>>): Record<Name, Answer> {
  return Object.fromEntries(Object.entries<Answer>(answers).map(([name, found]) => [name, found.value === null ? found : finiteAnswer(found.value)])) as Record<Name, Answer>;
}

function both<A, B, C>(first: Answer<A>, second: Answer<B>, combine: (first: A, second: B) => Answer<C>): Answer<C> {
  if (first.value === null) return noAnswer(first.reason ?? '');
  return second.value === null ? noAnswer(second.reason ?? '') : combine(first.value, second.value);
}

function rowsOf({ rows, window, ratePerSecond, sampled = 1 }: DriftMonitorInput): Answer {
  if (rows !== undefined) return rows >= 1 && Number.isFinite(rows) ? answer(rows) : noAnswer(`A window has one row or more; it has ${rows}.`);
  if (window === undefined || ratePerSecond === undefined) return noAnswer(window === undefined ? 'The window is not given.' : 'The traffic is not given.');
  if (!(sampled > 0 && sampled <= 1)) return noAnswer(`The sampled share must lie between 0 and 1; it is ${sampled}.`);
  const seen = window * ratePerSecond * sampled;
  return seen >= 1 && Number.isFinite(seen) ? answer(Math.floor(seen)) : noAnswer('A window sees less than one row.');
}

function windowOf({ window, rows, ratePerSecond, sampled = 1 }: DriftMonitorInput): Answer {
  if (window !== undefined) return answer(window);
  return rows !== undefined && ratePerSecond ? finiteAnswer(rows / (ratePerSecond * sampled)) : noAnswer('The window is not given.');
}

/** The value of the statistic at which it speaks. */
function thresholdOf(input: DriftMonitorInput, statistic: Answer<Statistic>, underNull: Answer<NullDistribution>): Answer {
  const { threshold, alpha, test } = input;
  const usual = statistic.value?.usual;
  const asP = isP(input, statistic.value);
  if (threshold !== undefined && !asP) return threshold > 0 && Number.isFinite(threshold) ? answer(threshold) : noAnswer(`The threshold must be above 0; it is ${threshold}.`);
  if (threshold === undefined && alpha === undefined && usual && 'threshold' in usual) return answer(usual.threshold);
  const level = (asP ? threshold : undefined) ?? alpha ?? (usual && 'alpha' in usual ? usual.alpha : undefined);
  if (level === undefined) return noAnswer(test === 'kl' ? 'No threshold is given, and there is no usual one: "5 to 10 %" is no unit of a divergence, which is counted in nats or bits.' : 'No threshold is given.');
  if (!(level > 0 && level < 1)) return noAnswer(`The level must lie between 0 and 1; it is ${level}.`);
  return mapAnswer(underNull, ({ exceededWith }) => exceededWith(level));
}

function isP({ threshold, thresholdOf: meant }: DriftMonitorInput, statistic: Statistic | null): boolean {
  if (meant !== undefined || threshold === undefined) return meant === 'p';
  return statistic?.largestP !== undefined && threshold <= statistic.largestP;
}

function assumptionsOf(input: DriftMonitorInput, statistic: Statistic | null): string[] {
  const { test, threshold, thresholdInPercent, thresholdOf: meant, alpha, reference, window, checksPerDay } = input;
  const asP = isP(input, statistic);
  const assumptions: string[] = [];
  if (thresholdInPercent === true && threshold !== undefined && ['kl', 'psi'].includes(test)) assumptions.push(`A percentage is no unit of ${test === 'kl' ? 'a Kullback-Leibler divergence' : 'a population stability index'}: ${formatNumber(threshold * 100)} % is read as ${formatNumber(threshold)} nats.`);
  if (asP && meant === undefined && threshold !== undefined) assumptions.push(`The threshold ${formatNumber(threshold)} is a p-value, not a ${test === 'ks' ? 'distance' : 'chi-squared'}.`);
  if (threshold === undefined && alpha === undefined && statistic?.usual) assumptions.push('threshold' in statistic.usual ? `Threshold ${statistic.usual.threshold}, a convention without a derivation.` : `Level ${statistic.usual.alpha}.`);
  if (reference === undefined) assumptions.push('The reference has as many rows as the window.');
  if (window !== undefined && checksPerDay !== undefined && checksPerDay * window > SECONDS_PER_DAY) assumptions.push('Windows overlap: the number of false alarms holds, but they come in groups.');
  return assumptions;
}

type Judgement = Omit<DriftMonitorPlan, 'assumptions' | 'suggestions'>;

function suggestionsOf({ window, bins = 10, features = 1, shift }: DriftMonitorInput, plan: Judgement): string[] {
  const { rowsPerWindow: rows, neededRows, nullP95, threshold, falseAlarms: alarms, monthlyThreshold, smallestShift } = plan;
  const binned = ['psi', 'kl', 'chi_squared'].includes(plan.test);
  const suggestions: string[] = [];
  const longer = rows !== null && neededRows !== null && window !== undefined ? `: a window of ${formatDuration(Math.ceil((window * neededRows) / rows / 60) * 60)}` : '';
  if (plan.enoughRows === false && neededRows !== null) suggestions.push(`Take ${formatNumber(neededRows)} rows or more${longer}.`);
  if (plan.enoughRows === null && nullP95 !== null && threshold !== null && nullP95 > threshold && binned) suggestions.push(`Raise the threshold above ${formatNumber(nullP95)}, or take a larger reference.`);
  if (rows !== null && binned && rows / bins < FEWEST_IN_BIN) suggestions.push(`Take fewer bins: each should expect ${FEWEST_IN_BIN} rows.`);
  if (alarms && alarms.perMonth > BEARABLE_PER_MONTH && monthlyThreshold !== null) {
    const together = features > 1 ? `, or take the p-values of all ${formatNumber(features)} features together at each check (Benjamini-Hochberg: ${formatNumber(alarms.perMonthBenjaminiHochberg)} a month)` : '';
    suggestions.push(`${formatNumber(alarms.perMonth)} false alarms a month are expected: look less often, speak at ${formatNumber(monthlyThreshold)} to have one${together}.`);
  }
  if (shift !== undefined && smallestShift !== null && smallestShift > shift) suggestions.push(`A shift of ${formatNumber(shift)} standard deviations passes unseen; the smallest seen is ${formatNumber(smallestShift)}.`);
  return suggestions;
}
