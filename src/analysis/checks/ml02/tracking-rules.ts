import type { Architecture, Change, Component } from '../../../model/architecture.ts';
import { trainingsOf } from '../../../model/graph/cones.ts';
import { componentsOf, isKindAbsent, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { freeName } from '../../monitoring/drafts.ts';
import { evidenceOf } from '../../presence.ts';
import { contradiction, gap, notApplicable, question, satisfied, weak, type Outcome, type Rule } from '../../rule.ts';
import { inHouseModels, listed, modelsByTraining } from '../../training/in-house.ts';
import { partsInWords, recordedOf, recordersOf, type RunPart } from '../../training/run-records.ts';
import { activeTrainings, frozenBecause, trackingOf } from '../../training/tracking.ts';

/** What a run must leave behind so that it can be compared and made again. */
const REQUIRED: readonly RunPart[] = ['metrics', 'parameters', 'code_version', 'data_version', 'artifacts'];

export const runsAreTracked: Rule = {
  id: 'ML02.1',
  slug: 'runs-are-tracked',
  title: 'The runs of every training are tracked',
  type: 'gap',
  severity: 'medium',
  why: 'Without a record of its runs nobody knows what was tried, what a change did, or how the model in use came about.',
  remediation: 'Let the training log each run to a tracker: parameters, metrics, code and data version, artifacts.',
  effort: 'S',
  falsePositives: 'Runs are recorded by the platform: declare `tracked_by`, or what each run `tracks`.',
  *evaluate({ architecture }) {
    const active = activeTrainings(architecture);
    for (const training of componentsOf(architecture, 'training')) {
      const frozen = frozenBecause(architecture, training);
      if (frozen) yield notApplicable(`${frozen}.`, training);
    }
    const states = new Map(active.map((training) => [training, trackingOf(architecture, training)]));
    const of = (wanted: string) => active.filter((training) => states.get(training) === wanted);
    for (const training of of('tracked')) yield satisfied(training, { evidence: evidenceOf(statementOf(training, 'tracks') ?? statementOf(training, 'tracked_by')) });
    // Where another training of the same model is tracked, that is a contradiction, which has its own rule.
    const untracked = of('untracked').filter((training) => !hasTrackedSibling(architecture, training));
    const many = active.length > 1 || inHouseModels(architecture).length > 3;
    yield* notTracked(architecture, untracked, many);
    const open = of('undeclared');
    const tracker = componentsOf(architecture, 'tracker')[0];
    if (tracker || of('tracked').length > 0) for (const training of open) yield question(training, 'tracked_by', `Are the runs of ${training.name} tracked${tracker ? ` in ${tracker.name}` : ''}? Declare \`tracked_by\`, or \`tracked_by none\`.`);
    else if (open.length > 0) yield question(architecture.system, undefined, `Where are the runs of ${listed(open.map((training) => training.name))} tracked? Declare the tracker (\`tracker Runs { … }\`), or \`tracker none\`.`);
  },
};

function* notTracked(architecture: Architecture, trainings: readonly Component<'training'>[], many: boolean): Iterable<Outcome> {
  const severity = many ? 'high' : 'medium';
  const everywhere = isKindAbsent(architecture, 'tracker');
  const stated = trainings.filter((training) => !everywhere || statementOf(training, 'tracked_by') || statementOf(training, 'tracks'));
  for (const training of stated) {
    const how = value(training, 'code') === 'notebook' ? ', a notebook,' : '';
    yield gap(training, { at: statementOf(training, 'tracked_by') ? 'tracked_by' : 'tracks', message: `The runs of ${training.name}${how} are not tracked.`, severity, changes: track(architecture, [training]) });
  }
  const rest = trainings.filter((training) => !stated.includes(training));
  if (rest.length === 0) return;
  yield gap(architecture.system, { message: `There is no experiment tracker: the runs of ${listed(rest.map((training) => training.name))} are not tracked.`, severity, changes: track(architecture, rest) });
}

/** The trainings record to the tracker there is, or to a new one. */
function track(architecture: Architecture, trainings: readonly Component<'training'>[]): Change[] {
  const existing = componentsOf(architecture, 'tracker')[0]?.name;
  const name = existing ?? freeName(architecture, 'Experiments');
  const added: Change[] = existing
    ? []
    : [{ op: 'add-component', component: { kind: 'tracker', name, variant: 'server', properties: { location: 'server', records: REQUIRED, ...(componentsOf(architecture, 'registry').length > 0 ? { links_to_registry: true } : {}) } } }];
  return [...added, ...trainings.flatMap((training): Change[] => [
    { op: 'set', subject: training.name, property: 'tracked_by', value: name },
    ...(presenceOf(training, 'tracks') === 'absent' && statementOf(training, 'tracks') ? [{ op: 'set' as const, subject: training.name, property: 'tracks', value: REQUIRED }] : []),
  ])];
}

function hasTrackedSibling(architecture: Architecture, training: Component<'training'>): boolean {
  return modelsByTraining(architecture, training).some((model) => trainingsOf(architecture, model).some((other) => other !== training && trackingOf(architecture, other) === 'tracked'));
}

export const runsAreRecordedInFull: Rule = {
  id: 'ML02.2',
  slug: 'runs-are-recorded-in-full',
  title: 'A run records parameters, metrics, code version, data version and artifacts',
  type: 'weak',
  severity: 'medium',
  why: 'Metrics can only be compared between runs of which one knows the code, the data and the parameters.',
  remediation: 'Log from the pipeline, not by hand: commit, data version, parameters, metrics and artifacts of every run.',
  effort: 'S',
  falsePositives: 'The rest is recorded elsewhere: add it to `tracks` with the evidence.',
  *evaluate({ architecture }) {
    const told = new Set<string>();
    for (const training of activeTrainings(architecture)) {
      if (trackingOf(architecture, training) !== 'tracked') continue;
      const recorded = recordedOf(architecture, training);
      const tracker = recordersOf(architecture, training).trackers[0];
      // What holds for all runs of a tracker is said once, at the tracker.
      const subject: Component = value(training, 'tracks') === undefined && tracker ? tracker : training;
      if (told.has(subject.name)) continue;
      told.add(subject.name);
      const property = subject === training ? 'tracks' : 'records';
      if (!recorded) {
        yield question(subject, property, `What does ${subject.name} record of each run? Declare \`${property}\` with those of parameters, metrics, code_version, data_version and artifacts that are there.`);
        continue;
      }
      const lacking = REQUIRED.filter((part) => !recorded.has(part));
      if (lacking.length === 0) {
        yield satisfied(subject, { evidence: evidenceOf(statementOf(subject, property)) });
        continue;
      }
      const pins = value(training, 'pins') ?? [];
      const basis = lacking.filter((part) => (part === 'code_version' && !pins.includes('code')) || (part === 'data_version' && !pins.includes('data')));
      const known = (subject === training ? value(training, 'tracks') : tracker && value(tracker, 'records')) ?? [];
      yield weak(subject, {
        at: property,
        message: `A run of ${training.name} does not record its ${partsInWords(lacking)}.`,
        ...(basis.length > 0 ? { severity: 'high' as const, why: `Two runs of ${training.name} with different metrics cannot be told apart by ${partsInWords(basis)}, so neither can be explained or made again.` } : {}),
        changes: [{ op: 'set', subject: subject.name, property, value: [...known, ...lacking] }],
      });
    }
  },
};

export const everyPathIsTracked: Rule = {
  id: 'ML02.5',
  slug: 'every-training-of-a-model-is-tracked',
  title: 'Where several trainings feed one model, all of them are tracked',
  type: 'contradiction',
  severity: 'high',
  why: 'The record of the model is incomplete without saying so: a version may come from runs that left no trace.',
  remediation: 'Let every training of the model log to the same tracker.',
  effort: 'S',
  falsePositives: 'The training is no longer used for this model: take the model out of what it `produces`.',
  *evaluate({ architecture }) {
    let several = false;
    for (const model of inHouseModels(architecture)) {
      const trainings = trainingsOf(architecture, model);
      if (trainings.length < 2) continue;
      several = true;
      const states = trainings.map((training) => ({ training, state: trackingOf(architecture, training) }));
      const tracked = states.find(({ state }) => state === 'tracked');
      if (states.every(({ state }) => state === 'tracked')) yield satisfied(model, { because: `all ${states.length} trainings of ${model.name} are tracked` });
      for (const { training, state } of states) {
        if (state !== 'untracked' || !tracked) continue;
        yield contradiction(training, {
          message: `${tracked.training.name} and ${training.name} both make ${model.name}, but only the runs of ${tracked.training.name} are tracked.`,
          about: model.name,
          at: statementOf(training, 'tracked_by') ? 'tracked_by' : statementOf(training, 'tracks') ? 'tracks' : undefined,
          path: [{ component: tracked.training.name, span: tracked.training.nameSpan, note: 'tracked' }, { component: training.name, span: training.nameSpan, note: 'not tracked' }, { component: model.name, span: model.nameSpan }],
          changes: track(architecture, [training]),
        });
      }
    }
    if (!several) yield notApplicable('No model has more than one training.');
  },
};
