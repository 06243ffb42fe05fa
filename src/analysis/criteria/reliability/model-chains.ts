import { ONE_BY_ONE } from '../../ask-once.ts';
import type { Architecture, Change, Component } from '../../../model/architecture.ts';
import { edgesOf, type Edge } from '../../../model/graph/edges.ts';
import { componentsOf, presenceOf, value } from '../../../model/statements.ts';
import { servicesOf, trainingsOf } from '../../../model/graph/cones.ts';
import { pipelineTargets } from '../../deployment/releases.ts';
import { modelChains, type Chain } from '../../monitoring/model-chains.ts';
import { gap, notApplicable, question, satisfied, weak, type Context, type Criterion, type Outcome } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';

export const modelDependenciesDeclared: Criterion = {
  id: 'REL-11',
  slug: 'model-dependencies-are-agreed',
  title: 'A model whose output another model takes is tied to it by a version, a contract or a joint test',
  type: 'gap',
  severity: 'high',
  sources: ['Hidden technical debt (Sculley 2015): correction cascades, undeclared consumers', 'ML Test Score Monitor 1', 'AWS ML Lens (2023) MLREL-01'],
  failureMode: 'rollout',
  why: 'Whoever retrains the first model does not know who lives on it; to them the new version is better, and the second model breaks without a change of its own.',
  remediation: 'Let the second model name the version that it takes, or agree on what the output means, or test both before the first goes out.',
  effort: 'M',
  falsePositives: 'The tie may be outside the file: declare `pin version` or `schema contract` on the flow between them, or `joint` of an evaluation.',
  applies: ({ architecture }) => (modelChains(architecture).length > 0 ? true : 'No model takes the output of another one.'),
  *evaluate({ architecture }: Context) {
    const ways = waysOut(architecture);
    const outcomes = modelChains(architecture).map((chain) => judge(architecture, chain, ways));
    const asked = outcomes.filter(({ outcome }) => outcome === 'question');
    yield* outcomes.filter((outcome) => asked.length <= ONE_BY_ONE || outcome.outcome !== 'question');
    const names = [...new Set(asked.flatMap(({ subject }) => subject?.name ?? []))];
    if (asked.length > ONE_BY_ONE) yield question(architecture.system, undefined, `What do other models rely on when they take the output of ${listed(names)}: a version, or a contract? Declare \`pin\` or \`schema\` on the flows between them.`);
  },
};

/** What fixes a version, as opposed to taking whatever is newest. */
const LOOSE: ReadonlySet<string> = new Set(['latest', 'branch_head']);

function judge(architecture: Architecture, chain: Chain, ways: Ways): Outcome {
  const { upstream, downstream, path } = chain;
  const about = downstream.name;
  if (value(upstream, 'retrained') === false) return notApplicable(`${upstream.name} is frozen.`, upstream);
  const edges = between(architecture, chain);
  const tie = edges.find(({ flow }) => flow && (value(flow, 'schema') === 'contract' || (value(flow, 'pin') !== undefined && !LOOSE.has(value(flow, 'pin') ?? ''))));
  if (tie) return satisfied(upstream, { because: `${downstream.name} takes ${upstream.name} ${tie.flow && value(tie.flow, 'schema') === 'contract' ? 'by contract' : 'in a version that it names'}` });
  if ((upstream.variant === 'vendor' || upstream.variant === 'open') && value(upstream, 'version') !== undefined && value(upstream, 'auto_upgrade') !== true) return satisfied(upstream, { because: `${downstream.name} takes version ${value(upstream, 'version') ?? ''} of ${upstream.name}` });
  const joint = componentsOf(architecture, 'evaluation').find((evaluation) => (value(evaluation, 'joint') ?? []).length > 0 && [upstream.name, downstream.name].every((name) => value(evaluation, 'joint')?.includes(name) ?? false));
  if (joint) return satisfied(upstream, { because: `${joint.name} judges ${upstream.name} and ${downstream.name} together` });
  const loose = edges.find(({ flow }) => flow && (LOOSE.has(value(flow, 'pin') ?? '') || value(flow, 'schema') === 'inferred' || presenceOf(flow, 'schema') === 'absent' || presenceOf(flow, 'pin') === 'absent'));
  const details = { about, path, changes: changesFor(chain, edges), impact: 'A new version of the first does not break the second' };
  if (loose?.flow) return gap(upstream, { ...details, message: `${downstream.name} takes whatever ${upstream.name} says today (${value(loose.flow, 'pin') ? `pin ${value(loose.flow, 'pin')?.replaceAll('_', ' ') ?? ''}` : value(loose.flow, 'schema') === 'inferred' ? 'form inferred' : 'no contract and no version'}), and nothing tests both.` });
  const apart = releasedApart(architecture, upstream, downstream, ways);
  if (apart) return weak(upstream, { ...details, message: `${upstream.name} can go out without ${downstream.name}, which takes its output (${apart}): no version, contract or joint test that is declared ties them.` });
  return question(upstream, undefined, `What does ${downstream.name} rely on when it takes the output of ${upstream.name}: a version, or a contract? Declare \`pin\` or \`schema\` on a flow between them.`, about);
}

/** Flows on which the output travels: between the models, and between what the path passes. */
function between(architecture: Architecture, { upstream, downstream, path }: Chain): Edge[] {
  const names = new Set([upstream.name, downstream.name, ...path.map(({ component }) => component)]);
  return [...names].flatMap((name) => (edgesOf(architecture).out.get(name) ?? []).filter((edge) => edge.flow && names.has(edge.to)));
}

/** The pipelines that bring a model to production, by itself or with a service that runs it. */
type Ways = (model: Component<'model'>) => readonly string[];

function waysOut(architecture: Architecture): Ways {
  const byTarget = new Map<string, string[]>();
  for (const pipeline of componentsOf(architecture, 'pipeline')) for (const name of pipelineTargets(architecture, pipeline)) byTarget.set(name, [...(byTarget.get(name) ?? []), pipeline.name]);
  return (model) => [...new Set([model, ...servicesOf(architecture, model)].flatMap(({ name }) => byTarget.get(name) ?? []))];
}

/** Declared ways by which the first goes out alone: pipelines of its own, else trainings by themselves. */
function releasedApart(architecture: Architecture, upstream: Component<'model'>, downstream: Component<'model'>, ways: Ways): string | undefined {
  const [own, other] = [ways(upstream), ways(downstream)];
  const [first, second] = [own.find((name) => !other.includes(name)), other.find((name) => !own.includes(name))];
  if (first !== undefined && second !== undefined && !own.some((name) => other.includes(name))) return `${first} releases the one, ${second} the other`;
  const trigger = trainingsOf(architecture, upstream).find((training) => training.variant === 'scheduled' || (value(training, 'trigger') ?? []).some((word) => word !== 'manual' && word !== 'on_demand'));
  return trigger && own.length + other.length === 0 && value(upstream, 'retrained') === true ? `${trigger.name} runs by itself` : undefined;
}

function changesFor({ upstream, downstream }: Chain, edges: readonly Edge[]): Change[] {
  const flow = edges.find((edge) => edge.flow)?.flow;
  if (!flow) return [{ op: 'add-flow', flow: { from: upstream.name, to: downstream.name, properties: { payload: 'predictions', schema: 'contract', pin: 'version' } } }];
  return [{ op: 'set-flow', from: flow.from, to: flow.to, property: 'schema', value: 'contract' }, { op: 'set-flow', from: flow.from, to: flow.to, property: 'pin', value: 'version' }];
}
