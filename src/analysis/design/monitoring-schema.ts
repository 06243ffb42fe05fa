import { monitorReaches, reachesAnything, signalReaches, type Reach } from '../../model/graph/alerts.ts';
import type { Architecture, Component } from '../../model/architecture.ts';
import { edgesOf } from '../../model/graph/edges.ts';
import { middle, type Quantity } from '../../model/quantity.ts';
import { componentsOf, value } from '../../model/statements.ts';
import { CLASSES } from '../checks/ml16/coverage-rules.ts';
import { driftClassOf, type DriftClass } from '../checks/ml14/drift-classes.ts';
import { arrivalsAt } from '../experiments/declared-traffic.ts';
import type { DeclaredMonitor } from '../experiments/declared-plan.ts';
import { planDriftMonitor } from '../experiments/drift/plan-monitor.ts';
import { releasesOf, type Release } from '../deployment/releases.ts';
import { quickestRollback, recoveryTargetOf } from '../checks/ml20/recovery-rule.ts';
import { FALL_THRESHOLD, SHIFT_THRESHOLD } from '../monitoring/drafts.ts';
import { toleranceOf } from '../monitoring/detection.ts';
import { isUnstructured } from '../monitoring/inputs.ts';
import { observedServices, type Observed } from '../monitoring/observed.ts';
import { sees, type Signal } from '../monitoring/signals.ts';
import { formatNumber, formatQuantity, formatShare } from '../format.ts';
import type { Context } from '../rule.ts';
import { hasFallback, type Service } from '../serving/services.ts';

/** What to watch of one service and its models, as its kind of model and its criticality ask for. */
export interface MonitoringSchema {
  readonly service: Component<'service'>;
  readonly models: readonly Component<'model'>[];
  /** Truth about its answers. */
  readonly labels: readonly Component<'labels'>[];
  /** How long a fall in quality may go unnoticed; `declared` where the author says so. */
  readonly tolerance: ReturnType<typeof toleranceOf>;
  /** How fast the world of its models changes; undefined where nobody says. */
  readonly drift?: DriftClass;
  readonly watches: readonly Watch[];
}

/** One thing to watch: what is declared for it, or where to start. */
export interface Watch {
  readonly signal: Signal;
  /** Why it is watched here. */
  readonly because: string;
  readonly monitors: readonly Watching[];
  /** Components that are no monitors and tell of it all the same: guardrails, checks on the way, a rollout that shows versions. */
  readonly otherwise: readonly string[];
  readonly start: Start;
}

export interface Watching {
  readonly monitor: Component<'monitor'>;
  /** Of one with a statistical test. */
  readonly plan?: DeclaredMonitor;
  readonly reach: Reach;
}

/** Where to begin with a monitor that is not there. A part that follows from nothing that is declared is left out. */
export interface Start {
  readonly what: string;
  readonly test?: string;
  readonly threshold?: string;
  /** Seconds. */
  readonly window?: number;
  readonly every?: number;
  /** What the traffic makes of it, or what would have to be declared. */
  readonly notes: readonly string[];
}

/** A schema for each service in production that answers with a learned model. */
export function monitoringSchemas(context: Context, plans: readonly DeclaredMonitor[]): MonitoringSchema[] {
  const { architecture } = context;
  const releases = new Map(releasesOf(architecture).map((release) => [release.service, release]));
  return observedServices(architecture).map((observed) => {
    const drifts = observed.models.flatMap((model) => driftClassOf(model) ?? []).sort((a, b) => a.retrainWithin - b.retrainWithin);
    const release = releases.get(observed.service);
    return {
      service: observed.service,
      models: observed.models,
      labels: observed.labels,
      tolerance: toleranceOf(context),
      ...(drifts[0] && { drift: drifts[0] }),
      watches: wanted(context, observed, release).map(({ signal, because, start }): Watch => ({
        signal,
        because,
        monitors: watching(context, observed, signal, plans),
        otherwise: seenBeside(context.architecture, signal, release),
        start: start(),
      })),
    };
  });
}

/** A class of failure concerns the whole system, so what sees it may watch something beside the service. */
const OF_SYSTEM: ReadonlySet<Signal> = new Set(['data_quality', 'freshness', 'pipeline', 'heartbeat', 'cost', 'version']);

function watching({ architecture }: Context, { monitors }: Observed, signal: Signal, plans: readonly DeclaredMonitor[]): Watching[] {
  const candidates = OF_SYSTEM.has(signal) ? componentsOf(architecture, 'monitor') : monitors;
  return candidates.filter((monitor) => sees(monitor, signal)).map((monitor) => {
    const plan = plans.find(({ component }) => component === monitor.name);
    return { monitor, ...(plan && { plan }), reach: monitorReaches(architecture, monitor) };
  });
}

/** Names of what sees a signal without being a monitor. */
export function seenBeside(architecture: Architecture, signal: Signal, release?: Release): string[] {
  const names = (components: readonly { readonly name: string }[]): string[] => components.map(({ name }) => name);
  switch (signal) {
    case 'safety':
      return names(componentsOf(architecture, 'guardrail'));
    case 'version':
      return names((release?.rollouts ?? []).filter((rollout) => value(rollout, 'version_visible') === true));
    case 'pipeline':
      return names(componentsOf(architecture, 'orchestrator').filter((orchestrator) => reachesAnything(signalReaches(architecture, orchestrator.name)) && (value(orchestrator, 'alerts') ?? []).length > 0));
    case 'data_quality':
      return names([...componentsOf(architecture, 'validation').filter((gate) => value(gate, 'on_bad_data') === 'alert' || reachesAnything(signalReaches(architecture, gate.name))), ...componentsOf(architecture, 'ingestion').filter((ingestion) => value(ingestion, 'on_bad_data') === 'alert')]);
    case 'cost':
      return names([...componentsOf(architecture, 'service').filter((service) => value(service, 'budget_alert') === true), ...(value(architecture.system, 'budget_alert') === true ? [architecture.system] : [])]);
    default:
      return [];
  }
}

interface Wanted {
  readonly signal: Signal;
  readonly because: string;
  readonly start: () => Start;
}

function wanted(context: Context, observed: Observed, release: Release | undefined): Wanted[] {
  const { architecture } = context;
  const { service, models, generative, labels } = observed;
  const applies = (name: string): boolean => CLASSES[name]?.applies(architecture) === true;
  const names = models.map(({ name }) => name).join(', ');
  const all: (Wanted | false)[] = [
    { signal: 'infrastructure', because: 'it can be slow, fail or be down', start: () => promises(context, service, release) },
    !generative && { signal: 'answers', because: 'the distribution of answers moves before truth arrives', start: () => ({ what: 'distribution of the answers', ...psi(context, observed.service, 1) }) },
    !generative && { signal: 'inputs', because: `${names || 'the model'} learned from inputs like those of its training`, start: () => inputs(context, observed) },
    { signal: 'quality', because: generative ? 'text cannot be compared by columns, so a sample of it is judged' : labels.length > 0 ? `truth arrives as ${labels.map(({ name }) => name).join(', ')}` : 'only truth says whether answers are right', start: () => quality(context, observed) },
    applies('data_quality') && { signal: 'data_quality', because: 'it answers and learns from data of others', start: () => plain('share of rows that the checks refuse, and fields that are missing', 'a share above that of the weeks before') },
    applies('feature_freshness') && { signal: 'freshness', because: 'values are stored before they are asked for', start: () => freshness(context) },
    applies('skew') && { signal: 'skew', because: 'training and serving come to the same values by two ways', start: () => plain('logged inputs of served requests against the values that training has for them') },
    hasFallback(architecture, service) && { signal: 'fallback', because: 'something else answers when the model does not', start: () => plain('share of answers that the model did not give') },
    applies('safety') && { signal: 'safety', because: 'it can do harm by what it says or does', start: () => plain('share of answers that the guardrails stop, and a sample of those that pass') },
    applies('cost') && { signal: 'cost', because: 'it has a budget, or is paid by use', start: () => cost(context, service) },
    applies('late_pipeline') && { signal: 'pipeline', because: 'jobs run by the clock', start: () => plain('whether each job ended in time: ' + (CLASSES.late_pipeline?.watches(architecture).join(', ') ?? '')) },
    (release?.rollouts.length ?? 0) > 0 && { signal: 'version', because: 'two versions answer during a rollout', start: () => plain('version that gave each answer') },
    { signal: 'heartbeat', because: 'a monitor that stopped looks like one with nothing to say', start: () => plain('whether the monitors and jobs above still report') },
  ];
  return all.filter((item) => item !== false);
}

const plain = (what: string, threshold?: string): Start => ({ what, ...(threshold !== undefined && { threshold }), notes: [] });

/** What is promised is the threshold; half of the time that the recovery target leaves is for noticing. */
function promises({ architecture }: Context, service: Service, release: Release | undefined): Start {
  const slo = value(service, 'slo');
  const parts = [
    ...(['p50', 'p95', 'p99'] as const).flatMap((name) => (slo?.[name] ? [`${name} above ${formatQuantity(slo[name])}`] : [])),
    ...(slo?.availability ? [`fewer than ${formatShare(slo.availability)} of requests answered`] : []),
  ];
  const target = recoveryTargetOf(architecture)?.value;
  const back = release && quickestRollback(release)?.time;
  const left = target && back ? (target.low - back.high) / 2 : undefined;
  return {
    what: 'latency, errors and traffic',
    ...(parts.length > 0 && { threshold: parts.join('; ') }),
    ...(left !== undefined && left > 0 && { every: left }),
    notes: [...(parts.length === 0 ? [`no threshold follows: \`slo\` of ${service.name} is not declared`] : []), ...(left === undefined ? ['how soon it must be noticed follows from `recovery_target` and `rollback … within`'] : left <= 0 ? ['going back takes as long as the recovery target allows, so no time is left to notice'] : ['half of what the recovery target leaves beside going back'])],
  };
}

/** Windows that people use. The shortest in which chance alone stays below the threshold is taken. */
const WINDOWS: readonly number[] = [3600, 6 * 3600, 86_400, 7 * 86_400];

function inputs(context: Context, observed: Observed): Start {
  if (isUnstructured(observed)) return { what: 'vectors of the inputs', test: 'mmd', notes: ['a threshold is set from two windows in which nothing changed'] };
  const counts = observed.models.flatMap((model) => value(model, 'input_count') ?? []);
  const features = counts.length > 0 ? Math.max(...counts.map(middle)) : undefined;
  const test = psi(context, observed.service, features ?? 1);
  return { what: `distribution of each input${features === undefined ? '' : ` (${features})`}`, ...test, notes: [...test.notes, ...(features === undefined ? ['how many inputs there are is not declared (`input_count`), so false alarms are those of one'] : [])] };
}

function psi(context: Context, service: Service, features: number): Pick<Start, 'test' | 'threshold' | 'window' | 'notes'> {
  const threshold = middle(SHIFT_THRESHOLD);
  const arrivals = arrivalsAt(context, service);
  const start = { test: 'psi', threshold: `${threshold}, a convention` };
  if (!arrivals) return { ...start, notes: [`the window follows from the traffic, which is not declared for ${service.name}`] };
  const plans = WINDOWS.map((window) => ({ window, plan: planDriftMonitor({ test: 'psi', threshold, window, ratePerSecond: middle(arrivals.mean), features }) }));
  const found = plans.find(({ plan }) => plan.enoughRows === true);
  if (!found) return { ...start, notes: ['even a week has too few requests for this threshold'] };
  const { rowsPerWindow, falseAlarmsPerMonth } = found.plan;
  return { ...start, window: found.window, notes: [`${formatNumber(Math.round(rowsPerWindow ?? 0))} rows in a window at the mean traffic${falseAlarmsPerMonth === null ? '' : `, ${falseAlarmsPerMonth < 0.05 ? 'next to no' : formatNumber(Number(falseAlarmsPerMonth.toPrecision(2)))} false alarms a month`}`] };
}

function quality(context: Context, { labels, service, generative }: Observed): Start {
  if (generative) return { what: 'a sample of answers', test: 'llm_judge or people', threshold: `${middle(FALL_THRESHOLD) * 100} % below the version in use`, notes: [] };
  const delays = labels.flatMap((truth) => value(truth, 'delay') ?? []);
  const latest = delays.length > 0 ? Math.max(...delays.map(({ high }) => high)) : undefined;
  const late = latest !== undefined && latest > toleranceOf(context).low;
  return {
    what: labels.length > 0 ? `answers compared with ${labels.map(({ name }) => name).join(', ')}` : 'answers compared with what happened',
    threshold: `${middle(FALL_THRESHOLD) * 100} % below the version in use`,
    notes: [...(labels.length === 0 ? [`no truth is declared (\`labels\`) for ${service.name}`] : []), ...(late ? ['truth comes later than a fall may go unnoticed: it needs a proxy beside it'] : [])],
  };
}

function freshness({ architecture }: Context): Start {
  const groups = componentsOf(architecture, 'features').flatMap((group) => {
    const limit = value(group, 'freshness');
    return limit ? [`${group.name} older than ${formatQuantity(limit)}`] : [];
  });
  return { what: 'age of the newest value of each feature group', ...(groups.length > 0 && { threshold: groups.join('; ') }), notes: groups.length > 0 ? [] : ['no threshold follows: `freshness` of no feature group is declared'] };
}

function cost({ architecture }: Context, service: Service): Start {
  const holders = [service, architecture.system] as const;
  const holder = holders.find((candidate) => value(candidate as Service, 'budget') !== undefined);
  const budget = holder && value(holder as Service, 'budget');
  return { what: 'spending against the budget', ...(budget && holder && { threshold: `a pace above ${formatQuantity(budget)} (${holder.name})` }), notes: budget ? [] : [`no threshold follows: \`budget\` of ${service.name} is not declared`] };
}

/** Alerts, and how many of them come a month as far as that is declared or follows from the statistics. */
export interface AlertLoad {
  readonly alert: Component<'alert'>;
  readonly monitors: readonly string[];
  readonly reach: Reach;
  /** As declared, of the alert or else of all its monitors together. */
  readonly declared?: Quantity;
  /** A month, of monitors with a statistical test, while nothing changes. */
  readonly falseAlarms?: number;
  readonly capacity?: Quantity;
}

export function alertLoads({ architecture }: Context, plans: readonly DeclaredMonitor[]): AlertLoad[] {
  return componentsOf(architecture, 'alert').map((alert): AlertLoad => {
    const monitors = (edgesOf(architecture).in.get(alert.name) ?? []).flatMap((edge) => architecture.components.get(edge.from) ?? []).filter((component): component is Component<'monitor'> => component.kind === 'monitor');
    const volumes = monitors.flatMap((monitor) => value(monitor, 'volume') ?? []);
    const summed = volumes.length > 0 && volumes.length === monitors.length ? volumes.reduce((a, b) => ({ ...a, low: a.low + b.low, high: a.high + b.high })) : undefined;
    const false_ = plans.filter(({ component }) => monitors.some(({ name }) => name === component)).flatMap(({ falseAlarmsPerMonth }) => falseAlarmsPerMonth?.value ?? []);
    const declared = value(alert, 'volume') ?? summed;
    const capacity = value(alert, 'capacity');
    return { alert, monitors: [...new Set(monitors.map(({ name }) => name))], reach: signalReaches(architecture, alert.name), ...(declared && { declared }), ...(false_.length > 0 && { falseAlarms: false_.reduce((a, b) => a + b, 0) }), ...(capacity && { capacity }) };
  });
}
