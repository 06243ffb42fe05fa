import type { Architecture, Change, Component } from '../../../model/architecture.ts';
import { feedsTraining } from '../../../model/graph/cones.ts';
import { separates } from '../../../model/graph/cuts.ts';
import { edgesOf, type Edge } from '../../../model/graph/edges.ts';
import { reachable } from '../../../model/graph/paths.ts';
import { componentsOf, isKindAbsent, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { hopsOf } from '../../hops.ts';
import { freeName } from '../../monitoring/drafts.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, question, satisfied, weak, type FindingDetails, type Outcome, type Rule } from '../../rule.ts';

export const labelsChecked: Rule = {
  id: 'ML15.5',
  slug: 'human-labels-checked',
  title: 'Labels that people give are checked, and it is known who gave them',
  type: 'weak',
  severity: 'medium',
  why: 'People disagree and make mistakes. A model is not better than its labels, and neither is the figure that judges it.',
  remediation: 'Let several people label the same sample, settle disputes, and record who labelled by which rule.',
  effort: 'S',
  falsePositives: 'The labelling provider may check already. Declare `quality` and `provenance` on the labels.',
  *evaluate({ architecture }) {
    for (const labels of componentsOf(architecture, 'labels')) if (value(labels, 'kind') === 'human') yield judgeChecking(labels);
  },
};

function judgeChecking(labels: Component<'labels'>): Outcome {
  const quality = presenceOf(labels, 'quality');
  if (quality === 'absent') {
    return weak(labels, {
      at: statementOf(labels, 'quality') ? 'quality' : undefined,
      message: `Nobody checks the labels of ${labels.name}: neither agreement nor samples.`,
      changes: [{ op: 'set', subject: labels.name, property: 'quality', value: ['agreement', 'sampling'] }, ...provenance(labels)],
    });
  }
  if (quality !== 'present') return { ...question(labels, 'quality', `How are the labels of ${labels.name} checked, and is it recorded who labelled by which rule?`), statedUnknown: quality === 'unknown' };
  if (presenceOf(labels, 'provenance') !== 'absent') return satisfied(labels, { evidence: evidenceOf(statementOf(labels, 'quality')) });
  return weak(labels, {
    at: statementOf(labels, 'provenance') ? 'provenance' : undefined,
    severity: 'low',
    message: `It is not recorded who gave a label of ${labels.name}, and by which rule.`,
    changes: provenance(labels),
  });
}

const provenance = (labels: Component<'labels'>): Change[] =>
  presenceOf(labels, 'provenance') === 'absent' ? [{ op: 'set', subject: labels.name, property: 'provenance', value: true }] : [];

export const feedbackFiltered: Rule = {
  id: 'ML15.6',
  slug: 'feedback-filtered',
  title: 'Feedback of users is checked before a model learns from it',
  type: 'gap',
  severity: 'high',
  why: 'Whoever gives the feedback steers the model: by habit, in numbers, or on purpose.',
  remediation: 'Validate, weigh and clean feedback of abuse before it reaches a training or a reward.',
  effort: 'M',
  falsePositives: 'A step on the way may filter already. Declare it as `filtered` on the labels, or as a validation on the path.',
  *evaluate({ architecture }) {
    const trainings = componentsOf(architecture, 'training').map((training) => training.name);
    if (trainings.length === 0) return;
    const gates = gatesOf(architecture);
    for (const labels of componentsOf(architecture, 'labels')) {
      if (value(labels, 'kind') !== 'feedback') continue;
      const learned = reachedFrom(architecture, labels, trainings);
      if (learned) yield judgeFeedback(architecture, labels, gates, trainings);
    }
    for (const source of componentsOf(architecture, 'source')) {
      if (source.variant === 'feedback' && reachedFrom(architecture, source, trainings)) yield* judgeSource(architecture, source, gates, trainings);
    }
  },
};

const reachedFrom = (architecture: Architecture, start: Component, trainings: readonly string[]): boolean => {
  const reached = reachable(edgesOf(architecture), [start.name], { follow: feedsTraining });
  return trainings.some((training) => reached.has(training));
};

/** What looks at data on its way: validations, and ingestions that validate. */
function gatesOf(architecture: Architecture): string[] {
  const ingestions = componentsOf(architecture, 'ingestion').filter((ingestion) => (value(ingestion, 'validates') ?? []).length > 0);
  return [...componentsOf(architecture, 'validation'), ...ingestions].map((gate) => gate.name);
}

function judgeFeedback(architecture: Architecture, labels: Component<'labels'>, gates: readonly string[], trainings: readonly string[]): Outcome {
  const filtered = presenceOf(labels, 'filtered');
  if (filtered === 'present') return satisfied(labels, { because: `it is ${(value(labels, 'filtered') ?? []).join(', ').replaceAll('_', ' ')} first`, evidence: evidenceOf(statementOf(labels, 'filtered')) });
  const origins = (edgesOf(architecture).in.get(labels.name) ?? []).map((edge) => edge.from);
  const before = origins.length > 0 && origins.every((origin) => gates.includes(origin));
  const way = separates(edgesOf(architecture), gates, [labels.name], trainings, feedsTraining);
  if (way.separated || before) return satisfied(labels, { because: 'a validation stands between it and every training' });
  if (filtered !== 'absent') return { ...question(labels, 'filtered', `Is ${labels.name} validated, weighted or cleaned of abuse before ${end(way.path)} learns from it?`), statedUnknown: filtered === 'unknown' };
  const open = isPublic(architecture, labels, origins);
  return gap(labels, {
    at: statementOf(labels, 'filtered') ? 'filtered' : undefined,
    severity: open ? 'high' : 'medium',
    message: `${end(way.path)} learns from ${labels.name} as it comes${open ? ', and anyone can send it' : ''}.`,
    path: hopsOf(way.path),
    changes: [{ op: 'set', subject: labels.name, property: 'filtered', value: ['validated', 'weighted', 'abuse_filtered'] }],
  });
}

const end = (path: readonly Edge[]): string => path.at(-1)?.to ?? '';

function isPublic(architecture: Architecture, labels: Component<'labels'>, origins: readonly string[]): boolean {
  if (value(labels, 'public') === true) return true;
  return origins.some((name) => {
    const origin = architecture.components.get(name);
    if (origin?.kind === 'consumer') return value(origin as Component<'consumer'>, 'exposure') === 'public';
    return origin?.kind === 'source' && isOpen(origin as Component<'source'>);
  });
}

const isOpen = (source: Component<'source'>): boolean => value(source, 'writers') === 'anyone' || value(source, 'writers') === 'users' || value(source, 'exposure') === 'public';

/** Feedback that reaches a training without being declared as labels on the way. */
function* judgeSource(architecture: Architecture, source: Component<'source'>, gates: readonly string[], trainings: readonly string[]): Iterable<Outcome> {
  const labels = componentsOf(architecture, 'labels').map((component) => component.name);
  if (separates(edgesOf(architecture), labels, [source.name], trainings, feedsTraining).separated) return;
  const way = separates(edgesOf(architecture), [...gates, ...labels], [source.name], trainings, feedsTraining);
  if (way.separated) return yield satisfied(source, { because: 'a validation stands between it and every training' });
  const message = `${end(way.path)} learns from ${source.name} with no validation on the way${isOpen(source) ? ', and users write into it' : ''}.`;
  if (!isKindAbsent(architecture, 'validation')) return yield question(source, undefined, `Is what users say in ${source.name} validated or weighted before ${end(way.path)} learns from it?`);
  const details: FindingDetails = { severity: isOpen(source) ? 'high' : 'medium', message, path: hopsOf(way.path), changes: gateAfter(architecture, source, way.path[0]) };
  yield gap(source, details);
}

/** A gate on the first hop, where that hop is a declared flow. */
function gateAfter(architecture: Architecture, source: Component<'source'>, hop: Edge | undefined): Change[] {
  if (!hop?.flow) return [];
  const name = freeName(architecture, `${source.name}Gate`);
  const gate = { kind: 'validation' as const, name, variant: 'gate', properties: { checks: ['schema', 'duplicates', 'consistency'], blocking: true, on_bad_data: 'quarantine' } };
  return [
    { op: 'add-component', component: gate },
    { op: 'remove-flow', from: hop.from, to: hop.to },
    { op: 'add-flow', flow: { from: hop.from, to: name, properties: { payload: hop.payload } } },
    { op: 'add-flow', flow: { from: name, to: hop.to, properties: { payload: hop.payload } } },
  ];
}
