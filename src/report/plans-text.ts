import type { DeclaredComparison, DeclaredMonitor, DeclaredPlans } from '../analysis/experiments/declared-plan.ts';
import { formatPoint, formatTime } from '../analysis/experiments/declared-words.ts';
import { formatNumber, formatQuantity, formatShare } from '../analysis/format.ts';
import type { Palette } from './estimate-text.ts';

/** Experiments, rollouts and drift monitors for a person: two lines each, empty where none is declared. */
export function plansText({ experiments, monitors }: DeclaredPlans, { bold, dim }: Pick<Palette, 'bold' | 'dim'>): string {
  const rows = [...experiments.map((plan) => [plan.component, needs(plan), shows(plan)] as const), ...monitors.map((plan) => [plan.component, chance(plan), sees(plan)] as const)];
  if (rows.length === 0) return '';
  const width = Math.max(...rows.map(([name]) => name.length), 8);
  return [bold('Experiments and monitors'), ...rows.flatMap(([name, first, second]) => [`  ${name.padEnd(width)}  ${first}`, `  ${''.padEnd(width)}  ${dim(second)}`])].join('\n');
}

function needs({ aim, unit, arms, perArm, total, time, reasons }: DeclaredComparison): string {
  if (!perArm || !total) return reasons.perArm ?? 'not known';
  const units = UNITS[unit];
  const why = aim.difference && aim.from ? ` for ${formatPoint((aim.difference.low + aim.difference.high) / 2)} from ${formatShare(aim.from)}` : '';
  const long = time ? `, ${time.bound ? `${time.bound} ` : ''}${formatTime(time.value)} of the traffic` : reasons.time === undefined ? '' : `; ${reasons.time}`;
  return `needs ${round(perArm.value)} ${units} in ${total.value === perArm.value * arms ? 'each arm' : 'the smaller arm'}, ${round(total.value)} in all${why}${long}`;
}

const UNITS = { user: 'users', session: 'sessions', request: 'requests', account: 'accounts', region: 'regions', device: 'devices', unknown: 'units' } as const;

function shows({ kind, declaredTime, seen, detectable, sequentialTotal, sequentialExpected, reasons }: DeclaredComparison): string {
  const seenIn = declaredTime && seen ? `${formatQuantity(declaredTime)}${kind === 'rollout' ? ' of the largest step' : ''}: ${seen.bound ? `${seen.bound} ` : ''}${round(seen.value)}` : reasons.seen;
  const difference = detectable ? `, which show ${detectable.bound ? `${detectable.bound} ` : ''}${formatPoint(detectable.value)}` : '';
  const sequence = sequentialTotal && sequentialExpected ? `; with five looks (O’Brien-Fleming) ${round(sequentialTotal.value)} in all at most, ${round(sequentialExpected.value)} in the mean` : '';
  return `${seenIn ?? ''}${difference}${sequence}`;
}

function chance({ test, window, features, rowsPerWindow: rows, nullP95, threshold, reasons }: DeclaredMonitor): string {
  const name = `${test}${features.high > 1 ? ` of ${formatNumber(features.high)} inputs` : ''}`;
  if (!rows || !window) return `${name}: ${reasons.rowsPerWindow ?? 'not known'}`;
  const limit = threshold ? `, threshold ${few(threshold.value)}` : '';
  const noise = nullP95 ? `; chance alone reaches ${few(nullP95.value)} in one of 20 checks${limit}` : `; ${reasons.nullP95 ?? ''}`;
  return `${name} over ${formatQuantity(window)}: ${round(rows.value)} rows${noise}`;
}

function sees({ falseAlarmsPerMonth: alarms, smallestShift, detectionDelay, reasons }: DeclaredMonitor): string {
  const false_ = alarms ? `${few(alarms.value)} false alarms a month` : `false alarms: ${reasons.falseAlarmsPerMonth ?? 'not known'}`;
  const shift = smallestShift ? `; sees a shift of ${few(smallestShift.value)} standard deviations${detectionDelay ? ` after ${formatTime(detectionDelay.value)}` : ''}` : '';
  return `${false_}${shift}`;
}

const round = (count: number): string => formatNumber(count < 100_000 ? Math.round(count) : Number(count.toPrecision(3)));

/** Two digits; below a millionth there is nothing. */
const few = (number: number): string => (number > 0 && number < 1e-6 ? 'almost 0' : formatNumber(Number(number.toPrecision(2))));
