import type { Architecture, Change } from '../../../model/architecture.ts';
import { trainingsOf } from '../../../model/graph/cones.ts';
import { edgesOf } from '../../../model/graph/edges.ts';
import { reachTree } from '../../../model/graph/paths.ts';
import { componentsOf, presenceOf, value } from '../../../model/statements.ts';
import { plannedInstead } from '../../deployment/planned.ts';
import { inferredSeverity } from '../../monitoring/absence.ts';
import { modelChains, type Chain } from '../../monitoring/model-chains.ts';
import { gap, notApplicable, question, satisfied, weak, type Context, type Criterion, type Outcome } from '../../rule.ts';
import { judgedModels } from '../evaluation/judged.ts';
import { retrains } from './retrained.ts';

export const downstreamFollows: Criterion = {
  id: 'LOOP-06',
  slug: 'downstream-follows-upstream',
  title: 'When a model is trained again, those that take its output are judged or trained again too',
  type: 'gap',
  severity: 'high',
  pack: 'retraining',
  failureMode: 'rollout',
  sources: ['Hidden technical debt (Sculley 2015): correction cascades', 'ML Test Score Monitor 1', 'AWS ML Lens (2023) MLREL-06'],
  why: 'The second model has learned the habits of the first. A new first model, better by its own figures, changes them over night, and nothing in the second looks again.',
  remediation: 'Let the training of the first start a judgement of the second, with the power to stop the release, and a training of it where that fails.',
  effort: 'M',
  falsePositives: 'A release of both at once does the same: declare `followed_by` of the training, or `trigger [upstream]` of the second one.',
  applies: (context) => (modelChains(context.architecture).length > 0 ? retrains(context) : 'No model takes the output of another one.'),
  *evaluate(context: Context) {
    for (const chain of modelChains(context.architecture)) yield judge(context, chain);
  },
};

function judge(context: Context, { upstream, downstream, path }: Chain): Outcome {
  const { architecture } = context;
  const about = upstream.name;
  const trainings = trainingsOf(architecture, upstream);
  const [training] = trainings;
  if (!training || value(upstream, 'retrained') === false) return notApplicable(`${upstream.name} is not trained again here.`, downstream);
  const next = trainingsOf(architecture, downstream);
  const taught = next.find((item) => item.variant === 'online' || value(item, 'trigger')?.includes('upstream') || next.some((other) => trainings.includes(other)));
  if (taught) return satisfied(downstream, { because: `${taught.name} runs when ${upstream.name} is new` });
  const evaluations = judgedModels(architecture).find(({ model }) => model === downstream)?.evaluations ?? [];
  const started = startedBy(architecture, trainings.map(({ name }) => name));
  const follower = [...evaluations, ...next].find(({ name }) => started.has(name));
  if (follower) return satisfied(downstream, { because: `${training.name} starts ${follower.name}` });
  const joint = evaluations.find((evaluation) => value(evaluation, 'joint')?.includes(upstream.name) && (value(evaluation, 'joint')?.includes(downstream.name) ?? false));
  if (joint && value(joint, 'blocking') === true) return satisfied(downstream, { because: `${joint.name} judges both and can stop the release of either` });
  const changes: Change[] = [{ op: 'set', subject: training.name, property: 'followed_by', value: [...(value(training, 'followed_by') ?? []), (joint ?? evaluations[0] ?? next[0])?.name].filter((name) => name !== undefined) }];
  const details = { about, path, changes: joint ?? evaluations[0] ?? next[0] ? changes : [], impact: 'A better first model does not break the second' };
  const denied = trainings.every((item) => presenceOf(item, 'followed_by') === 'absent');
  if (denied) return gap(downstream, { ...details, message: `A new ${upstream.name} starts nothing that looks at ${downstream.name}, which takes its output.` });
  const again = value(upstream, 'retrained') === true || value(training, 'every') !== undefined || (value(training, 'trigger') ?? []).length > 0;
  const apart = evaluations.filter((evaluation) => value(evaluation, 'joint') === undefined);
  const open = trainings.every((item) => presenceOf(item, 'followed_by') === 'undeclared');
  if (again && open && apart.length > 0 && apart.length === evaluations.length && !isStartedApart(architecture, evaluations.map(({ name }) => name))) {
    const names = apart.map(({ name }) => name).join(', ');
    return weak(downstream, { ...details, severity: inferredSeverity(context), message: `${training.name} makes new versions of ${upstream.name}; what judges ${downstream.name}, which takes its output (${names}), is not declared to run then.` });
  }
  const planned = plannedInstead(training, 'followed_by', { about: downstream.name, path, message: `A new ${upstream.name} starts nothing that looks at ${downstream.name}, which takes its output.` });
  return planned ?? { ...question(training, 'followed_by', `When ${training.name} has made a new ${upstream.name}, what judges or trains ${downstream.name} again?`, downstream.name), statedUnknown: presenceOf(training, 'followed_by') === 'unknown' };
}

/** What trainings start, through pipelines and orchestrators too. */
const startedBy = (architecture: Architecture, trainings: readonly string[]): Pick<ReadonlySet<string>, 'has'> => reachTree(edgesOf(architecture), trainings, { follow: (edge) => edge.payload === 'events' });

/** They run by themselves, so that a new first model is met within a time. */
const isStartedApart = (architecture: Architecture, names: readonly string[]): boolean => componentsOf(architecture, 'evaluation').some((evaluation) => names.includes(evaluation.name) && value(evaluation, 'every') !== undefined);
