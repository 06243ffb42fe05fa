import type { Change, Component, Quantity } from '../../../model/architecture.ts';
import { exactly } from '../../../model/quantity.ts';
import { componentsOf, value } from '../../../model/statements.ts';
import { strategyOf, type Release } from '../../deployment/releases.ts';
import { trafficOf } from '../../deployment/traffic.ts';
import { comparisonOf } from '../../experiments/declared.ts';
import type { DeclaredComparison, Step } from '../../experiments/declared-plan.ts';
import { formatAim } from '../../experiments/declared-words.ts';
import { SECONDS_PER_WEEK } from '../../experiments/duration.ts';
import { formatDuration, formatNumber, formatQuantity, formatShare } from '../../format.ts';
import { contradiction, question, satisfied, weak, type Context, type FindingDetails, type Outcome, type Rule } from '../../rule.ts';
import { rolloutsOf } from './comparison-rules.ts';

export const enoughSamples: Rule = {
  id: 'ML18.5',
  slug: 'enough-samples',
  title: 'A rollout or experiment sees enough requests to show the difference that matters',
  type: 'contradiction',
  severity: 'medium',
  why: 'With too few samples the comparison cannot fail: a loss of the size that matters passes as noise.',
  remediation: 'Let the step last longer, give it more of the traffic, or settle for a larger difference.',
  effort: 'S',
  falsePositives: 'Counted by the two-sided test of two shares (80 % power, 5 % significance), which holds for shares such as click rates. A metric with less variance needs fewer: declare `min_sample` in `criteria` instead of `detects`.',
  *evaluate(context) {
    const { architecture } = context;
    for (const { rollout, release } of rolloutsOf(architecture)) yield* judgeRollout(context, rollout, release);
    for (const experiment of componentsOf(architecture, 'experiment')) yield* judgeExperiment(context, experiment);
  },
};

function* judgeRollout(context: Context, rollout: Component<'rollout'>, { service }: Release): Iterable<Outcome> {
  const plan = comparisonOf(context, rollout.name);
  if (!plan) return;
  const { name } = rollout;
  const { aim, perArm, seen, declaredTime } = plan;
  if (!(strategyOf(rollout)?.steps ?? []).some((step) => step.high < 1)) return yield question(rollout, 'strategy', `Which part of the traffic does each step of ${name} take? It needs enough requests ${formatAim(aim)}.`);
  if (!perArm) return;
  const needs = `${name} needs ${formatNumber(perArm.value)} samples in the smaller arm ${formatAim(aim)}`;
  if (!declaredTime) return yield question(rollout, 'strategy', `How long does each step of ${name} last? ${needs}.`);
  if (!seen) return yield question(service, undefined, `How many requests per second does ${service.name} get? ${needs}.`);
  const traffic = trafficOf(context.architecture, service);
  const step = plan.first ?? plan;
  const [inLargest, inFirst] = [countedIn(plan, declaredTime, traffic), countedIn(step, declaredTime, traffic)];
  if (plan.most && plan.most.units < perArm.low) yield contradiction(rollout, details(rollout, plan, plan.most.units, `${needs}; ${inLargest}, even in its largest step before all.`));
  else if (seen.provenance !== 'assumed' && seen.high < perArm.low) yield weak(rollout, details(rollout, plan, seen.high, `${needs}; ${countedIn(plan, declaredTime, { mean: traffic.mean })} on average, even in its largest step before all.`));
  else if (seen.provenance === 'assumed' && seen.value < perArm.low) yield question(service, undefined, `How many requests per second does ${service.name} get on average? ${needs}, and only the peak is declared.`);
  else if (step.perArm && mostOf(step) < step.perArm.low) {
    const message = `${name} needs ${formatNumber(step.perArm.value)} samples in the smaller arm ${formatAim(aim)}; ${inFirst}: its first step shows only larger differences.`;
    yield weak(rollout, { ...details(rollout, { ...plan, ...step }, mostOf(step), message), about: 'first-step', severity: 'low' });
  } else yield satisfied(rollout, { because: inFirst });
}

const mostOf = ({ most, seen }: Step): number => most?.units ?? seen?.high ?? Number.POSITIVE_INFINITY;

/** `10 % of 2 req/s at the peak for 1 h gives 720`. */
function countedIn(step: Step, time: Quantity, { peak, mean }: { readonly peak?: Quantity; readonly mean?: Quantity }): string {
  // Over a day or more the peak does not last, so the mean says more; over hours the peak bounds it.
  const rate = time.high >= 86_400 && mean ? mean : (peak ?? mean);
  const units = rate ? rate.high * step.share.high * time.high : mostOf(step);
  return `${formatShare(step.share)} of ${rate ? formatQuantity(rate) : 'the traffic'}${rate && rate === peak ? ' at the peak' : ''} for ${formatDuration(time.high)} gives ${formatNumber(Math.floor(units))}`;
}

const details = (rollout: Component<'rollout'>, plan: DeclaredComparison, units: number, message: string): FindingDetails => ({ at: 'strategy', message, changes: longer(rollout, plan, units) });

/** Steps that last long enough at the rate that was counted. */
function longer(rollout: Component<'rollout'>, { perArm, declaredTime, seen }: DeclaredComparison, units: number): Change[] {
  const counted = Math.min(units, seen && seen.provenance !== 'assumed' ? seen.value : units);
  if (!perArm || !declaredTime || counted <= 0) return [];
  const strategy = strategyOf(rollout);
  const seconds = wholeHours((declaredTime.high * perArm.high * 1.05) / counted);
  const steps = Math.max(1, (strategy?.steps ?? []).filter((step) => step.high < 1).length);
  const set = (property: string, to: unknown): Change => ({ op: 'set', subject: rollout.name, property, value: to });
  return [set('strategy', { ...strategy, each: exactly(seconds, 's') }), ...(value(rollout, 'duration') ? [set('duration', exactly(seconds * steps, 's'))] : [])];
}

const wholeHours = (seconds: number): number => (seconds > 172_800 ? Math.ceil(seconds / 86_400) * 86_400 : Math.ceil(seconds / 3600) * 3600);

function* judgeExperiment(context: Context, experiment: Component<'experiment'>): Iterable<Outcome> {
  const plan = comparisonOf(context, experiment.name);
  if (!plan) return;
  const { perArm, most, seen, declaredTime, aim } = plan;
  if (!perArm || !declaredTime) return;
  const needs = `${experiment.name} needs ${formatNumber(perArm.value)} ${most?.of === 'users' ? 'users' : 'samples'} in each arm ${formatAim(aim)}`;
  if (most && most.units < perArm.low) {
    const message = `${needs}; in ${formatQuantity(declaredTime)} an arm sees at most ${formatNumber(Math.floor(most.units))} ${most.of}.`;
    yield contradiction(experiment, { at: 'duration', message, changes: most.of === 'users' ? moreUsers(experiment, plan) : runLonger(experiment, plan, most.units) });
  } else if (seen?.provenance === 'assumed' && seen.value < perArm.low && plan.counted !== undefined) {
    const counted = context.architecture.components.get(plan.counted) ?? experiment;
    yield question(counted, undefined, `How many requests per second does ${plan.counted} get on average? ${needs}, and only the peak is declared.`);
  } else if (most) yield satisfied(experiment, { because: `an arm sees up to ${formatNumber(Math.floor(most.units))} ${most.of} and needs ${formatNumber(perArm.value)}` });
}

/** All users take part, where that is enough: no time brings more of them. */
function moreUsers(experiment: Component<'experiment'>, { most, share, arms, perArm }: DeclaredComparison): Change[] {
  const all = most && share.high > 0 ? most.units / (share.high * arms) : 0;
  return perArm && share.high * arms < 1 && all >= perArm.low ? [{ op: 'set', subject: experiment.name, property: 'share', value: exactly(1, '1') }] : [];
}

/** Whole weeks, so that every day of the week counts as often. */
function runLonger(experiment: Component<'experiment'>, { perArm, declaredTime }: DeclaredComparison, units: number): Change[] {
  if (!perArm || !declaredTime || units <= 0) return [];
  const weeks = Math.ceil((declaredTime.high * perArm.high * 1.05) / units / SECONDS_PER_WEEK);
  return [{ op: 'set', subject: experiment.name, property: 'duration', value: exactly(weeks * SECONDS_PER_WEEK, 's') }];
}
