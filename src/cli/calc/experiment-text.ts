import type { Effect, ExperimentInput, ExperimentPlan } from '../../analysis/experiments/experiment-plan.ts';
import { formatDuration, formatNumber } from '../../analysis/format.ts';
import type { paint } from '../paint.ts';
import type { CountedSplit } from './sample-ratio.ts';

type Palette = ReturnType<typeof paint>;

const METHODS: Readonly<Record<ExperimentPlan['method'], string>> = { fixed: 'one look at the end', obf: 'O’Brien and Fleming', pocock: 'Pocock', 'lan-demets-obf': 'Lan and DeMets, spent as by O’Brien and Fleming', 'lan-demets-pocock': 'Lan and DeMets, spent as by Pocock', msprt: 'always valid (mSPRT)' };

/** The plan for a person at a terminal. */
export function planText(input: ExperimentInput, plan: ExperimentPlan, palette: Palette): string {
  const { bold, dim, yellow } = palette;
  const row = (label: string, text: string): string => `${bold(label.padEnd(12))}${text}`;
  const lines = [
    row('test', `${plan.effect ? effectText(input, plan.effect) : `from ${percent(input.baseline ?? 0)}`} ${dim(`(${percent(plan.power)} power, ${percent(plan.alpha)} ${plan.sides === 2 ? 'two-sided' : 'one-sided'}, ${METHODS[plan.method]}, ${plan.formula})`)}`),
    ...(plan.perArm === null ? [] : [row('sample', sampleText(plan))]),
    ...(plan.expectedTotal !== null && plan.expectedTotal !== plan.total ? [row('on average', `${formatNumber(plan.expectedTotal)} in all, if the difference is there`)] : []),
    ...(plan.duration ? [row('duration', `${plan.duration.weeks} ${plan.duration.weeks === 1 ? 'week' : 'weeks'} ${dim(`(the sample is complete after ${formatDuration(plan.duration.seconds)})`)}`)] : []),
    ...(plan.mdeInTwoWeeks ? [row('two weeks', `show ${effectText(input, plan.mdeInTwoWeeks)}`)] : []),
    ...plan.guardrails.map(({ name, perArm, enough, reason }) => row(name, perArm === null ? (reason ?? '') : `${formatNumber(perArm)} in each arm${enough === false ? ', more than there are' : ''}`)),
    ...(plan.boundaries ? ['', dim('look      units     stop at z    p of the look    error spent    found by then'), ...plan.boundaries.map((look, index) => boundaryText(look, index))] : []),
    ...plan.warnings.map((warning) => yellow(`! ${warning}`)),
  ];
  return `${lines.join('\n')}\n`;
}

function sampleText({ perArm, treatment, total, arms, inflation }: ExperimentPlan): string {
  const [control, each] = [formatNumber(perArm ?? 0), formatNumber(treatment ?? 0)];
  const split = perArm === treatment ? `${control} in each arm` : `${control} in the control arm, ${each} in ${arms > 2 ? 'each of the others' : 'the other'}`;
  const cost = inflation !== null && inflation > 1 ? `; at most, ${formatNumber(inflation)} times that of one look` : '';
  return `${split}, ${formatNumber(total ?? 0)} in all${cost}`;
}

function boundaryText({ total, z, p, spent, power }: NonNullable<ExperimentPlan['boundaries']>[number], index: number): string {
  return `${String(index + 1).padStart(4)} ${formatNumber(total).padStart(10)} ${z.toFixed(4).padStart(13)} ${p.toPrecision(3).padStart(16)} ${spent.toPrecision(3).padStart(14)} ${percent(power).padStart(16)}`;
}

function effectText({ baseline }: ExperimentInput, { difference, target, lift }: Effect): string {
  if (target === null || baseline === undefined) return `a difference of ${formatNumber(difference)}`;
  const change = lift === null ? '' : ` (${difference < 0 ? '−' : '+'}${percent(Math.abs(lift))})`;
  return `${percent(baseline)} against ${percent(target)}${change}`;
}

/** The counts of the arms beside what they should be. */
export function ratioText({ counts, expected, p, mismatch }: CountedSplit, { bold, green, red }: Palette): string {
  const verdict = mismatch ? red('a sample ratio mismatch: do not read the results before its cause is known') : green('no sample ratio mismatch');
  const arms = counts.map((count, index) => `${formatNumber(count)} of ${formatNumber(expected[index] ?? 0)}`);
  return `${bold('arms'.padEnd(12))}${arms.join(', ')} expected\n${bold('p'.padEnd(12))}${p.toPrecision(4)}: ${verdict}\n`;
}

const percent = (share: number): string => `${formatNumber(share * 100)} %`;
