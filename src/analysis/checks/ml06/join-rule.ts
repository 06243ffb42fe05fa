import type { Change } from '../../../model/architecture.ts';
import { presenceOf, statementOf, value } from '../../../model/statements.ts';
import type { FeatureGroup } from '../../data/feature-use.ts';
import { gravityOfLooseJoin } from '../../data/leak-gravity.ts';
import { joinOf, pastExamples, variesOverTime, wasRecorded, type PastExamples } from '../../data/time-facts.ts';
import { hopsOf } from '../../hops.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, notApplicable, question, satisfied, type Context, type Outcome, type Rule } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';

export const joinedAsOf: Rule = {
  id: 'ML06.1',
  slug: 'features-joined-as-of',
  title: 'Features that change over time are joined to labels as of the time of the example',
  type: 'gap',
  severity: 'high',
  why: 'The examples carry values from after the event. Offline the model looks excellent; in production it does not have that knowledge.',
  remediation: 'Join labels and features as of the time of the example, by a key and an event time.',
  effort: 'M',
  falsePositives: 'The values may have been logged when they were served, which is as good: say `logged yes` or `logged_features yes`. Values that never change: `time_varying no`.',
  *evaluate(context) {
    const all = pastExamples(context.architecture);
    for (const past of all) yield* judgeJoins(context, past);
    const open = all.filter((past) => past.temporal === 'unknown').map((past) => past.training);
    if (open[0]) yield question(open[0], 'temporal', `Did the examples of ${listed(open.map((training) => training.name))} happen at different times, and do any of their features change over time?`);
  },
};

function* judgeJoins(context: Context, past: PastExamples): Iterable<Outcome> {
  const { architecture } = context;
  const { training } = past;
  if (past.temporal === 'denied') {
    yield notApplicable(`${past.because}.`, training);
    return;
  }
  if (past.temporal === 'unknown') return;
  const open: FeatureGroup[] = [];
  for (const group of past.groups.filter((item) => variesOverTime(item) !== false)) {
    const join = joinOf(architecture, group, past);
    if (wasRecorded(architecture, group, past)) yield satisfied(group, { because: `${training.name} learns from values of ${group.name} that were recorded when they were served` });
    else if (join === 'point_in_time') yield satisfied(group, { evidence: evidenceOf(statementOf(group, 'join') ?? statementOf(training, 'join')), because: `${group.name} is joined as of the time of the example` });
    else if (join === 'unknown') open.push(group);
    else if (variesOverTime(group) === true) yield notAsOf(context, group, past, join);
    else open.push(group);
  }
  if (open.length > 0) yield question(training, 'join', `How are the values of ${listed(open.map((group) => group.name))} joined to the examples of ${training.name}: as of the time of each example (\`point_in_time\`), or the newest (\`latest\`)?`);
  if (past.groups.length === 0) yield* judgeWithoutGroups(context, past);
}

function notAsOf(context: Context, group: FeatureGroup, past: PastExamples, join: 'latest' | 'none'): Outcome {
  const { training } = past;
  return gap(group, {
    at: value(group, 'join') === 'latest' ? 'join' : undefined,
    about: training.name,
    message: `${group.name} is joined to the examples of ${training.name} ${join === 'latest' ? 'with its newest value' : 'without regard to time'}, although ${past.because}.`,
    path: hopsOf(past.way(group.name)),
    changes: asOfChanges(group, past),
    ...gravityOfLooseJoin(context, training),
  });
}

/** Every statement that says otherwise is put right, so that none is left to contradict the others. */
function asOfChanges(group: FeatureGroup, { training, way }: PastExamples): Change[] {
  const flows = way(group.name).flatMap((edge): Change[] => (edge.flow && value(edge.flow, 'join') === 'latest' ? [{ op: 'set-flow', from: edge.from, to: edge.to, property: 'join', value: 'point_in_time' }] : []));
  const own: Change[] = [{ op: 'set', subject: group.name, property: 'join', value: 'point_in_time' }];
  const trained: Change[] = value(training, 'join') === 'latest' ? [{ op: 'set', subject: training.name, property: 'join', value: 'point_in_time' }] : [];
  return [...own, ...flows, ...trained];
}

/** No feature group is declared: what the training says of its join has to do. */
function* judgeWithoutGroups(context: Context, past: PastExamples): Iterable<Outcome> {
  const { training } = past;
  const join = value(training, 'join');
  if (join === 'point_in_time' || value(training, 'logged_features') === true) yield satisfied(training, { evidence: evidenceOf(statementOf(training, 'join')), because: join ? 'labels and features are joined as of the time of the example' : 'it learns from the values that were served' });
  else if (join === 'latest' || presenceOf(training, 'join') === 'absent') {
    yield gap(training, {
      at: 'join',
      message: `${training.name} joins labels and features ${join === 'latest' ? 'with the newest values' : 'without regard to time'}, although ${past.because}.`,
      changes: [{ op: 'set', subject: training.name, property: 'join', value: 'point_in_time' }],
      ...gravityOfLooseJoin(context, training),
    });
  } else if (past.upstream.size > 1) yield question(training, 'join', `How does ${training.name} join labels with what was known at the time of each example: \`point_in_time\` or \`latest\`?`);
}
