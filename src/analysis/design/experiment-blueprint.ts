import type { Architecture, Component, Quantity } from '../../model/architecture.ts';
import { middle } from '../../model/quantity.ts';
import { componentsOf, value } from '../../model/statements.ts';
import { answersInJobs, releasesOf, type Release } from '../deployment/releases.ts';
import { arrivalsAt, type Arrivals } from '../experiments/declared-traffic.ts';
import type { DeclaredComparison, Unit } from '../experiments/declared-plan.ts';
import { LEVEL } from '../experiments/declared-plan.ts';
import { LOOKS, sequentialDesign } from '../experiments/declared-sample.ts';
import { chiSquaredUpperQuantile } from '../experiments/distributions.ts';
import type { GroupSequentialDesign } from '../experiments/group-sequential.ts';
import { planExperiment } from '../experiments/plan-experiment.ts';
import { MISMATCH_LEVEL } from '../experiments/srm.ts';
import { formatQuantity, formatShare } from '../format.ts';
import { gatewaysBefore, mayDivide } from '../serving/routing.ts';
import type { Context } from '../rule.ts';

/** How versions of one service can be compared on its users, as far as what is declared says it. */
export interface ExperimentBlueprint {
  readonly service: Component<'service'>;
  readonly models: readonly Component<'model'>[];
  readonly experiment?: Component<'experiment'>;
  /** What follows for the declared experiment. */
  readonly comparison?: DeclaredComparison;
  /** Undefined where nobody says it; the sizes then count requests. */
  readonly unit?: Unit;
  readonly arms: number;
  /** Share of the traffic that takes part; all of it where nobody says. */
  readonly share?: Quantity;
  /** What decides, and who says so. */
  readonly metric?: { readonly text: string; readonly from: string };
  /** What must not get worse: as declared for the experiment, and what the rest of the file promises. */
  readonly guardrails: readonly { readonly text: string; readonly from: string }[];
  /** A gateway before it and whether it may divide traffic; undefined where nobody says. */
  readonly router?: { readonly name: string; readonly divides: boolean | undefined };
  readonly arrivals?: Arrivals;
  /** The share that a difference starts from, and who says so. */
  readonly baseline?: { readonly value: Quantity; readonly from: string };
  readonly sizes: readonly SampleSize[];
  /** Five looks after O’Brien and Fleming. */
  readonly sequence?: GroupSequentialDesign;
  /** Truth that the metric may have to wait for; the slowest. */
  readonly truth?: { readonly labels: string; readonly delay?: Quantity };
}

export interface SampleSize {
  readonly baseline: number;
  /** Relative to the baseline: 0.05 makes 10.5 % of 10 %. */
  readonly lift: number;
  /** The author declares this difference. */
  readonly declared: boolean;
  /** With one look at the end. */
  readonly perArm: number | null;
  readonly total: number | null;
  /** In all arms at most, with five looks; and in the mean where the difference is there. */
  readonly sequentialTotal: number | null;
  readonly sequentialExpected: number | null;
  /** Seconds until the largest sample with five looks is there, at the mean traffic. */
  readonly seconds: number | null;
  /** The same in whole weeks, one at least. */
  readonly weeks: number | null;
  /** Why there is no size. */
  readonly reason?: string;
}

/** Lifts that people ask for. */
const LIFTS: readonly number[] = [0.01, 0.02, 0.05, 0.1, 0.2];
/** Where no baseline is declared: a rare event, a common one, and a half, where chance is largest. */
const BASELINES: readonly number[] = [0.01, 0.1, 0.5];

/** A blueprint for each service that answers with a learned model while somebody waits, or on events. */
export function experimentBlueprints(context: Context, comparisons: readonly DeclaredComparison[]): ExperimentBlueprint[] {
  return releasesOf(context.architecture)
    .filter((release) => !answersInJobs(release))
    .map((release) => blueprint(context, release, comparisons));
}

function blueprint(context: Context, release: Release, comparisons: readonly DeclaredComparison[]): ExperimentBlueprint {
  const { architecture } = context;
  const { service, observed, experiments } = release;
  const [experiment] = experiments;
  const comparison = comparisons.find(({ component }) => component === experiment?.name);
  const arrivals = arrivalsAt(context, service);
  const [gateway] = gatewaysBefore(architecture, service).sort((a, b) => rank(mayDivide(architecture, a)) - rank(mayDivide(architecture, b)));
  const arms = comparison?.arms ?? 2;
  const share = experiment && value(experiment, 'share');
  const baseline = baselineOf(release);
  const metric = metricOf(architecture, release);
  const truth = truthOf(release);
  const sequence = sequentialDesign(arms).value;
  const unit = experiment && value(experiment, 'unit');
  return {
    service,
    models: observed.models,
    ...(experiment && { experiment }),
    ...(comparison && { comparison }),
    ...(unit && { unit }),
    arms,
    ...(share && { share }),
    ...(metric && { metric }),
    guardrails: guardrailsOf(architecture, release),
    ...(gateway && { router: { name: gateway.name, divides: mayDivide(architecture, gateway) } }),
    ...(arrivals && { arrivals }),
    ...(baseline && { baseline: { value: baseline.value, from: baseline.from } }),
    sizes: sizesOf({ arms, share, baseline, arrivals }),
    ...(sequence && { sequence }),
    ...(truth && { truth }),
  };
}

const rank = (divides: boolean | undefined): number => (divides === true ? 0 : divides === undefined ? 1 : 2);

interface Baseline {
  readonly value: Quantity;
  readonly difference?: Quantity;
  readonly from: string;
}

function baselineOf({ experiments, rollouts }: Release): Baseline | undefined {
  for (const holder of [...experiments, ...rollouts]) {
    const detects = value(holder as Component<'experiment'>, 'detects');
    if (detects?.from) return { value: detects.from, ...(detects.difference && { difference: detects.difference }), from: holder.name };
  }
  return undefined;
}

function metricOf(architecture: Architecture, { experiments, observed }: Release): ExperimentBlueprint['metric'] {
  for (const experiment of experiments) {
    const text = value(experiment, 'metric');
    if (text !== undefined) return { text, from: experiment.name };
  }
  const judging = componentsOf(architecture, 'evaluation').filter((evaluation) => (value(evaluation, 'judges') ?? []).some((name) => observed.names.has(name)));
  for (const evaluation of judging) {
    const text = value(evaluation, 'business_metric');
    if (text !== undefined) return { text, from: evaluation.name };
  }
  for (const monitor of observed.monitors.filter(({ variant }) => variant === 'business')) {
    const text = value(monitor, 'metric');
    if (text !== undefined) return { text, from: monitor.name };
  }
  return undefined;
}

function guardrailsOf(architecture: Architecture, { service, experiments, observed }: Release): ExperimentBlueprint['guardrails'] {
  const slo = value(service, 'slo');
  const times = (['p50', 'p95', 'p99', 'ttft', 'tpot'] as const).flatMap((name) => (slo?.[name] ? [{ text: `${name} at or below ${formatQuantity(slo[name])}`, from: service.name }] : []));
  const budget = value(service, 'budget') ?? value(architecture.system, 'budget');
  return [
    ...experiments.flatMap((experiment) => (value(experiment, 'guardrails') ?? []).map((text) => ({ text, from: experiment.name }))),
    ...times,
    ...(slo?.availability ? [{ text: `${formatShare(slo.availability)} of requests answered`, from: service.name }] : []),
    ...observed.monitors.filter(({ variant }) => variant === 'fallback' || variant === 'safety').map((monitor) => ({ text: value(monitor, 'metric') ?? `what ${monitor.name} watches`, from: monitor.name })),
    ...(budget ? [{ text: `cost within ${formatQuantity(budget)}`, from: value(service, 'budget') ? service.name : architecture.system.name }] : []),
  ];
}

function truthOf({ observed }: Release): ExperimentBlueprint['truth'] {
  const truths = observed.labels.map((labels) => ({ labels: labels.name, delay: value(labels, 'delay') }));
  const [slowest] = truths.sort((a, b) => (b.delay?.high ?? Number.POSITIVE_INFINITY) - (a.delay?.high ?? Number.POSITIVE_INFINITY));
  return slowest && { labels: slowest.labels, ...(slowest.delay && { delay: slowest.delay }) };
}

function sizesOf({ arms, share, baseline, arrivals }: { readonly arms: number; readonly share: Quantity | undefined; readonly baseline: Baseline | undefined; readonly arrivals: Arrivals | undefined }): SampleSize[] {
  const traffic = { ...(arrivals && { eligiblePerSecond: middle(arrivals.mean) }), ...(share && { share: middle(share) }) };
  const size = (start: number, lift: number, declared: boolean): SampleSize => {
    const input = { baseline: start, lift, arms, ...LEVEL, ...traffic };
    const [fixed, sequence] = [planExperiment({ ...input, method: 'fixed' }), planExperiment({ ...input, method: 'obf', looks: LOOKS })];
    const reason = fixed.reasons.perArm;
    return { baseline: start, lift, declared, perArm: fixed.perArm, total: fixed.total, sequentialTotal: sequence.total, sequentialExpected: sequence.expectedTotal, seconds: sequence.duration?.seconds ?? null, weeks: sequence.duration?.weeks ?? null, ...(reason !== undefined && { reason }) };
  };
  if (!baseline) return BASELINES.flatMap((start) => [0.05, 0.1, 0.2].map((lift) => size(start, lift, false)));
  const start = middle(baseline.value);
  const wanted = baseline.difference && start > 0 ? middle(baseline.difference) / start : undefined;
  const lifts = LIFTS.filter((lift) => start * (1 + lift) < 1 && (wanted === undefined || Math.abs(lift - wanted) > 1e-9)).map((lift) => ({ lift, declared: false }));
  const all = wanted === undefined ? lifts : [...lifts, { lift: start * (1 + wanted) < 1 ? wanted : -wanted, declared: true }];
  return all.sort((a, b) => Math.abs(a.lift) - Math.abs(b.lift)).map(({ lift, declared }) => size(start, lift, declared));
}

/** Sample ratio mismatch: how far the arms may be from their configured shares before nothing may be read. */
export interface RatioGate {
  /** The p-value below which it is a mismatch. */
  readonly level: number;
  /** Of two equal arms of so many units together: units that one of them may be away from a half. */
  readonly away: number;
}

/** z√N / 2, from χ² = (2d)² / N for two equal arms. */
export const ratioGate = (total: number): RatioGate => ({ level: MISMATCH_LEVEL, away: Math.floor((Math.sqrt(chiSquaredUpperQuantile(MISMATCH_LEVEL, 1)) * Math.sqrt(total)) / 2) });
