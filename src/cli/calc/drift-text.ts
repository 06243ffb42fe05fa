import type { DriftMonitorPlan, DriftValue } from '../../analysis/experiments/drift/monitor-plan.ts';
import { formatDuration, formatNumber } from '../../analysis/format.ts';
import type { paint } from '../paint.ts';

const NAMES: Readonly<Record<string, string>> = { psi: 'PSI', ks: 'KS distance', chi_squared: 'chi-squared', kl: 'KL divergence', js: 'JS distance', wasserstein: 'Wasserstein distance', mmd: 'MMD', cosine: 'cosine distance', classifier: 'classifier', zscore: 'z-score' };

/** The plan for a person at a terminal. */
export function monitorText(plan: DriftMonitorPlan, { bold, dim, yellow }: ReturnType<typeof paint>): string {
  const row = (label: string, value: DriftValue, text: (number: number) => string): string => {
    const found = plan[value];
    return `${bold(label.padEnd(16))}${typeof found === 'number' ? text(found) : dim(plan.reasons[value] ?? '')}`;
  };
  const alarms = plan.falseAlarms;
  const lines = [
    row('rows', 'rowsPerWindow', (rows) => `${formatNumber(rows)} in a window, ${formatNumber(plan.referenceRows ?? 0)} in the reference`),
    row('speaks at', 'threshold', (threshold) => `${NAMES[plan.test] ?? plan.test} ${formatNumber(threshold)}`),
    // Where nothing is known of the statistic, one line says so for all.
    row('without drift', 'nullP95', (p95) => `${formatNumber(plan.nullMean ?? 0)} in the mean, above ${formatNumber(p95)} at one look of 20`),
    ...(plan.nullP95 === null
      ? []
      : [
          row('false alarms', 'falseAlarmsPerMonth', (month) => `${rare(month)} a month${alarms && month >= RARE && alarms.perMonthBonferroni < 0.99 * month ? `; ${rare(alarms.perMonthBonferroni)} with the level of all features divided (Bonferroni), ${rare(alarms.perMonthBenjaminiHochberg)} with Benjamini-Hochberg` : ''}`),
          row('smallest shift', 'smallestShift', (shift) => `${formatNumber(Number(shift.toPrecision(3)))} standard deviations of a feature`),
          row('seen after', 'detectionDelay', (seconds) => formatDuration(Number(seconds.toPrecision(3)))),
          row('rows needed', 'neededRows', (rows) => `${formatNumber(rows)}${plan.enoughRows === false ? yellow(', more than there are') : ''}`),
        ]),
    ...plan.assumptions.map((assumption) => dim(`  ${assumption}`)),
    ...plan.suggestions.map((suggestion) => yellow(`! ${suggestion}`)),
  ];
  return `${lines.join('\n')}\n`;
}

/** Fewer in a month are none in a year. */
const RARE = 0.01;

const rare = (number: number): string => (number < RARE ? `fewer than ${RARE}` : formatNumber(Number(number.toPrecision(3))));
