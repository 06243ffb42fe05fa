import type { Architecture, Change, Component, Quantity } from '../../../model/architecture.ts';
import { componentsOf, value } from '../../../model/statements.ts';
import { strategyOf, type Release } from '../../deployment/releases.ts';
import { samplesPerArm } from '../../deployment/sample-size.ts';
import { trafficOf, type Traffic } from '../../deployment/traffic.ts';
import { formatDuration, formatNumber, formatQuantity, formatShare } from '../../format.ts';
import { contradiction, question, satisfied, weak, type Context, type FindingDetails, type Outcome, type Rule } from '../../rule.ts';
import { rolloutsOf } from './comparison-rules.ts';
import { lengthOf } from './truth-rule.ts';

export const enoughSamples: Rule = {
  id: 'ML18.5',
  slug: 'enough-samples',
  title: 'A rollout or experiment sees enough requests to show the difference that matters',
  type: 'contradiction',
  severity: 'medium',
  why: 'With too few samples the comparison cannot fail: a loss of the size that matters passes as noise.',
  remediation: 'Let the step last longer, give it more of the traffic, or settle for a larger difference.',
  effort: 'S',
  falsePositives: 'Counted as 16 p (1 − p) / δ² in each arm (80 % power, 5 % significance), which holds for shares such as click rates. A metric with less variance needs fewer: declare `min_sample` in `criteria` instead of `detects`.',
  *evaluate(context) {
    const { architecture } = context;
    for (const { rollout, release } of rolloutsOf(architecture)) yield* judgeRollout(architecture, rollout, release);
    for (const experiment of componentsOf(architecture, 'experiment')) yield* judgeExperiment(context, experiment);
  },
};

interface Need {
  readonly low: number;
  readonly high: number;
  /** Why so many. */
  readonly reason: string;
}

function needOf(detects: { difference?: Quantity; from?: Quantity } | undefined, sample: Quantity | undefined): Need | undefined {
  if (detects?.difference && detects.from && detects.difference.low > 0) {
    const { low, high } = samplesPerArm(detects.from, detects.difference);
    return { low: Math.round(low), high: Math.round(high), reason: `to see a difference of ${points(detects.difference)} from ${formatShare(detects.from)}` };
  }
  return sample && { low: sample.low, high: sample.high, reason: 'by its own criteria' };
}

/** Percentage points, since the difference is absolute. */
const points = (difference: Quantity): string => {
  const [low, high] = [difference.low, difference.high].map((share) => formatNumber(share * 100));
  const text = low === high ? high : `${low} to ${high}`;
  return `${text} percentage point${text === '1' ? '' : 's'}`;
};

/** What an arm sees in a time, at most and in the mean. */
interface Seen {
  /** Undefined where no peak is declared; a mean over a day or more bounds it as well. */
  readonly most?: number;
  readonly mean?: number;
  readonly rate: string;
}

function seenIn(traffic: Traffic, share: number, seconds: number): Seen | undefined {
  const { peak, mean } = traffic;
  // Over a day or more the peak does not last, so the mean says more; over hours the peak bounds it.
  const rate = seconds >= 86_400 && mean ? mean : (peak ?? mean);
  if (!rate) return undefined;
  const certain = seconds >= 86_400 ? (mean ?? peak) : peak;
  return { most: certain && certain.high * share * seconds, mean: mean && mean.high * share * seconds, rate: `${formatQuantity(rate)}${rate === peak ? ' at the peak' : ''}` };
}

function* judgeRollout(architecture: Architecture, rollout: Component<'rollout'>, { service }: Release): Iterable<Outcome> {
  const strategy = strategyOf(rollout);
  const need = needOf(value(rollout, 'detects'), value(rollout, 'criteria')?.min_sample);
  if (!need || strategy?.kind === 'all_at_once') return;
  const steps = (strategy?.steps ?? []).filter((step) => step.high < 1);
  const length = lengthOf(rollout);
  const [first] = steps;
  if (!first) return yield question(rollout, 'strategy', `Which part of the traffic does each step of ${rollout.name} take? It needs ${formatNumber(need.low)} samples ${need.reason}.`);
  if (!length) return yield question(rollout, 'strategy', `How long does each step of ${rollout.name} last? It needs ${formatNumber(need.low)} samples ${need.reason}.`);
  const each = strategy?.each?.high ?? length.high / steps.length;
  // Both versions need the samples, so a step is worth what its smaller arm gets.
  const smaller = (step: Quantity): number => Math.min(step.high, 1 - step.low);
  const largest = steps.reduce((a, b) => (smaller(a) > smaller(b) ? a : b));
  const traffic = trafficOf(architecture, service);
  const inFirst = seenIn(traffic, smaller(first), each);
  const inLargest = seenIn(traffic, smaller(largest), each);
  if (!inFirst || !inLargest) return yield question(service, undefined, `How many requests per second does ${service.name} get? ${rollout.name} needs ${formatNumber(need.low)} samples ${need.reason}.`);
  const numbers = (share: Quantity, seen: Seen): string => `${formatShare(share)} of ${seen.rate} for ${formatDuration(each)} gives ${formatNumber(Math.floor(seen.most ?? seen.mean ?? 0))}`;
  const needs = `${rollout.name} needs ${formatNumber(need.low)} samples in each version ${need.reason}`;
  const details = (share: Quantity, seen: Seen, tail: string): FindingDetails => ({ at: 'strategy', message: `${needs}; ${numbers(share, seen)}${tail}`, changes: longer(rollout, need, seen, each) });
  if ((inLargest.most ?? Number.POSITIVE_INFINITY) < need.low) yield contradiction(rollout, details(largest, inLargest, ', even in its largest step before all.'));
  else if ((inLargest.mean ?? Number.POSITIVE_INFINITY) < need.low) yield weak(rollout, details(largest, { ...inLargest, most: inLargest.mean, rate: traffic.mean ? formatQuantity(traffic.mean) : '' }, ' on average, even in its largest step before all.'));
  else if ((inFirst.most ?? inFirst.mean ?? Number.POSITIVE_INFINITY) < need.low) yield weak(rollout, { ...details(first, inFirst, ': its first step shows only larger differences.'), about: 'first-step', severity: 'low' });
  else yield satisfied(rollout, { because: numbers(first, inFirst) });
}

/** Steps that last long enough at the rate that was counted. */
function longer(rollout: Component<'rollout'>, need: Need, seen: Seen, each: number): Change[] {
  const strategy = strategyOf(rollout);
  const counted = Math.min(seen.most ?? Number.POSITIVE_INFINITY, seen.mean ?? Number.POSITIVE_INFINITY);
  if (!Number.isFinite(counted) || counted <= 0) return [];
  const seconds = wholeHours((each * need.high * 1.05) / counted);
  const duration = value(rollout, 'duration');
  const steps = Math.max(1, (strategy?.steps ?? []).filter((step) => step.high < 1).length);
  const set = (property: string, to: unknown): Change => ({ op: 'set', subject: rollout.name, property, value: to });
  return [set('strategy', { ...strategy, each: exactly(seconds) }), ...(duration ? [set('duration', exactly(seconds * steps))] : [])];
}

const exactly = (seconds: number): Quantity => ({ low: seconds, high: seconds, unit: 's' });
const wholeHours = (seconds: number): number => (seconds > 172_800 ? Math.ceil(seconds / 86_400) * 86_400 : Math.ceil(seconds / 3600) * 3600);

function* judgeExperiment({ architecture }: Context, experiment: Component<'experiment'>): Iterable<Outcome> {
  const need = needOf(value(experiment, 'detects'), value(experiment, 'sample'));
  const length = value(experiment, 'duration');
  const unit = value(experiment, 'unit');
  const service = architecture.components.get(experiment.subject ?? '');
  if (!need || !length || service?.kind !== 'service' || unit === 'region') return;
  const arms = Math.max(2, value(experiment, 'arms')?.length ?? 2);
  const share = (value(experiment, 'share')?.high ?? 1) / arms;
  const traffic = trafficOf(architecture, service as Component<'service'>);
  const requests = seenIn(traffic, share, length.high);
  // Users are fewer than their requests.
  const users = unit === 'user' && traffic.users ? traffic.users.high * share : Number.POSITIVE_INFINITY;
  const most = Math.min(requests?.most ?? Number.POSITIVE_INFINITY, users);
  const what = users < (requests?.most ?? Number.POSITIVE_INFINITY) ? 'users' : 'requests';
  if (most < need.low) {
    const message = `${experiment.name} needs ${formatNumber(need.low)} ${what === 'users' ? 'users' : 'samples'} in each arm ${need.reason}; in ${formatQuantity(length)} an arm sees at most ${formatNumber(Math.floor(most))} ${what}.`;
    const seconds = wholeHours((length.high * need.high * 1.05) / most);
    yield contradiction(experiment, { at: 'duration', message, changes: what === 'users' ? [] : [{ op: 'set', subject: experiment.name, property: 'duration', value: exactly(seconds) }] });
  } else if (Number.isFinite(most)) yield satisfied(experiment, { because: `an arm sees up to ${formatNumber(Math.floor(most))} ${what} and needs ${formatNumber(need.low)}` });
}
