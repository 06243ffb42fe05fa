import type { Architecture, Change, Component, Quantity } from '../../../model/architecture.ts';
import { signalReaches } from '../../../model/graph/alerts.ts';
import { exactly } from '../../../model/quantity.ts';
import { value } from '../../../model/statements.ts';
import { SECONDS_PER_MONTH } from '../../../model/units.ts';
import { monitorPlanOf } from '../../experiments/declared.ts';
import type { DeclaredMonitor } from '../../experiments/declared-plan.ts';
import { formatDuration, formatNumber, formatQuantity, formatShare } from '../../format.ts';
import { question, weak, type Context, type Outcome } from '../../rule.ts';

type Monitor = Component<'monitor'>;

/** A check at which chance alone speaks more often than this decides nothing. */
const LARGEST_CHANCE = 0.05;

/** A window beyond this is no watch; then the threshold is what must give. */
const LONGEST_WINDOW = SECONDS_PER_MONTH;

/** A divergence of this many nats is seen of no feature that anybody would call the same. */
const LARGE_DIVERGENCE = 1;

/** What chance alone does to the test of a monitor: more than its threshold or its readers bear, or undefined. */
export function judgeChance(context: Context, monitor: Monitor): Outcome | undefined {
  const plan = monitorPlanOf(context, monitor.name);
  const threshold = value(monitor, 'threshold');
  if (!plan || !threshold) return undefined;
  return noUnit(monitor, threshold) ?? tooFewRows(monitor, threshold, plan) ?? tooManyAlarms(context.architecture, monitor, threshold, plan);
}

function noUnit(monitor: Monitor, threshold: Quantity): Outcome | undefined {
  if (value(monitor, 'test') !== 'kl' || threshold.low < LARGE_DIVERGENCE) return undefined;
  return question(monitor, 'threshold', `Is the threshold ${formatQuantity(threshold)} of ${monitor.name} counted in nats? A Kullback-Leibler divergence has no per cent, and ${formatQuantity(threshold)} nats are beyond almost every shift.`);
}

function tooFewRows(monitor: Monitor, threshold: Quantity, plan: DeclaredMonitor): Outcome | undefined {
  const { test, window, rowsPerWindow: rows, nullP95, falseAlarmChance: chance, neededRows } = plan;
  if (!window || !rows || !nullP95 || !chance || chance.value <= LARGEST_CHANCE) return undefined;
  if (isLevel(plan, threshold)) return undefined;
  const size = formatNumber(Number(rows.high.toPrecision(3)));
  if (chance.low <= LARGEST_CHANCE) {
    const settles = rows.provenance === 'assumed' ? 'how many requests there are on average' : 'how many rows its reference has (`rows` of the training data)';
    return question(monitor, 'window', `Is the window of ${monitor.name} long enough? With ${formatNumber(rows.value)} rows and a reference of the same size, chance alone passes its threshold in ${percent(chance.value)} of the checks; say ${settles}.`, 'window');
  }
  return weak(monitor, {
    about: 'window',
    at: 'window',
    message: `${monitor.name} compares ${size} rows in each window of ${formatQuantity(window)}; even against a large reference, chance alone takes ${nameOf(test)} above ${formatNumber(Number(nullP95.low.toPrecision(2)))} in one of 20 checks, and its threshold is ${formatQuantity(threshold)}.`,
    why: 'A statistic of few rows moves by itself. Alarms that mean nothing are soon ignored, and then so are those that mean something.',
    changes: enoughRows(monitor, { window, needed: neededRows?.value, rows: rows.value, nullP95: nullP95.high }),
  });
}

interface Rows {
  readonly window: Quantity;
  readonly needed: number | undefined;
  readonly rows: number;
  readonly nullP95: number;
}

/** A longer window, or a threshold that chance passes in one of 20 checks only. */
function enoughRows(monitor: Monitor, { window, needed, rows, nullP95 }: Rows): Change[] {
  const seconds = needed === undefined ? 0 : Math.ceil((window.high * needed) / rows / 3600) * 3600;
  const set = (property: string, to: Quantity): Change[] => [{ op: 'set', subject: monitor.name, property, value: to }];
  return seconds > window.high && seconds <= LONGEST_WINDOW ? set('window', exactly(seconds, 's')) : set('threshold', exactly(roundedUp(nullP95), '1'));
}

function tooManyAlarms(architecture: Architecture, monitor: Monitor, threshold: Quantity, plan: DeclaredMonitor): Outcome | undefined {
  const { falseAlarmsPerMonth: alarms, falseAlarmChance: chance, every, window, features, test } = plan;
  const [swamped] = signalReaches(architecture, monitor.name).alerts.filter((alert) => alarms && beyond(alarms.value, value(alert, 'capacity')));
  const capacity = swamped && value(swamped, 'capacity');
  const interval = every ?? window;
  if (!alarms || !chance || !swamped || !capacity || !interval) return undefined;
  const rate = (perMonth: number): string => `${formatNumber(Number((perMonth / DAYS_IN_MONTH).toPrecision(2)))} a day`;
  const looks = `${formatNumber(features.high)} input${features.high === 1 ? '' : 's'} every ${formatDuration(interval.high)}, each speaking by chance in ${percent(chance.value)} of the checks`;
  const expected = `${monitor.name} would raise ${rate(alarms.value)} where nothing has changed (${looks}); ${swamped.name} can answer ${rate(capacity.high * SECONDS_PER_MONTH)}`;
  if (!every) return question(monitor, 'every', `How often does ${monitor.name} look? Once in each window, ${expected}.`, 'false-alarms');
  if (!beyond(alarms.low, capacity)) return question(monitor, 'every', `Do the inputs of ${monitor.name} share one alarm? If not, ${expected}.`, 'false-alarms');
  const answered = capacity.low * SECONDS_PER_MONTH;
  const level = Math.min(LARGEST_CHANCE, answered / ((features.high * SECONDS_PER_MONTH) / every.low));
  const changes: Change[] = isLevel(plan, threshold) ? [{ op: 'set', subject: monitor.name, property: 'threshold', value: exactly(roundedDown(level), '1') }] : plan.monthlyThreshold && answered >= 1 ? [{ op: 'set', subject: monitor.name, property: 'threshold', value: exactly(roundedUp(plan.monthlyThreshold.high), '1') }] : [];
  return weak(monitor, { about: 'false-alarms', at: 'threshold', message: `${expected}.`, why: `Without a correction for many inputs and checks, ${nameOf(test)} speaks all the time. Nobody reads the one alarm that is true.`, changes });
}

const DAYS_IN_MONTH = SECONDS_PER_MONTH / 86_400;

const beyond = (perMonth: number, capacity: Quantity | undefined): boolean => capacity !== undefined && perMonth > capacity.high * SECONDS_PER_MONTH;

/** Whether the declared threshold is a p-value, and not the statistic itself. */
const isLevel = ({ threshold }: DeclaredMonitor, declared: Quantity): boolean => threshold !== undefined && (threshold.value < declared.low || threshold.value > declared.high);

const NAMES: Readonly<Record<string, string>> = { psi: 'the population stability index', kl: 'the Kullback-Leibler divergence', ks: 'the Kolmogorov-Smirnov distance', chi_squared: 'the chi-squared statistic' };

const nameOf = (test: string): string => NAMES[test] ?? test;

const percent = (share: number): string => formatShare(exactly(share, '1'));

/** Two digits, as thresholds are written. */
const roundedUp = (number: number): number => rounded(number, Math.ceil);
const roundedDown = (number: number): number => rounded(number, Math.floor);

function rounded(number: number, way: (scaled: number) => number): number {
  const digit = 10 ** (Math.floor(Math.log10(number)) - 1);
  return Number((way(number / digit) * digit).toPrecision(2));
}
