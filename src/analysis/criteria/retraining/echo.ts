import type { Architecture, Component } from '../../../model/architecture.ts';
import { feedbackCycle } from '../../../model/graph/cycles.ts';
import { namesAlong } from '../../../model/graph/paths.ts';
import { quantityOf } from '../../../model/quantity.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { plannedInstead } from '../../deployment/planned.ts';
import { hopsOf } from '../../hops.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, notApplicable, question, satisfied, type Context, type Criterion, type Outcome } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';
import { fewQuestions } from '../few-questions.ts';
import { retrainedModels, retrains, type Retrained } from './retrained.ts';

export const echoBroken: Criterion = {
  id: 'LOOP-04',
  slug: 'echo-is-broken',
  title: 'A model that learns from what its own answers caused takes its influence out',
  type: 'gap',
  severity: 'high',
  pack: 'retraining',
  sources: ['Hidden technical debt (Sculley 2015): feedback loops', 'EU AI Act Article 15(4)', 'Rules of ML 36', 'AWS ML Lens (2023) MLOE-08'],
  why: 'What the model priced, sent or put first becomes the example of what is right. Each version confirms the one before and is surer of it, and the figures get better all the while.',
  remediation: 'Leave a share of cases to chance or to a group without the model, or correct for position and for what was chosen before the next training.',
  effort: 'M',
  falsePositives: 'A correction may be in the training code: declare `corrects_for` of the training, or `exploration` of the model.',
  applies: retrains,
  *evaluate({ architecture }: Context) {
    const outcomes = retrainedModels(architecture).map((retrained) => judge(architecture, retrained));
    yield* fewQuestions(architecture.system, outcomes, (names) => `What ${names} say comes back into their training data. What takes their own influence out? Declare \`corrects_for\` of the trainings, or \`exploration\` of the models.`);
  },
};

/** Actions that hide the outcome: whether truth is still seen there is decided by ML15.3. */
const HIDES: ReadonlySet<string> = new Set(['block', 'decline', 'approve', 'rank']);

function judge(architecture: Architecture, { model, trainings }: Retrained): Outcome {
  const cycle = feedbackCycle(architecture, model);
  if (!cycle) return notApplicable(`Nothing that ${model.name} says is declared to come back into its training data.`, model);
  const correcting = trainings.find((training) => presenceOf(training, 'corrects_for') === 'present');
  if (correcting) return satisfied(model, { because: `${correcting.name} corrects for ${listed((value(correcting, 'corrects_for') ?? []).map((word) => word.replace('_', ' ')))}`, evidence: evidenceOf(statementOf(correcting, 'corrects_for')) });
  const exploration = value(model, 'exploration');
  if (exploration && (exploration.method === 'counterfactual' || exploration.share?.high !== 0)) return satisfied(model, { because: 'on some traffic it does not act', evidence: evidenceOf(statementOf(model, 'exploration')) });
  const estimate = componentsOf(architecture, 'evaluation').find((evaluation) => value(evaluation, 'counterfactual') === true && (value(evaluation, 'judges')?.includes(model.name) ?? true));
  if (estimate) return satisfied(model, { because: `${estimate.name} estimates what would have happened` });
  const action = value(model, 'action');
  if (HIDES.has(action ?? '')) return notApplicable(`What ${model.name} hides from its own training is judged by ML15.3.`, model);
  const truth = namesAlong(cycle).flatMap((name) => architecture.components.get(name) ?? []).filter((component): component is Component<'labels'> => component.kind === 'labels');
  if (truth.length > 0 && truth.every((labels) => value(labels, 'kind') === 'human')) return notApplicable('People label the cases, whatever the model said of them.', model);
  const [training] = trainings;
  if (!training) return notApplicable('No training is declared.', model);
  const denied = trainings.every((item) => presenceOf(item, 'corrects_for') === 'absent') && presenceOf(model, 'exploration') !== 'undeclared' && presenceOf(model, 'exploration') !== 'unknown';
  const names = namesAlong(cycle);
  const through = names.slice(1, names.findIndex((name) => trainings.some((item) => item.name === name)));
  const way = `${cycle[0]?.from ?? ''}${through.length > 0 ? ` through ${listed(through)}` : ''}`;
  if (denied || (action === 'inform' && trainings.every((item) => presenceOf(item, 'corrects_for') === 'absent'))) {
    return gap(model, {
      path: hopsOf(cycle),
      message: `${training.name} learns from what ${model.name} itself caused (${way}), and nothing takes that influence out.`,
      changes: [{ op: 'set', subject: model.name, property: 'exploration', value: { share: quantityOf(1, '%', 'ratio'), method: 'random' } }],
      impact: 'The model gets better, and not only more certain',
    });
  }
  const planned = plannedInstead(training, 'corrects_for', { about: model.name, path: hopsOf(cycle), message: `${training.name} learns from what ${model.name} itself caused (${way}).` });
  return planned ?? { ...question(training, 'corrects_for', `What ${model.name} says comes back to ${training.name} (${way}). What takes its own influence out: a share left to chance, a correction for position or for what was chosen?`, model.name), statedUnknown: presenceOf(training, 'corrects_for') === 'unknown' };
}
