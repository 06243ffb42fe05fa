import type { Architecture, Component } from '../../../model/architecture.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { askedOnce } from '../../ask-once.ts';
import { plannedInstead } from '../../deployment/planned.ts';
import { sees } from '../../monitoring/signals.ts';
import { basisOf, gap, notApplicable, question, satisfied, weak, type Context, type Criterion, type Outcome } from '../../rule.ts';
import { evidenceOf } from '../../presence.ts';
import { listed } from '../../training/in-house.ts';
import { hasNoEvaluation, isLearnedAndJudged, judgedModels, learnedModels, NO_MODEL, type Evaluation, type Judged } from './judged.ts';

export const tiedToBusiness: Criterion = {
  id: 'EVAL-01',
  slug: 'metrics-serve-the-business',
  title: 'What a model is judged by is tied to what the business wants of it',
  type: 'gap',
  severity: 'medium',
  sources: ['ML Test Score Model 2', 'AWS ML Lens (2023) MLPER-03', 'AWS ML Lens (2023) MLPER-01', 'NIST AI RMF MAP 1.1'],
  why: 'A model can win by its own metric and lose by that of the business. As long as nobody has looked whether the two move together, each release is a guess.',
  remediation: 'Name the metric of the business that the model is for, and show with past releases or an experiment that the offline metric moves with it.',
  effort: 'M',
  falsePositives: 'The tie may be an experiment or a monitor: declare an `experiment` with its `metric`, or `business_metric` and `tracks_business` of the evaluation.',
  applies: ({ architecture }) => (judgedModels(architecture).length === 0 ? NO_MODEL : true),
  *evaluate({ architecture }: Context) {
    const judged = judgedModels(architecture);
    if (hasNoEvaluation(architecture)) {
      const learned = learnedModels(architecture);
      if (learned.length === 0) return yield notApplicable('There is no evaluation at all; of language models LLM-04 says so.');
      const untold = learned.filter((item) => comparedOnUsers(architecture, item) === undefined);
      if (untold.length === 0) return yield satisfied(architecture.system, { because: 'versions are compared on users, by a metric of the business' });
      const names = listed(untold.map(({ model }) => model.name));
      return yield gap(architecture.system, { message: `What ${names} ${untold.length === 1 ? 'is' : 'are'} worth to the business is not known: no evaluation judges by any figure.`, span: architecture.absences.get('evaluation')?.span, impact: 'It is known what the model is worth' });
    }
    const seen = new Set<Evaluation>();
    yield* askedOnce(architecture.system, judged.flatMap((item) => judgeTie(architecture, item, seen)));
  },
};

/** An experiment on its users that says by which metric it decides. */
const comparedOnUsers = (architecture: Architecture, { model, observed }: Pick<Judged, 'model' | 'observed'>): Component<'experiment'> | undefined =>
  componentsOf(architecture, 'experiment').find((experiment) => value(experiment, 'metric') !== undefined && (experiment.subject === undefined || experiment.subject === model.name || observed?.names.has(experiment.subject)));

function judgeTie(architecture: Architecture, { model, observed, evaluations }: Judged, seen: Set<Evaluation>): Outcome[] {
  const measured = comparedOnUsers(architecture, { model, observed });
  if (measured) return [satisfied(model, { because: `${measured.name} compares versions by ${value(measured, 'metric') ?? 'a metric of the business'}` })];
  const [first] = evaluations;
  if (!first) return [question(model, undefined, `What judges ${model.name} before it is used, and by which metric of the business?`)];
  const named = evaluations.find((evaluation) => value(evaluation, 'business_metric') !== undefined);
  const subject = named ?? evaluations.find((evaluation) => presenceOf(evaluation, 'business_metric') === 'absent') ?? first;
  if (seen.has(subject)) return [];
  seen.add(subject);
  if (!named) return [untied(subject)];
  const metric = value(named, 'business_metric') ?? '';
  const evidence = evidenceOf(statementOf(named, 'business_metric'));
  const watched = observed?.monitors.find((monitor) => sees(monitor, 'business'));
  if (presenceOf(named, 'tracks_business') === 'absent') {
    return [weak(named, { at: statementOf(named, 'tracks_business') ? 'tracks_business' : 'business_metric', message: `${named.name} names ${metric} as what the business looks at, but nobody has shown that its metrics move with it.`, changes: [{ op: 'set', subject: named.name, property: 'tracks_business', value: true }] })];
  }
  if (presenceOf(named, 'tracks_business') === 'present') return [satisfied(named, { evidence: evidenceOf(statementOf(named, 'tracks_business')) })];
  if (basisOf(evidence) !== 'declared') return [satisfied(named, { evidence })];
  if (watched) return [satisfied(named, { because: `${watched.name} shows ${metric} in production` })];
  return [{ ...question(named, 'tracks_business', `Has anybody shown that the metrics of ${named.name} move with ${metric}, by past releases or an experiment?`), statedUnknown: presenceOf(named, 'tracks_business') === 'unknown' }];
}

function untied(evaluation: Evaluation): Outcome {
  const presence = presenceOf(evaluation, 'business_metric');
  const metrics = value(evaluation, 'metrics') ?? [];
  if (presence === 'absent') return gap(evaluation, { at: statementOf(evaluation, 'business_metric') ? 'business_metric' : undefined, message: `${evaluation.name} judges by ${metrics.length > 0 ? listed(metrics) : 'metrics of its own'}; which metric of the business that stands for is not known.` });
  const planned = plannedInstead(evaluation, 'business_metric', { message: `${evaluation.name} judges by ${metrics.length > 0 ? listed(metrics) : 'metrics of its own'}, which stand for no metric of the business yet.` });
  return planned ?? { ...question(evaluation, 'business_metric', `Which metric of the business does ${evaluation.name} stand for, and do the two move together?`), statedUnknown: presence === 'unknown' };
}

export const baselineCompared: Criterion = {
  id: 'EVAL-02',
  slug: 'beats-a-simple-solution',
  title: 'A model is compared with a simple solution of the same task',
  type: 'gap',
  severity: 'low',
  pack: 'evaluation',
  sources: ['ML Test Score Model 5', 'Rules of ML 14', 'AWS ML Lens (2023) MLCOST-03'],
  why: 'A figure by itself says little: a rule of thumb may reach nearly the same, at no cost and with nothing that can drift.',
  remediation: 'Judge the simplest thing that could do the task (the last value, the most frequent class, a rule) by the same metrics, once for each larger change.',
  effort: 'S',
  falsePositives: 'The comparison may be in a notebook of the first version. Name the simple solution as `baseline` of the evaluation.',
  applies: isLearnedAndJudged,
  *evaluate({ architecture }: Context) {
    const open: Judged[] = [];
    for (const judged of learnedModels(architecture).filter(({ model }) => model.variant !== 'vendor' && model.variant !== 'open')) {
      const { model, offline } = judged;
      const compared = offline.find((evaluation) => value(evaluation, 'baseline') !== undefined || value(evaluation, 'compares_to') === 'baseline');
      const denied = offline.find(comparesWithNothingSimple);
      if (compared) yield satisfied(model, { because: `${compared.name} compares it with ${value(compared, 'baseline') ?? 'a simple solution'}`, evidence: evidenceOf(statementOf(compared, 'baseline') ?? statementOf(compared, 'compares_to')) });
      else if (denied) yield gap(denied, { about: model.name, at: ['baseline', 'compares_to'].find((property) => statementOf(denied, property)), message: `${denied.name} compares ${model.name} with no simple solution, so nobody can say what the model adds.` });
      // Whether anything judges it at all is asked by EVAL-01.
      else if (offline.length > 0) open.push(judged);
    }
    const [first] = open[0]?.offline ?? [];
    if (first) yield question(first, 'baseline', `With which simple solution ${open.length === 1 ? 'was' : 'were'} ${listed(open.map(({ model }) => model.name))} compared, if any?`);
  },
};

function comparesWithNothingSimple(evaluation: Evaluation): boolean {
  const baseline = presenceOf(evaluation, 'baseline');
  if (baseline === 'absent') return true;
  return baseline === 'undeclared' && (presenceOf(evaluation, 'compares_to') === 'absent' || value(evaluation, 'compares_to') === 'none_needed');
}
