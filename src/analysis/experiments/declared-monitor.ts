import type { Architecture, Component } from '../../model/architecture.ts';
import { trainingsOf } from '../../model/graph/cones.ts';
import { edgesOf } from '../../model/graph/edges.ts';
import { exactly, middle, type Quantity } from '../../model/quantity.ts';
import { value } from '../../model/statements.ts';
import type { Input } from '../estimation/replica.ts';
import { observedServices, watchedBy, type Observed } from '../monitoring/observed.ts';
import { sees } from '../monitoring/signals.ts';
import type { Context } from '../rule.ts';
import { figure, joined, type DeclaredMonitor, type MonitorFigures, type Origin } from './declared-plan.ts';
import { arrivalsAt, countedAt, mostIn, type Arrivals } from './declared-traffic.ts';
import { kolmogorovUpperQuantile } from './distributions.ts';
import type { DriftMonitorInput, DriftMonitorPlan } from './drift/monitor-plan.ts';
import { planDriftMonitor } from './drift/plan-monitor.ts';
import { remembered } from './declared-memo.ts';

type Monitor = Component<'monitor'>;

/** Tests that compare numbers by a statistic; rules and judgements have none. */
const STATISTICAL: ReadonlySet<string> = new Set(['psi', 'ks', 'chi_squared', 'js', 'kl', 'wasserstein', 'mmd', 'cosine', 'classifier', 'zscore']);

const SECONDS_PER_DAY = 86_400;

const planOf = remembered(planDriftMonitor);

/** So many rows in the reference add no noise to a statistic. */
const KNOWN_DISTRIBUTION = 1e15;

/** What a monitor with a statistical test will do at its traffic; undefined where it has no such test. */
export function declaredMonitor(context: Context, monitor: Monitor): DeclaredMonitor | undefined {
  const test = value(monitor, 'test');
  if (test === undefined || !STATISTICAL.has(test)) return undefined;
  const { architecture } = context;
  const services = observedServices(architecture).filter(({ monitors }) => monitors.includes(monitor));
  const watched = watchedBy(architecture, monitor).map((name) => countedAt(architecture, name));
  const counted = watched.find((place) => typeof place !== 'string') ?? services[0]?.service ?? watched[0] ?? 'What it watches is not declared.';
  const arrivals = typeof counted === 'string' ? undefined : arrivalsAt(context, counted);
  const features = featuresOf(monitor, services);
  const reference = referenceOf(architecture, monitor, services);
  const [window, every, threshold, sampled] = [value(monitor, 'window'), value(monitor, 'every'), value(monitor, 'threshold'), value(monitor, 'sampled')];
  const labelDelay = delayOf(architecture, monitor);
  const common: DriftMonitorInput = {
    test,
    ...(threshold && { threshold: middle(threshold) }),
    ...(window && { window: middle(window) }),
    ...(sampled && { sampled: middle(sampled) }),
    ...(every && every.high > 0 && { checksPerDay: SECONDS_PER_DAY / middle(every) }),
    ...(labelDelay && { labelDelay: middle(labelDelay.value) }),
    features: Math.max(1, Math.round(middle(features.count))),
  };
  const plan = planOf({ ...common, ...(arrivals && { ratePerSecond: middle(arrivals.mean) }), ...(reference && { reference: middle(reference.value) }) });
  const { best, worst } = extremes(common, { monitor, arrivals, reference, features });
  const origin = joined(arrivals?.origin ?? { inputs: [], assumptions: [], provenance: 'measured' }, {
    inputs: [...inputOf(monitor, 'threshold', threshold), ...inputOf(monitor, 'window', window), ...inputOf(monitor, 'every', every), ...inputOf(monitor, 'sampled', sampled), ...features.inputs, ...(reference && reference.component ? [reference as Input] : []), ...(labelDelay ? [labelDelay] : [])],
    assumptions: [...plan.assumptions, ...(['psi', 'kl', 'chi_squared'].includes(test) ? ['ten bins of equal size'] : []), ...(test === 'kl' && threshold ? ['the threshold is counted in nats: a divergence has no per cent'] : []), ...(every ? [] : ['it looks once for each window'])],
    provenance: 'measured',
  });
  const figures = figuresOf({ plan, best, worst }, rowsNeeded(plan, common, reference), origin);
  const reasons: Partial<Record<keyof MonitorFigures, string>> = Object.fromEntries(NAMES.flatMap((name) => (figures[name] ? [] : [[name, plan.reasons[name] ?? '']])));
  if (!arrivals) for (const name of NAMES) if (reasons[name] === 'The traffic is not given.') reasons[name] = typeof counted === 'string' ? counted : `The traffic of ${counted.name} is not declared.`;
  return {
    component: monitor.name,
    test,
    ...(typeof counted !== 'string' && { counted: counted.name }),
    ...(window && { window }),
    ...(every && { every }),
    features: features.count,
    ...figures,
    assumptions: origin.assumptions,
    suggestions: plan.suggestions,
    reasons,
  };
}

const NAMES = ['rowsPerWindow', 'neededRows', 'threshold', 'nullMean', 'nullP95', 'falseAlarmChance', 'falseAlarmsPerMonth', 'monthlyThreshold', 'smallestShift', 'detectionDelay'] as const satisfies readonly (keyof MonitorFigures)[];

/** The plan, and the same for the most rows and a reference that adds no noise, and for the fewest and a reference no larger than a window. */
interface Plans {
  readonly plan: DriftMonitorPlan;
  readonly best: DriftMonitorPlan;
  readonly worst: DriftMonitorPlan;
}

interface Known {
  readonly monitor: Monitor;
  readonly arrivals: Arrivals | undefined;
  readonly reference: Reference | undefined;
  readonly features: Features;
}

function extremes(common: DriftMonitorInput, { monitor, arrivals, reference, features }: Known): Pick<Plans, 'best' | 'worst'> {
  const [window, sampled, every] = [value(monitor, 'window'), value(monitor, 'sampled'), value(monitor, 'every')];
  const checks = (seconds: number | undefined): Pick<DriftMonitorInput, 'checksPerDay'> => (seconds ? { checksPerDay: SECONDS_PER_DAY / seconds } : {});
  const most = window && arrivals && (mostIn(arrivals, window.high) ?? arrivals.mean.high * window.high) * (sampled?.high ?? 1);
  const fewest = window && arrivals && arrivals.mean.low * window.low * (sampled?.low ?? 1);
  const rows = (count: number | undefined): Pick<DriftMonitorInput, 'rows'> => (count !== undefined && count >= 1 ? { rows: Math.floor(count) } : {});
  return {
    best: planOf({ ...common, ...rows(most), reference: reference?.value.high ?? (reference ? undefined : KNOWN_DISTRIBUTION), features: Math.max(1, Math.floor(features.count.low)), ...checks(every?.high ?? window?.high) }),
    worst: planOf({ ...common, ...rows(fewest), ...(reference && { reference: reference.value.low }), features: Math.max(1, Math.ceil(features.count.high)), ...checks(every?.low ?? window?.low) }),
  };
}

function figuresOf({ plan, best, worst }: Plans, needed: number | undefined, origin: Origin): Partial<MonitorFigures> {
  const between = (name: (typeof NAMES)[number], unit: string, formula: string, mean = plan[name]): Partial<MonitorFigures> => {
    if (mean === null) return {};
    const ends = [best[name] ?? mean, worst[name] ?? mean];
    return { [name]: figure(mean, { low: Math.min(...ends), high: Math.max(...ends) }, unit, formula, origin) };
  };
  const alarms = plan.falseAlarmsPerMonth;
  return {
    ...between('rowsPerWindow', '1', 'mean traffic × sampled share × window'),
    ...(needed !== undefined && { neededRows: figure(needed, { low: needed, high: needed }, '1', 'chance alone stays below the threshold in 19 of 20 checks, and each bin expects five rows', origin) }),
    ...between('threshold', '1', 'as declared, or the value that chance exceeds at the declared level'),
    ...between('nullMean', '1', 'mean of the statistic without a change'),
    ...between('nullP95', '1', 'what chance exceeds in one of 20 checks'),
    ...between('falseAlarmChance', '1', 'chance to exceed the threshold without a change'),
    // Features that speak at the same check may come as one alarm.
    ...(alarms !== null && { falseAlarmsPerMonth: figure(alarms, { low: Math.min(alarms, best.falseAlarms?.checksWithAny ?? alarms), high: Math.max(alarms, worst.falseAlarmsPerMonth ?? alarms) }, '1/month', 'features × checks a month × chance of one', origin) }),
    ...between('monthlyThreshold', '1', 'what chance exceeds once a month in all features together'),
    ...between('smallestShift', 'sd', 'shift of a normal feature that passes the threshold with a power of 80 %'),
    ...between('detectionDelay', 's', 'window + half an interval + intervals that miss it + delay of the truth'),
  };
}

/** Rows from which on chance alone stays below the threshold; of a Kolmogorov-Smirnov distance by its critical value. */
function rowsNeeded({ test, threshold, neededRows }: DriftMonitorPlan, { threshold: declared }: DriftMonitorInput, reference: Reference | undefined): number | undefined {
  if (test !== 'ks') return neededRows ?? undefined;
  // A level holds at any size.
  if (threshold === null || declared === undefined || threshold !== declared) return undefined;
  const noise = (threshold / kolmogorovUpperQuantile(0.05)) ** 2;
  const left = noise - (reference ? 1 / middle(reference.value) : 0);
  if (left <= 0) return undefined;
  return Math.ceil((reference ? 1 : 2) / left);
}

interface Reference {
  readonly component: string;
  readonly property: string;
  readonly value: Quantity;
}

/** Rows of the data that the deployed version learned from, where that is what the monitor compares with. */
function referenceOf(architecture: Architecture, monitor: Monitor, services: readonly Observed[]): Reference | undefined {
  if (value(monitor, 'baseline') !== 'training_data') return undefined;
  const trainings = services.flatMap(({ models }) => models).flatMap((model) => trainingsOf(architecture, model));
  const sizes = trainings.flatMap((training) => (edgesOf(architecture).in.get(training.name) ?? []).flatMap(({ from }): Reference[] => {
    const dataset = architecture.components.get(from);
    const rows = dataset?.kind === 'dataset' ? value(dataset as Component<'dataset'>, 'rows') : undefined;
    return rows && rows.low >= 1 ? [{ component: from, property: 'rows', value: rows }] : [];
  }));
  const [only, ...others] = new Map(sizes.map((size) => [size.component, size])).values();
  return others.length === 0 ? only : undefined;
}

interface Features {
  readonly count: Quantity;
  readonly inputs: readonly Input[];
}

/** Features that are compared one by one: those that it names, else its share of the inputs of the models. Answers are one. */
function featuresOf(monitor: Monitor, services: readonly Observed[]): Features {
  const one: Features = { count: exactly(1, '1'), inputs: [] };
  if (JOINT.has(value(monitor, 'test') ?? '')) return one;
  const named = value(monitor, 'features');
  if (named && named.length > 0) return { count: exactly(named.length, '1'), inputs: [{ component: monitor.name, property: 'features', value: exactly(named.length, '1') }] };
  if (!sees(monitor, 'inputs') && monitor.variant !== 'skew') return one;
  const sizes = services.flatMap(({ models }) => models.flatMap((model): Input[] => {
    const counted = value(model, 'input_count');
    const listed = value(model, 'inputs');
    if (counted) return [{ component: model.name, property: 'input_count', value: counted }];
    return listed && listed.length > 0 ? [{ component: model.name, property: 'inputs', value: exactly(listed.length, '1') }] : [];
  }));
  const largest = sizes.reduce<Input | undefined>((a, b) => (a && a.value.high >= b.value.high ? a : b), undefined);
  if (!largest) return one;
  const covers = value(monitor, 'covers') ?? exactly(1, '1');
  return { count: { low: Math.max(1, Math.floor(largest.value.low * covers.low)), high: Math.max(1, Math.ceil(largest.value.high * covers.high)), unit: '1' }, inputs: [largest, ...inputOf(monitor, 'covers', value(monitor, 'covers'))] };
}

/** Tests that look at all inputs at once. */
const JOINT: ReadonlySet<string> = new Set(['mmd', 'cosine', 'classifier']);

/** How late the truth comes that a monitor needs; of several the last. */
function delayOf(architecture: Architecture, monitor: Monitor): Input | undefined {
  const waits = (value(monitor, 'labels') ?? []).flatMap((name): Input[] => {
    const labels = architecture.components.get(name);
    const delay = labels?.kind === 'labels' ? value(labels as Component<'labels'>, 'delay') : undefined;
    return delay ? [{ component: name, property: 'delay', value: delay }] : [];
  });
  return waits.sort((a, b) => b.value.high - a.value.high)[0];
}

const inputOf = (component: Component, property: string, quantity: Quantity | undefined): Input[] => (quantity ? [{ component: component.name, property, value: quantity }] : []);
