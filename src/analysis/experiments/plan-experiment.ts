import { formatNumber } from '../format.ts';
import { designEffect, guardrailSampleSize, splitFactor, varianceReduction, type Guardrail } from './adjustments.ts';
import { alwaysValidDesign } from './always-valid.ts';
import { answer, finiteAnswer, mapAnswer, noAnswer, type Answer } from './answer.ts';
import { durationOf, problemOfLength, SECONDS_PER_WEEK, unitsIn } from './duration.ts';
import type { Effect, ExperimentInput, ExperimentLook, ExperimentMethod, ExperimentPlan, ExperimentValue, GuardrailPlan } from './experiment-plan.ts';
import { falsePositiveRateOfPeeking, groupSequentialDesign, type BoundaryFamily, type PlannedLook } from './group-sequential.ts';
import { meanDetectable, meanSampleSize } from './means.ts';
import { bonferroniLevel } from './multiple-testing.ts';
import { proportionDetectable, proportionSampleSize } from './two-proportions.ts';

const DEFAULT_LOOKS = 5;

/** The whole plan of an experiment: how many units, how long, when to stop, and what can be seen in two weeks. */
export function planExperiment(given: ExperimentInput): ExperimentPlan {
  const input = { ...given, ...optionsOf(given) };
  const effect = effectOf(given);
  const sequence = sequenceOf(input);
  const factor = factorOf(given);
  const fixed = both(problemOfArms(given) ?? effect, factor, (found, times) => mapAnswer(fixedSample(input, found), (n) => n * times));
  const control = both(fixed, sequence, (n, { inflation }) => finiteAnswer(roundUp(n * inflation)));
  const treatment = both(fixed, sequence, (n, { inflation }) => finiteAnswer(roundUp(n * inflation * input.ratio)));
  const total = both(control, treatment, (n, each) => finiteAnswer(n + (input.arms - 1) * each));
  const expectedTotal = both(total, sequence, (n, { expected, inflation }) => finiteAnswer(roundUp(n * (expected / inflation))));
  const boundaries = both(total, sequence, (n, { looks }) => (looks ? answer(looks.map((look): ExperimentLook => ({ ...look, total: roundUp(n * look.time) }))) : noAnswer(input.method === 'fixed' ? 'There is one look, at the end.' : 'Every moment is a look: the confidence sequence decides.')));
  const duration = given.eligiblePerSecond === undefined ? noAnswer('No traffic is given.') : both(total, answer({ eligiblePerSecond: given.eligiblePerSecond, share: given.share }), durationOf);
  const mdeInTwoWeeks = both(sequence, factor, ({ inflation }, times) => detectableInTwoWeeks(input, inflation * times));
  const guardrails = (given.guardrails ?? []).map((guardrail, index) => guardrailPlan(guardrail, index, input, control.value));
  const answers: Record<ExperimentValue, Answer<unknown>> = { effect, perArm: control, treatment, total, expectedTotal, inflation: sequence, boundaries, duration, mdeInTwoWeeks };
  return {
    method: input.method,
    formula: given.sd === undefined ? (given.formula ?? 'pooled') : (given.meanFormula ?? 't'),
    alpha: input.alpha,
    power: input.power,
    sides: input.sides,
    ratio: input.ratio,
    arms: input.arms,
    effect: effect.value,
    perArm: control.value,
    treatment: treatment.value,
    total: total.value,
    expectedTotal: expectedTotal.value,
    inflation: sequence.value?.inflation ?? null,
    boundaries: boundaries.value,
    duration: duration.value && { seconds: duration.value.seconds, weeks: duration.value.weeks },
    longEnough: longEnough(given, duration.value?.seconds),
    mdeInTwoWeeks: mdeInTwoWeeks.value,
    guardrails,
    warnings: [...warningsOf(given, input, control.value, effect.value), ...(duration.value?.warnings ?? []), ...lengthWarnings(given, duration.value?.seconds), ...guardrails.flatMap(guardrailWarnings)],
    reasons: Object.fromEntries(Object.entries(answers).flatMap(([name, { value, reason }]) => (value === null ? [[name, reason]] : []))),
  };
}

/** Whole units; what is above one by less than the digits of a double is none. */
const roundUp = (units: number): number => Math.ceil(units * (1 - 1e-12));

/** What was left open, settled. */
interface Options {
  readonly method: ExperimentMethod;
  /** Of each comparison. */
  readonly alpha: number;
  readonly power: number;
  readonly sides: 1 | 2;
  readonly ratio: number;
  readonly arms: number;
}

type Settled = ExperimentInput & Options;

function optionsOf({ method, looks, times, alpha = 0.05, power = 0.8, sides = 2, ratio = 1, arms = 2, metrics = 1 }: ExperimentInput): Options {
  const comparisons = Math.max(1, (arms - 1) * metrics);
  return { method: method ?? ((looks ?? times?.length ?? 1) > 1 ? 'obf' : 'fixed'), alpha: bonferroniLevel(alpha, comparisons), power, sides, ratio, arms };
}

function problemOfArms({ arms = 2, metrics = 1 }: ExperimentInput): { readonly value: null; readonly reason: string } | undefined {
  return Number.isInteger(arms) && arms >= 2 && Number.isInteger(metrics) && metrics >= 1 ? undefined : noAnswer('An experiment has two arms or more and one metric or more.');
}

function both<A, B, C>(first: Answer<A>, second: Answer<B>, combine: (first: A, second: B) => Answer<C>): Answer<C> {
  if (first.value === null) return noAnswer(first.reason ?? '');
  return second.value === null ? noAnswer(second.reason ?? '') : combine(first.value, second.value);
}

function effectOf({ baseline, target, lift, difference, sd, delta }: ExperimentInput): Answer<Effect> {
  if (sd !== undefined) return delta === undefined ? noAnswer('No difference of the means is given.') : finiteEffect({ difference: delta, target: null, lift: null });
  if (baseline === undefined) return noAnswer('Neither a baseline nor a standard deviation is given.');
  const end = target ?? (lift === undefined ? undefined : baseline * (1 + lift)) ?? (difference === undefined ? undefined : baseline + difference);
  return end === undefined ? noAnswer('No target is given, nor a lift or a difference.') : finiteEffect(effectTo(baseline, end));
}

const finiteEffect = (effect: Effect): Answer<Effect> => (Number.isFinite(effect.difference) && Number.isFinite(effect.lift ?? 0) ? answer(effect) : noAnswer('Baseline and target must be numbers.'));

const effectTo = (baseline: number, target: number): Effect => ({ difference: target - baseline, target, lift: baseline === 0 ? null : (target - baseline) / baseline });

function fixedSample(input: Settled, { difference, target }: Effect): Answer {
  const { alpha, power, sides, ratio, baseline = 0, sd } = input;
  return sd === undefined ? proportionSampleSize({ baseline, target: target ?? 0, power, alpha, sides, ratio, formula: input.formula }) : meanSampleSize({ sd, delta: difference, power, alpha, sides, ratio, formula: input.meanFormula });
}

/** What covariates save and clusters cost. */
function factorOf({ covariateCorrelation = 0, cluster }: ExperimentInput): Answer {
  return both(varianceReduction(covariateCorrelation), cluster ? designEffect(cluster.size, cluster.correlation) : answer(1), (saved, cost) => answer(saved * cost));
}

/** Samples of a sequence of looks, by that of a test with one. */
interface Sequence {
  readonly inflation: number;
  readonly expected: number;
  readonly looks?: readonly PlannedLook[];
}

const FAMILIES: Readonly<Partial<Record<ExperimentMethod, BoundaryFamily>>> = { obf: 'obrien-fleming', pocock: 'pocock', 'lan-demets-obf': 'lan-demets-obrien-fleming', 'lan-demets-pocock': 'lan-demets-pocock' };

function sequenceOf({ method, alpha, power, sides, looks = DEFAULT_LOOKS, times }: Settled): Answer<Sequence> {
  if (method === 'fixed') return answer({ inflation: 1, expected: 1 });
  if (method === 'msprt') return sides === 1 ? noAnswer('The always-valid test is two-sided.') : mapAnswer(alwaysValidDesign({ alpha, power }), ({ inflation, expectedUnderAlternative }) => ({ inflation, expected: expectedUnderAlternative }));
  return mapAnswer(groupSequentialDesign({ boundary: FAMILIES[method], looks, times, alpha, power, sides }), (design) => ({ inflation: design.inflation, expected: design.expectedUnderAlternative, looks: design.looks }));
}

function detectableInTwoWeeks(input: Settled, factor: number): Answer<Effect> {
  const { alpha, power, sides, ratio, arms, baseline, sd, eligiblePerSecond, share } = input;
  if (eligiblePerSecond === undefined) return noAnswer('No traffic is given.');
  return both(unitsIn(2 * SECONDS_PER_WEEK, { eligiblePerSecond, share }), answer(factor), (units) => {
    const n = units / (1 + (arms - 1) * ratio) / factor;
    if (sd !== undefined) return mapAnswer(meanDetectable({ sd, n, power, alpha, sides, ratio, formula: input.meanFormula }), (difference): Effect => ({ difference, target: null, lift: null }));
    if (baseline === undefined) return noAnswer('Neither a baseline nor a standard deviation is given.');
    const direction = (effectOf(input).value?.difference ?? 1) < 0 ? 'down' : 'up';
    return mapAnswer(proportionDetectable({ baseline, n, power, alpha, sides, ratio, formula: input.formula, direction }), (target) => effectTo(baseline, target));
  });
}

function guardrailPlan(guardrail: Guardrail, index: number, { alpha, power, ratio }: Settled, control: number | null): GuardrailPlan {
  const { value, reason } = guardrailSampleSize({ ...guardrail, alpha, power, ratio });
  const name = guardrail.name ?? `guardrail ${index + 1}`;
  if (value === null) return { name, perArm: null, enough: null, reason };
  return { name, perArm: roundUp(value), enough: control === null ? null : control >= value };
}

const guardrailWarnings = ({ name, perArm, enough }: GuardrailPlan): string[] => (enough === false && perArm !== null ? [`${name} needs ${formatNumber(perArm)} units in each arm to show that it is not harmed.`] : []);

/** Cells of a table in which the normal approximation holds. */
const FEWEST_EXPECTED = 10;

function warningsOf({ alpha = 0.05, looks = 1, baseline, sd }: ExperimentInput, { method, ratio, arms, sides }: Settled, control: number | null, effect: Effect | null): string[] {
  const warnings: string[] = [];
  if (ratio !== 1 && arms === 2) warnings.push(`This split needs about ${splitFactor(ratio).toFixed(2)} times the sample of equal arms.`);
  const peeking = method === 'fixed' && looks > 1 ? falsePositiveRateOfPeeking(looks, alpha).value : null;
  if (peeking !== null) warnings.push(`Stopping at any of ${looks} looks without boundaries finds a difference where there is none in ${percent(peeking)} of the experiments, not ${percent(alpha)}.`);
  if (sides === 1) warnings.push('A one-sided test cannot show that the treatment does harm.');
  if (control !== null && sd === undefined && baseline !== undefined && effect?.target) {
    const rarest = Math.min(...[baseline, effect.target].map((share) => Math.min(share, 1 - share)));
    const expected = control * Math.min(1, ratio) * rarest;
    if (expected < FEWEST_EXPECTED) warnings.push(`An arm expects only ${formatNumber(expected)} of the rarer outcome; below ${FEWEST_EXPECTED} the formula is rough.`);
  }
  return warnings;
}

function longEnough({ length }: ExperimentInput, needed: number | undefined): boolean | null {
  if (length === undefined) return null;
  if (problemOfLength(length) !== undefined) return false;
  return needed === undefined ? null : needed <= length;
}

function lengthWarnings({ length }: ExperimentInput, needed: number | undefined): string[] {
  if (length === undefined) return [];
  const short = problemOfLength(length);
  const late = needed !== undefined && needed > length ? [`The sample is complete after ${formatNumber(needed / 86_400)} days, not after ${formatNumber(length / 86_400)}.`] : [];
  return [...(short === undefined ? [] : [short]), ...late];
}

const percent = (share: number): string => `${formatNumber(share * 100)} %`;
