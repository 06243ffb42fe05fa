import type { Architecture } from '../../../model/architecture.ts';
import { quantityOf } from '../../../model/quantity.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { askedOnce } from '../../ask-once.ts';
import { isValidationClosed } from '../../data/gates.ts';
import { plannedInstead } from '../../deployment/planned.ts';
import { noneExists } from '../../monitoring/absence.ts';
import { driftClassOf } from '../../checks/ml14/drift-classes.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, notApplicable, question, satisfied, weak, type Context, type Criterion, type Outcome } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';
import { retrainedModels, retrains, type Training } from './retrained.ts';
import { signalOf, startsByHand, startsByItself } from './starts.ts';

const LITTLE: ReadonlySet<string> = new Set(['low', 'very low']);

export const retrainingStarts: Criterion = {
  id: 'LOOP-01',
  slug: 'retraining-has-trigger-and-owner',
  title: 'Something starts the retraining of a model whose world changes, and somebody answers for it',
  type: 'gap',
  severity: 'medium',
  sources: ['AWS ML Lens (2023) MLPER-16', 'AWS ML Lens (2023) MLOE-04', 'Rules of ML 8', 'ISO/IEC 42001 A.6.2.6'],
  why: 'What depends on somebody thinking of it is not done when that person is busy or gone, and the model ages without anybody having decided so.',
  remediation: 'Let the clock or a fall in quality start the training, and name the team that answers for what comes out.',
  effort: 'M',
  falsePositives: 'A workflow outside the file may start it: declare `trigger` and `owner` of the training. A world that hardly changes: `drift low` of the model.',
  applies: (context) => (value(context.architecture.system, 'stage') === 'prototype' ? 'It is a prototype.' : retrains(context)),
  *evaluate({ architecture }: Context) {
    const moving = retrainedModels(architecture).filter(({ model }) => !LITTLE.has(driftClassOf(model)?.name ?? ''));
    if (moving.length === 0) return yield notApplicable('The world of its models hardly changes.');
    const byHand = new Map<Training, string[]>();
    const judged = new Set<Training>();
    for (const { model, trainings } of moving) {
      if (trainings.some((training) => startsByItself(architecture, training) !== undefined)) {
        for (const training of trainings) if (!judged.has(training)) yield* judgeOwner(architecture, training);
      } else {
        for (const training of trainings) if (isUnstarted(architecture, training)) byHand.set(training, [...(byHand.get(training) ?? []), model.name]);
      }
      for (const training of trainings) judged.add(training);
    }
    if (byHand.size > 0) yield startedByNobody(architecture, byHand);
  },
};

const isUnstarted = (architecture: Architecture, training: Training): boolean => startsByHand(architecture, training) || presenceOf(training, 'trigger') === 'absent' || presenceOf(training, 'trigger') === 'planned';

const ownerOf = (architecture: Architecture, training: Training): string | undefined => value(training, 'team')?.[0] ?? value(training, 'owner') ?? value(architecture.system, 'owner');

function startOf(architecture: Architecture, training: Training): string {
  const start = startsByItself(architecture, training) ?? 'itself';
  return start.startsWith('it ') ? start : `started by ${start}`;
}

function* judgeOwner(architecture: Architecture, training: Training): Iterable<Outcome> {
  const owner = ownerOf(architecture, training);
  if (owner !== undefined) yield satisfied(training, { because: `${startOf(architecture, training)}, and ${owner} answers for it`, evidence: evidenceOf(statementOf(training, 'trigger')) });
  else if (presenceOf(training, 'team') === 'absent') yield gap(training, { about: 'owner', at: statementOf(training, 'team') ? 'team' : undefined, message: `${training.name} starts by itself, and nobody answers for the models that it makes.` });
  // Who owns a part that names nobody is asked by OWN-01.
  else yield satisfied(training, { because: startOf(architecture, training), evidence: evidenceOf(statementOf(training, 'trigger')) });
}

const UNREADY = 'First put a check before the training and a comparison with the model in use behind it; then let the clock or a fall in quality start it.';

/** A training without a check before it and a judgement behind it is better started by a person. */
const isReadyToRun = (architecture: Architecture): boolean => !isValidationClosed(architecture) && !noneExists(architecture, 'evaluation') && !noneExists(architecture, 'monitor');

/** Once for the system: how far each model falls behind by it is said by ML14.6. */
function startedByNobody(architecture: Architecture, byHand: ReadonlyMap<Training, readonly string[]>): Outcome {
  const { system } = architecture;
  const trainings = [...byHand.keys()];
  const [first] = trainings;
  const owners = trainings.map((training) => ownerOf(architecture, training));
  const nobody = owners.some((owner) => owner === undefined);
  const models = listed([...new Set([...byHand.values()].flat())]);
  const names = listed(trainings.map(({ name }) => name));
  const all = (...presences: readonly string[]): boolean => trainings.every((training) => training.variant !== 'manual' && presences.includes(presenceOf(training, 'trigger')));
  const trigger = all('planned') ? 'as yet nothing starts' : all('planned', 'absent') ? 'nothing starts' : 'only a person starts';
  return weak(system, {
    about: 'trigger',
    span: first && (statementOf(first, 'trigger')?.span ?? first.nameSpan),
    // A team that answers for it may well have a date for it.
    mitigated: !nobody,
    message: `${models} learn${byHand.size === 1 && !models.includes(' and ') ? 's' : ''} again when somebody thinks of it: ${trigger} ${names}${nobody ? ', and no one is named who does' : ''}.`,
    ...(isReadyToRun(architecture) ? { changes: trainings.map((training) => ({ op: 'set' as const, subject: training.name, property: 'trigger', value: ['schedule', 'performance'] })) } : { remedy: UNREADY, prerequisites: ['ML07.1', 'ML13.2'] }),
    impact: 'Models are renewed on time',
  });
}

export const stormsLimited: Criterion = {
  id: 'LOOP-07',
  slug: 'retraining-storms-are-limited',
  title: 'A signal that starts trainings cannot start them without end',
  type: 'gap',
  severity: 'low',
  pack: 'retraining',
  failureMode: 'cost',
  sources: ['AWS ML Lens (2023) MLSUS-16', 'AWS ML Lens (2023) MLPER-16'],
  why: 'A threshold that is too tight, or a source that is broken, starts one training after another. Each costs money, and each may put a worse model in place.',
  remediation: 'Set the least time between two runs and a budget, and tell somebody when either is reached.',
  effort: 'S',
  falsePositives: 'The workflow engine may limit runs: declare `cool_down` or `budget` of the training.',
  applies: retrains,
  *evaluate({ architecture }: Context) {
    const signalled = componentsOf(architecture, 'training').filter((training) => signalOf(architecture, training) !== undefined);
    if (signalled.length === 0) return yield notApplicable('No signal is declared that starts a training.');
    yield* askedOnce(architecture.system, signalled.map((training) => judgeStorms(architecture, training)));
  },
};

function judgeStorms(architecture: Architecture, training: Training): Outcome {
  const limit = (['cool_down', 'budget'] as const).find((property) => presenceOf(training, property) === 'present');
  if (limit) return satisfied(training, { because: limit === 'budget' ? 'its budget limits it' : 'two runs are some time apart', evidence: evidenceOf(statementOf(training, limit)) });
  const signal = signalOf(architecture, training);
  const starter = signal?.monitor ?? (signal?.word ?? 'a signal').replace('_', ' ');
  if (presenceOf(training, 'cool_down') === 'absent') {
    return gap(training, { at: statementOf(training, 'cool_down') ? 'cool_down' : undefined, message: `${starter.charAt(0).toUpperCase()}${starter.slice(1)} starts ${training.name} as often as it speaks: neither a pause nor a budget is set.`, changes: [{ op: 'set', subject: training.name, property: 'cool_down', value: quantityOf(1, 'day', 'duration') }] });
  }
  const planned = plannedInstead(training, 'cool_down', { message: `${starter.charAt(0).toUpperCase()}${starter.slice(1)} starts ${training.name} as often as it speaks.` });
  return planned ?? { ...question(training, 'cool_down', `What keeps ${starter} from starting ${training.name} again and again: a least time between two runs, a budget?`), statedUnknown: presenceOf(training, 'cool_down') === 'unknown' };
}

