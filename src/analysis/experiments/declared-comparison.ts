import type { Component } from '../../model/architecture.ts';
import { scaled } from '../../model/graph/interval.ts';
import { exactly, middle, type Quantity } from '../../model/quantity.ts';
import { value } from '../../model/statements.ts';
import { releasesOf, rolloutTargets, strategyOf } from '../deployment/releases.ts';
import type { Input } from '../estimation/replica.ts';
import { formatNumber } from '../format.ts';
import type { Context } from '../rule.ts';
import { figure, joined, type Aim, type ComparisonFigures, type DeclaredComparison, type Most, type Origin, type Step, type Unit } from './declared-plan.ts';
import { differenceShown, LOOKS, sequentialDesign, unitsNeeded, type NeededUnits, type Split } from './declared-sample.ts';
import { arrivalsAt, countedAt, mostIn, type Arrivals } from './declared-traffic.ts';

type Experiment = Component<'experiment'>;
type Rollout = Component<'rollout'>;
type Figures = { -readonly [Name in keyof ComparisonFigures]?: ComparisonFigures[Name] };
type Reasons = Partial<Record<keyof ComparisonFigures, string>>;

const FIGURES = ['perArm', 'total', 'time', 'seen', 'detectable', 'sequentialTotal', 'sequentialExpected'] as const satisfies readonly (keyof ComparisonFigures)[];

/** What is divided, among how many, and for how long. */
interface Comparison {
  readonly component: Component;
  readonly kind: DeclaredComparison['kind'];
  readonly subject: string | undefined;
  readonly unit: Unit;
  readonly aim: Aim;
  /** Shares of the traffic of all arms together. */
  readonly taking: Quantity;
  readonly split: Split;
  readonly time: Quantity | undefined;
  /** What the figures are made from, besides the traffic. */
  readonly origin: Origin;
}

/** What is known of an experiment on users. */
export function declaredExperiment(context: Context, experiment: Experiment): DeclaredComparison {
  const arms = Math.max(2, value(experiment, 'arms')?.length ?? 2);
  const share = value(experiment, 'share');
  const detects = value(experiment, 'detects');
  const sample = value(experiment, 'sample');
  const assumptions = [...(value(experiment, 'arms') ? [] : ['two arms']), ...(share ? [] : ['all the traffic takes part']), 'arms of equal size'];
  const comparison: Comparison = {
    component: experiment,
    kind: 'experiment',
    subject: experiment.subject,
    unit: value(experiment, 'unit') ?? 'unknown',
    aim: aimOf(detects, sample),
    taking: share ?? exactly(1, '1'),
    split: { arms, ratio: 1 },
    time: value(experiment, 'duration'),
    origin: { inputs: [...aimInputs(experiment, aimOf(detects, sample), 'sample'), ...inputOf(experiment, 'share', share)], assumptions, provenance: 'measured' },
  };
  return evaluate(context, comparison);
}

/** What is known of a rollout in steps, each of which compares a new version with the old one; undefined where it must see nothing. */
export function declaredRollout(context: Context, rollout: Rollout): DeclaredComparison | undefined {
  const strategy = strategyOf(rollout);
  const detects = value(rollout, 'detects');
  const sample = value(rollout, 'criteria')?.min_sample;
  if ((!detects && !sample) || strategy?.kind === 'all_at_once') return undefined;
  const aim = aimOf(detects, sample);
  const steps = (strategy?.steps ?? []).filter((step) => step.high < 1 && step.low > 0);
  const subject = releasesOf(context.architecture).find(({ rollouts }) => rollouts.includes(rollout))?.service.name ?? rolloutTargets(context.architecture, rollout)[0];
  const time = timeOfStep(rollout, steps.length);
  const of = (step: Quantity): Comparison => ({
    component: rollout,
    kind: 'rollout',
    subject,
    // A sample that is settled on counts requests unless users are told apart, which nobody says.
    unit: 'request',
    aim,
    taking: exactly(1, '1'),
    split: { arms: 2, ratio: middle(step) / (1 - middle(step)) },
    time,
    origin: { inputs: [...aimInputs(rollout, aim, 'criteria'), ...inputOf(rollout, 'strategy', step)], assumptions: [], provenance: 'measured' },
  });
  const largest = steps.reduce<Quantity | undefined>((a, b) => (a && smallerArm(a).high >= smallerArm(b).high ? a : b), undefined);
  if (!largest) return { component: rollout.name, kind: 'rollout', unit: 'request', arms: 2, share: exactly(0, '1'), aim, ...(time && { declaredTime: time }), reasons: Object.fromEntries(FIGURES.map((name) => [name, 'No step is declared in which both versions answer.'])) };
  const plan = evaluate(context, of(largest), smallerArm(largest));
  const [first] = steps;
  if (!first || first === largest) return plan;
  const { perArm, seen, most } = evaluate(context, of(first), smallerArm(first));
  const step: Step = { share: smallerArm(first), ...(perArm && { perArm }), ...(seen && { seen }), ...(most !== undefined && { most }) };
  return { ...plan, first: step };
}

/** Both versions need the sample, so a step is worth what its smaller arm gets. */
const smallerArm = (step: Quantity): Quantity => (step.high <= 0.5 ? step : { low: Math.min(step.low, 1 - step.high), high: Math.max(Math.min(step.high, 1 - step.high), Math.min(step.low, 1 - step.low)), unit: '1' });

/** Seconds of each step before all have the new version. */
export function timeOfStep(rollout: Rollout, steps: number): Quantity | undefined {
  const duration = value(rollout, 'duration');
  return strategyOf(rollout)?.each ?? (duration && scaled(duration, 1 / Math.max(1, steps)));
}

/** A difference that starts nowhere says nothing where a number of units was settled on. */
const aimOf = (detects: Aim | undefined, sample: Quantity | undefined): Aim => ({ ...(detects?.difference && detects.difference.low > 0 && (detects.from || !sample) && { difference: detects.difference }), ...(detects?.from && { from: detects.from }), ...(sample && { sample }) });

function aimInputs(component: Component, { difference, from, sample }: Aim, settled: string): Input[] {
  if (difference) return [...inputOf(component, 'detects', difference), ...inputOf(component, 'detects from', from)];
  return inputOf(component, settled, sample);
}

const inputOf = (component: Component, property: string, quantity: Quantity | undefined): Input[] => (quantity ? [{ component: component.name, property, value: quantity }] : []);

function evaluate(context: Context, comparison: Comparison, share = scaled(comparison.taking, 1 / comparison.split.arms)): DeclaredComparison {
  const { component, kind, unit, aim, split, time } = comparison;
  const counted = countedAt(context.architecture, comparison.subject);
  const arrivals = typeof counted === 'string' ? undefined : arrivalsAt(context, counted);
  const noTraffic = typeof counted === 'string' ? counted : arrivals ? undefined : `The traffic of ${counted.name} is not declared.`;
  const needed = unitsNeeded(aim, split);
  const most = arrivals && time && unit !== 'region' ? mostSeen(unit, arrivals, share, time) : undefined;
  const figures: Figures = {};
  const reasons: Reasons = {};
  if (needed.value) Object.assign(figures, neededFigures(comparison, needed.value));
  else for (const name of ['perArm', 'total', 'time', 'sequentialTotal', 'sequentialExpected'] as const) reasons[name] = needed.reason;
  if (arrivals) Object.assign(figures, seenFigures(comparison, arrivals, share));
  const uncounted = noTraffic ?? (unit === 'region' ? 'Regions are few and unlike: their number and how far they differ are not declared.' : undefined);
  if (uncounted !== undefined) for (const name of ['time', 'seen', 'detectable'] as const) reasons[name] ??= uncounted;
  const times = arrivals && needed.value ? timeFigure(comparison, arrivals, needed.value) : undefined;
  if (typeof times === 'string') reasons.time = times;
  else if (times) figures.time = times;
  if (!time) for (const name of ['seen', 'detectable'] as const) reasons[name] ??= kind === 'rollout' ? 'How long a step lasts is not declared.' : 'How long it runs is not declared.';
  if (!figures.detectable) reasons.detectable ??= aim.from ? 'Too few take part to show any difference.' : 'The share that a difference would start from is not declared (`detects … from …`).';
  if (kind === 'rollout') for (const name of ['sequentialTotal', 'sequentialExpected'] as const) reasons[name] ??= 'The steps of a rollout are not looks of one sample.';
  return { component: component.name, kind, ...(typeof counted !== 'string' && { counted: counted.name }), unit, arms: split.arms, share, ...(time && { declaredTime: time }), aim, ...(most !== undefined && { most }), ...figures, reasons };
}

const TEST = '5 % significance of both sides together, 80 % power';

function neededFigures({ kind, aim, split, origin }: Comparison, { value: units, low, high, arms }: NeededUnits): Figures {
  const formula = aim.difference ? `(z√(2p̄q̄) + z√(p₁q₁ + p₂q₂))² / (p₂ − p₁)², ${TEST}` : 'as declared';
  const perArm = figure(units, { low, high }, '1', formula, origin);
  const times = (factor: number, by: string): ComparisonFigures['total'] => figure(Math.ceil(units * arms * factor), { low: Math.ceil(low * arms * factor), high: Math.ceil(high * arms * factor) }, '1', by, origin);
  const sequence = kind === 'experiment' ? sequentialDesign(split.arms).value : null;
  const looks = `${LOOKS} looks at equal distances, O'Brien-Fleming, ${TEST}`;
  return {
    perArm,
    total: times(1, 'the smaller arm and all others by their shares'),
    ...(sequence && aim.difference && { sequentialTotal: times(sequence.inflation, looks), sequentialExpected: times(sequence.expectedUnderAlternative, looks) }),
  };
}

/** One request is one unit; of all other units there are fewer than requests. */
const isFewer = (unit: Unit): boolean => unit !== 'request';

function seenFigures({ unit, aim, split, time, origin }: Comparison, arrivals: Arrivals, share: Quantity): Figures {
  if (!time || unit === 'region') return {};
  const users = usersOf(unit, arrivals);
  const within = (requests: number, most: number | undefined): number => Math.min(requests, most ?? Number.POSITIVE_INFINITY);
  const mean = within(middle(arrivals.mean) * middle(share) * middle(time), users && middle(users) * middle(share));
  const most = within(arrivals.mean.high * share.high * time.high, users && users.high * share.high);
  const high = arrivals.assumed ? (mostSeen(unit, arrivals, share, time)?.units ?? most) : most;
  const low = isFewer(unit) || arrivals.assumed ? 0 : arrivals.mean.low * share.low * time.low;
  const all = joined(origin, arrivals.origin);
  const bound = isFewer(unit) ? ('at most' as const) : undefined;
  const seen = figure(Math.floor(mean), { low: Math.floor(low), high: Math.floor(high) }, '1', 'mean traffic × share of the smaller arm × time', all, bound);
  const shown = mean >= 1 && !(bound && !aim.from) ? differenceShown(mean, aim.from, split).value : null;
  if (shown === null) return { seen };
  const least = differenceShown(Math.max(1, seen.high), aim.from, split).value ?? shown;
  const greatest = seen.low >= 1 ? (differenceShown(seen.low, aim.from, split).value ?? 1) : 1;
  const atHalf: Origin = { inputs: [], assumptions: ['a share of 50 %, where chance is largest'], provenance: 'measured' };
  const detectable = figure(shown, { low: least, high: greatest }, '1', `the difference for which the smaller arm is as large as it is, ${TEST}`, aim.from ? all : joined(all, atHalf), bound ? 'at least' : aim.from ? undefined : 'at most');
  return { seen, detectable };
}

const usersOf = (unit: Unit, { users }: Arrivals): Quantity | undefined => (unit === 'user' ? users : undefined);

/** The most units that an arm can see, as far as something that is declared bounds it. */
function mostSeen(unit: Unit, arrivals: Arrivals, share: Quantity, time: Quantity): Most | undefined {
  const [requests, users] = [mostIn(arrivals, time.high), usersOf(unit, arrivals)?.high];
  if (users !== undefined && users < (requests ?? Number.POSITIVE_INFINITY)) return { units: users * share.high, of: 'users' };
  return requests === undefined ? undefined : { units: requests * share.high, of: 'requests' };
}

/** How long it takes until all arms have what they need, or why that cannot be. */
function timeFigure({ unit, taking, origin }: Comparison, arrivals: Arrivals, { value: units, low, high, arms }: NeededUnits): ComparisonFigures['time'] | string | undefined {
  if (unit === 'region' || taking.high <= 0) return undefined;
  const users = usersOf(unit, arrivals);
  if (users && low * arms > users.high * taking.high) return `It takes ${formatNumber(Math.ceil(low * arms))} users or more, and no more than ${formatNumber(Math.floor(users.high * taking.high))} can take part.`;
  const rate = middle(arrivals.mean) * middle(taking);
  const [least, most] = [(low * arms) / (arrivals.mean.high * taking.high), isFewer(unit) ? Infinity : (high * arms) / (arrivals.mean.low * taking.low)];
  const seconds = (units * arms) / rate;
  return figure(seconds, { low: least, high: Number.isFinite(most) ? most : seconds }, 's', 'units in all arms / (mean traffic × share that takes part)', joined(origin, arrivals.origin), isFewer(unit) ? 'at least' : undefined);
}
