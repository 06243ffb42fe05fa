import { componentsOf, presenceOf, value } from '../../model/statements.ts';
import type { Architecture, Component } from '../../model/architecture.ts';
import { formatNumber } from '../format.ts';
import type { Context } from '../rule.ts';
import { NOT_DECLARED, type DiligenceAnswer } from './answer.ts';

const SPLITS = { time: 'divided by time', group: 'divided by entity', random: 'divided at random', stratified: 'divided at random within classes' } as const;

/** Judgements on data kept apart, and whether groups are looked at by themselves. */
export function evaluationAnswer({ architecture }: Context): DiligenceAnswer {
  const base = { topic: 'hold-out', question: 'Tested on data kept apart, by group' } as const;
  const offline = componentsOf(architecture, 'evaluation').filter(({ variant }) => variant === undefined || variant === 'offline' || variant === 'backtest');
  const slices = offline.reduce((sum, evaluation) => sum + (value(evaluation, 'segments')?.length ?? 0), 0);
  if (offline.length === 0) return { ...base, answer: NOT_DECLARED, state: 'not declared' };
  const splits = [...new Set(offline.flatMap((evaluation) => splitOf(architecture, evaluation) ?? []))];
  const blocking = offline.every((evaluation) => value(evaluation, 'blocking') === true);
  const reused = offline.some((evaluation) => value(evaluation, 'holdout_reused') === true);
  const how = splits.length > 0 ? `on data ${splits.map((split) => SPLITS[split]).join(' and ')}` : 'how the data was divided is not declared';
  const groups = slices > 0 ? `${formatNumber(slices)} ${slices === 1 ? 'group' : 'groups'} by themselves` : 'groups not declared';
  return { ...base, answer: `Declared: ${how}; ${groups}${blocking ? '; a failure stops the release' : ''}${reused ? '; the same data was used for tuning' : ''}.`, state: splits.length > 0 && slices > 0 && !reused ? 'answered' : 'weak' };
}

/** Of the evaluation itself, else of the training of what it judges. */
function splitOf(architecture: Architecture, evaluation: Component<'evaluation'>): keyof typeof SPLITS | undefined {
  const own = value(evaluation, 'split');
  if (own) return own;
  const judged = new Set(value(evaluation, 'judges') ?? []);
  return componentsOf(architecture, 'training').filter((training) => (value(training, 'produces') ?? []).some((name) => judged.has(name))).flatMap((training) => value(training, 'split') ?? [])[0];
}

/** Tests of fairness. */
export function biasAnswer({ architecture }: Context): DiligenceAnswer {
  const base = { topic: 'bias', question: 'Tested for bias' } as const;
  const evaluations = componentsOf(architecture, 'evaluation');
  const metrics = evaluations.reduce((sum, evaluation) => sum + (value(evaluation, 'fairness')?.length ?? 0), 0);
  if (metrics > 0) return { ...base, answer: `Declared, with ${formatNumber(metrics)} ${metrics === 1 ? 'measure' : 'measures'}; results were not seen.`, state: 'answered' };
  if (evaluations.some((evaluation) => presenceOf(evaluation, 'fairness') === 'absent')) return { ...base, answer: 'No, as declared.', state: 'weak' };
  const people = (value(architecture.system, 'affects') ?? []).includes('people');
  return { ...base, answer: people ? 'Not declared, although decisions touch people.' : NOT_DECLARED, state: 'not declared' };
}
