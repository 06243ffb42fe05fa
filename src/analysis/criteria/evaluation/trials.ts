import type { Architecture, Component } from '../../../model/architecture.ts';
import { coneOf, feedsTraining, trainingsOf } from '../../../model/graph/cones.ts';
import { edgesOf } from '../../../model/graph/edges.ts';
import { presenceOf, statementOf, value } from '../../../model/statements.ts';
import { askedOnce } from '../../ask-once.ts';
import { pastExamples } from '../../data/time-facts.ts';
import { plannedInstead } from '../../deployment/planned.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, notApplicable, question, satisfied, weak, type Context, type Criterion, type Outcome } from '../../rule.ts';
import { standingOf } from '../../severity.ts';
import { listed } from '../../training/in-house.ts';
import { fewQuestions } from '../few-questions.ts';
import { hasNoEvaluation, isJudged, isLearnedAndJudged, judgedModels, learnedModels, type Evaluation, type Judged } from './judged.ts';

export const holdoutHygiene: Criterion = {
  id: 'EVAL-07',
  slug: 'holdout-is-unseen',
  title: 'What a model is judged with was seen neither by the model nor by those who chose it',
  type: 'weak',
  severity: 'medium',
  failureMode: 'leakage',
  sources: ['AWS ML Lens (2023) MLREL-08', 'NIST AI RMF MEASURE 2.1', 'Rules of ML 33'],
  why: 'A hold-out that helped to choose settings, or that shares rows with the training data, measures memory. The figure is better than what users will get, and nobody sees by how much.',
  remediation: 'Divide first, then clean repeats across the division, choose settings on a third part, and use the hold-out once for each release.',
  effort: 'S',
  falsePositives: 'The division may be done elsewhere: declare `split`, `overlap_checked` and `holdout_reused no` of the evaluation.',
  applies: isLearnedAndJudged,
  *evaluate({ architecture }: Context) {
    const seen = new Set<Evaluation>();
    const asked = new Set<Component>();
    const ofAll = (names: string): string => `Is what ${names} are judged with unseen: kept out of training (\`overlap_checked\`), and not used to choose settings (\`holdout_reused no\`)?`;
    yield* fewQuestions(architecture.system, learnedModels(architecture).flatMap((judged) => judgeHoldout(architecture, judged, seen, asked)), ofAll);
  },
};

function judgeHoldout(architecture: Architecture, { model, offline }: Judged, seen: Set<Evaluation>, asked: Set<Component>): Outcome[] {
  const trainings = trainingsOf(architecture, model);
  if (trainings.length === 0) return [];
  return offline.filter((evaluation) => !seen.has(evaluation) && evaluation.variant !== 'human' && evaluation.variant !== 'red_team').flatMap((evaluation): Outcome[] => {
    seen.add(evaluation);
    const { cleaned, split } = divisionOf(architecture, evaluation, trainings);
    const faults: Outcome[] = [];
    if (value(evaluation, 'holdout_reused') === true) {
      faults.push(weak(evaluation, { about: 'reused', severity: 'high', at: 'holdout_reused', message: `The hold-out of ${evaluation.name} also served to choose settings: its figures are those of a training set.`, changes: [{ op: 'set', subject: evaluation.name, property: 'holdout_reused', value: false }] }));
    }
    if (presenceOf(evaluation, 'overlap_checked') === 'absent' && !cleaned) {
      faults.push(weak(evaluation, { about: 'overlap', at: statementOf(evaluation, 'overlap_checked') ? 'overlap_checked' : undefined, message: `Nothing keeps what ${listed(trainings.map(({ name }) => name))} learned from out of the hold-out of ${evaluation.name}.`, changes: [{ op: 'set', subject: evaluation.name, property: 'overlap_checked', value: true }] }));
    }
    if (split === 'none') faults.push(gap(evaluation, { about: 'split', severity: 'high', message: `${evaluation.name} judges ${model.name} with what it learned from: nothing is set aside.`, changes: [{ op: 'set', subject: evaluation.name, property: 'split', value: isTemporal(architecture, trainings) ? 'time' : 'group' }] }));
    if (faults.length > 0) return faults;
    const settled = presenceOf(evaluation, 'holdout_reused') === 'absent' && (cleaned || presenceOf(evaluation, 'overlap_checked') === 'present');
    if (settled) return [satisfied(evaluation, { because: 'the hold-out is used once, and repeats are kept out of it', evidence: evidenceOf(statementOf(evaluation, 'overlap_checked')) })];
    // A division by time keeps repeats apart by itself.
    const byTime = split === 'time' || evaluation.variant === 'backtest';
    if (byTime && presenceOf(evaluation, 'holdout_reused') === 'absent') return [satisfied(evaluation, { because: 'it judges on later days, which served for nothing else' })];
    if (asked.has(model)) return [];
    asked.add(model);
    if (byTime) return [question(evaluation, 'holdout_reused', `Do the later days on which ${evaluation.name} judges also serve to choose settings of ${model.name}?`, model.name)];
    const divided = split === undefined && !isTemporal(architecture, trainings) ? ' And how is it set aside (`split`)?' : '';
    return [question(evaluation, 'holdout_reused', `Is what ${evaluation.name} judges ${model.name} with unseen: kept out of training (\`overlap_checked\`), and not used to choose settings (\`holdout_reused no\`)?${divided}`, model.name)];
  });
}

/** Then how they are divided is judged and asked by ML06.5. */
const isTemporal = (architecture: Architecture, trainings: readonly Component<'training'>[]): boolean => pastExamples(architecture).some((past) => trainings.includes(past.training) && (past.temporal === 'declared' || past.temporal === 'likely'));

/** How hold-out and training data are divided, and what looks for the same examples in both. */
function divisionOf(architecture: Architecture, evaluation: Evaluation, trainings: readonly Component<'training'>[]): { readonly cleaned: boolean; readonly split?: string } {
  const { names } = coneOf(edgesOf(architecture), [evaluation.name, ...trainings.map(({ name }) => name)], feedsTraining);
  const members = [...names].flatMap((name) => architecture.components.get(name) ?? []);
  const cleaned = members.some((member) => member.kind === 'validation' && (value(member as Component<'validation'>, 'checks') ?? []).some((check) => check === 'leakage' || check === 'duplicates'));
  const places = [evaluation, ...trainings, ...members.filter((member) => member.kind === 'dataset')];
  const split = places.map((place) => value(place as Evaluation, 'split')).find((kind) => kind !== undefined);
  const denied = split === undefined && places.some((place) => statementOf(place, 'split')?.state === 'none');
  return { cleaned, split: denied ? 'none' : split };
}

/** Stress tests of what a model answers, as opposed to how fast. */
const STRESS: ReadonlySet<string> = new Set(['edge_cases', 'adversarial', 'known_failures']);

export const stressTested: Criterion = {
  id: 'EVAL-08',
  slug: 'tried-under-stress',
  title: 'Where much is at stake, a model is tried on rare cases and on what went wrong before',
  type: 'gap',
  severity: 'medium',
  pack: 'evaluation',
  sources: ['NIST AI RMF MEASURE 2.6', 'EU AI Act Article 15', 'AWS Agentic AI Lens AGENTOPS06-BP01'],
  why: 'Held-out data has as few rare cases as training had. What hurts most, a case that is odd or was wrong before, hardly moves a mean.',
  remediation: 'Keep a set of rare and formerly wrong cases, add each incident to it, and let it decide on a release.',
  effort: 'S',
  falsePositives: 'Tests of behaviour may be part of the evaluation: declare its `robustness`, or an `evaluation : red_team`.',
  applies: (context) => (standingOf(context.architecture).criticality >= 2 ? isJudged(context) : 'Asked of systems of high criticality.'),
  *evaluate({ architecture }: Context) {
    const outcomes = judgedModels(architecture).map(({ model, evaluations }): Outcome => {
      const stressed = evaluations.find((evaluation) => evaluation.variant === 'red_team' || value(evaluation, 'robustness')?.some((test) => STRESS.has(test)));
      if (stressed) return satisfied(model, { because: stressed.variant === 'red_team' ? `${stressed.name} attacks it` : `${stressed.name} tries ${listed((value(stressed, 'robustness') ?? []).map((test) => test.replace('_', ' ')))}`, evidence: evidenceOf(statementOf(stressed, 'robustness')) });
      const [first] = evaluations;
      if (!first) return notApplicable(`What judges ${model.name} is not declared; EVAL-01 asks for it.`, model);
      const stating = evaluations.find((evaluation) => statementOf(evaluation, 'robustness')) ?? first;
      const loadOnly = value(stating, 'robustness') !== undefined;
      if (loadOnly || evaluations.every((evaluation) => presenceOf(evaluation, 'robustness') === 'absent')) {
        const message = loadOnly ? `${stating.name} tries ${model.name} under load only, and on no rare or formerly wrong case.` : `Nothing tries ${model.name} on rare cases or on what went wrong before.`;
        const changes = [{ op: 'set' as const, subject: stating.name, property: 'robustness', value: [...(value(stating, 'robustness') ?? []), 'edge_cases', 'known_failures'] }];
        const details = { about: model.name, at: statementOf(stating, 'robustness') ? 'robustness' : undefined, message, changes };
        return loadOnly ? weak(stating, details) : gap(stating, details);
      }
      const planned = plannedInstead(stating, 'robustness', { about: model.name, message: `Nothing tries ${model.name} on rare or formerly wrong cases yet.` });
      return planned ?? { ...question(stating, 'robustness', `Is ${model.name} tried on rare cases and on what went wrong before, and does that decide on a release?`, model.name), statedUnknown: presenceOf(stating, 'robustness') === 'unknown' };
    });
    yield* fewQuestions(architecture.system, outcomes, (names) => `Are ${names} tried on rare cases and on what went wrong before? Declare \`robustness\` of what judges each.`);
  },
};

export const vendorValidated: Criterion = {
  id: 'EVAL-10',
  slug: 'bought-models-judged-here',
  title: 'A model that is bought or downloaded is judged on data of its own place of use',
  type: 'gap',
  severity: 'high',
  pack: 'evaluation',
  sources: ['NIST AI RMF MEASURE 1.3', 'NIST AI RMF MANAGE 3.2', 'ISO/IEC 42001 A.10.3', 'AWS ML Lens (2023) MLREL-08'],
  why: 'The figures of a vendor hold for the people, devices and habits that the vendor measured on. Elsewhere the same model can be little better than chance, and alerts then drown those who must answer them.',
  remediation: 'Judge it on cases of your own, with your own truth, before it decides anything, and again when the vendor changes it.',
  effort: 'M',
  falsePositives: 'If it was judged here, declare the `evaluation` that did, with `done_by team` or `independent`.',
  applies: ({ architecture }) => (bought(architecture).length > 0 ? true : 'No bought or published model decides here; of language models, their own criteria ask.'),
  *evaluate({ architecture }: Context) {
    yield* askedOnce(architecture.system, bought(architecture).map(({ model, evaluations }) => judgeBought(architecture, model, evaluations)));
  },
};

/** Models of others that classify, rank or estimate. What writes text is judged by what the application makes of it. */
const bought = (architecture: Architecture): Judged[] => learnedModels(architecture).filter(({ model }) => (model.variant === 'vendor' || model.variant === 'open') && value(model, 'task') !== 'transcription');

function judgeBought(architecture: Architecture, model: Component<'model'>, evaluations: readonly Evaluation[]): Outcome {
  const own = evaluations.find((evaluation) => value(evaluation, 'done_by') !== 'vendor');
  if (own) return satisfied(model, { because: `${own.name} judges it here`, evidence: evidenceOf(statementOf(own, 'done_by') ?? statementOf(own, 'metrics')) });
  const [theirs] = evaluations;
  if (theirs) return weak(theirs, { about: model.name, at: 'done_by', message: `What is known of ${model.name} is what its vendor measured (${theirs.name}); nobody has judged it on cases of this place.` });
  const message = `${model.name} comes from elsewhere, and nobody has judged it on cases of this place.`;
  return hasNoEvaluation(architecture) ? gap(model, { message, impact: 'It is known how good the model is here' }) : question(model, undefined, `Was ${model.name} judged on cases of your own before it was used, and by whom?`);
}


