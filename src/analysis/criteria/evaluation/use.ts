import { trainingsOf } from '../../../model/graph/cones.ts';
import type { Architecture, Component } from '../../../model/architecture.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { askedOnce } from '../../ask-once.ts';
import { plannedInstead } from '../../deployment/planned.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, notApplicable, question, satisfied, type Context, type Criterion, type Outcome } from '../../rule.ts';
import { inHouseModels, listed } from '../../training/in-house.ts';
import { startsByItself } from '../retraining/starts.ts';
import { learnedModels, NO_MODEL, type Judged, type Model } from './judged.ts';

export const stalenessKnown: Criterion = {
  id: 'EVAL-09',
  slug: 'staleness-is-known',
  title: 'Where a model is not trained again by itself, it is known what its age costs',
  type: 'gap',
  severity: 'low',
  pack: 'evaluation',
  sources: ['ML Test Score Model 4', 'Rules of ML 8', 'AWS ML Lens (2023) MLPER-15'],
  why: 'Without a figure for what a month costs, retraining is done when somebody thinks of it, and nobody can say whether that is too late or too often.',
  remediation: 'Judge versions of different age on the same recent data; the slope says how often to train.',
  effort: 'S',
  falsePositives: 'A world that does not change needs no retraining: say what was found as `staleness` of the model.',
  applies: ({ architecture }) => (inHouseModels(architecture).length > 0 ? true : 'Nothing is trained in-house.'),
  *evaluate({ architecture }: Context) {
    yield* askedOnce(architecture.system, learnedModels(architecture).filter(({ model }) => inHouseModels(architecture).includes(model)).map(({ model }) => judgeStaleness(architecture, model)));
  },
};

function judgeStaleness(architecture: Architecture, model: Model): Outcome {
  const presence = presenceOf(model, 'staleness');
  if (presence === 'present') return satisfied(model, { evidence: evidenceOf(statementOf(model, 'staleness')) });
  const trainings = trainingsOf(architecture, model);
  const by = trainings.find((training) => startsByItself(architecture, training) !== undefined);
  if (by) return notApplicable(`${by.name} runs by itself.`, model);
  if (presence === 'absent') return gap(model, { at: statementOf(model, 'staleness') ? 'staleness' : undefined, message: `Nobody knows how fast ${model.name} gets worse, and nothing trains it again by itself.` });
  const frozen = value(model, 'retrained') === false || (trainings.length > 0 && trainings.every((training) => training.variant === 'manual' || (value(training, 'trigger') ?? []).length > 0));
  const planned = plannedInstead(model, 'staleness', { message: `Nobody knows yet how fast ${model.name} gets worse.` });
  if (planned) return planned;
  // How often it is trained again is asked by ML14.6; the cost of its age matters where that is seldom.
  if (!frozen && presence !== 'unknown') return notApplicable(`Whether ${model.name} is trained again by itself is not declared.`, model);
  return { ...question(model, 'staleness', `How fast does ${model.name} get worse with age, judged on recent data?`), statedUnknown: presence === 'unknown' };
}

/** Actions that move money or goods by the size of an estimate. */
const BY_AMOUNT: ReadonlySet<string> = new Set(['price', 'allocate', 'act']);
const AMOUNTS: ReadonlySet<string> = new Set(['regression', 'forecasting']);

export const actionBounded: Criterion = {
  id: 'EVAL-12',
  slug: 'action-is-bounded',
  title: 'What an estimate can cause is limited by how sure it is, by a cap or by a person',
  type: 'gap',
  severity: 'high',
  pack: 'evaluation',
  sources: ['NIST AI RMF MANAGE 2.4', 'NIST AI RMF MEASURE 2.3', 'EU AI Act Article 14(4)', 'AWS ML Lens (2023) MLPER-18'],
  why: 'An estimate is wrong by some amount each time. Where it buys, prices or allocates without a limit, one bad month of the model is a loss of the same size, and truth comes later than the orders.',
  remediation: 'Let the action follow the uncertain end of the estimate, cap what one decision and one day can move, and put a person above the cap.',
  effort: 'M',
  falsePositives: 'The limit may be in the application: declare `bounded_by` of the model, or that people decide (`decisions human_reviewed`).',
  applies: ({ architecture }) => {
    if (learnedModels(architecture).length === 0) return NO_MODEL;
    const decisions = value(architecture.system, 'decisions');
    return decisions === 'human_reviewed' || decisions === 'informational' ? 'People decide with what it says.' : true;
  },
  *evaluate({ architecture }: Context) {
    const amounts = learnedModels(architecture).filter(actsByAmount);
    if (amounts.length === 0) return yield notApplicable('No model is declared whose estimate prices, allocates or buys.');
    yield* askedOnce(architecture.system, amounts.map(({ model, observed }) => judgeBound(architecture, model, observed?.service)));
  },
};

function actsByAmount({ model }: Judged): boolean {
  const task = value(model, 'task');
  return BY_AMOUNT.has(value(model, 'action') ?? '') && (task === undefined || AMOUNTS.has(task));
}

function judgeBound(architecture: Architecture, model: Model, service: Component<'service'> | undefined): Outcome {
  const presence = presenceOf(model, 'bounded_by');
  if (presence === 'present') return satisfied(model, { because: `limited by ${listed((value(model, 'bounded_by') ?? []).map((word) => BOUNDS[word] ?? word))}`, evidence: evidenceOf(statementOf(model, 'bounded_by')) });
  const automated = value(architecture.system, 'decisions') === 'automated';
  const does = DOES[value(model, 'action') ?? ''] ?? 'acts';
  if (presence === 'absent' && automated) {
    const rules = componentsOf(architecture, 'artefact').find((artefact) => artefact.variant === 'rules' && service !== undefined && value(artefact, 'read_by')?.includes(service.name));
    return gap(model, {
      at: statementOf(model, 'bounded_by') ? 'bounded_by' : undefined,
      mitigated: rules !== undefined,
      message: `${model.name} ${does} by a single figure, and nothing limits what that can cause: no interval, no cap, no person.`,
      changes: [{ op: 'set', subject: model.name, property: 'bounded_by', value: ['interval', 'cap'] }],
      impact: 'A bad estimate costs little',
    });
  }
  const planned = plannedInstead(model, 'bounded_by', { message: `${model.name} ${does} by a single figure, and nothing limits yet what that can cause.` });
  return planned ?? { ...question(model, 'bounded_by', `What limits what ${model.name} can cause when it is wrong: the uncertainty of its estimate, a cap, a person above a limit?`), statedUnknown: presence === 'unknown' };
}

const DOES: Readonly<Record<string, string>> = { price: 'sets prices', allocate: 'allocates', act: 'acts' };
const BOUNDS: Readonly<Record<string, string>> = { interval: 'the uncertainty of the estimate', cap: 'a cap', human: 'a person', rules: 'rules', abstain: 'doing nothing when unsure' };
