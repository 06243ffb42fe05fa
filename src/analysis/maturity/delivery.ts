import type { Component } from '../../model/architecture.ts';
import { edgesOf } from '../../model/graph/edges.ts';
import { componentsOf, isKindAbsent, presenceOf, value } from '../../model/statements.ts';
import type { Release } from '../deployment/releases.ts';
import { noneExists } from '../monitoring/absence.ts';
import { neighboursOf, pipelinesFor, type Facts } from './facts.ts';
import { every, met, missing, open, some, type Judgement } from './judgement.ts';

type Pipeline = Component<'pipeline'>;

/** Each service that runs a model of its own gets a new version without steps by hand. */
export const delivered = (facts: Facts): Judgement => every(facts.own.map((release) => deliveredTo(facts, release)), open('no service in production that runs such a model is declared'));

function deliveredTo({ architecture }: Facts, { service, pipelines }: Release): Judgement {
  const how = value(service, 'deployed_by');
  if (how === 'manual' || how === 'script') return missing(`${service.name} is deployed ${how === 'manual' ? 'by hand' : 'by a script'}`, service.name);
  const flows = (edgesOf(architecture).in.get(service.name) ?? []).flatMap(({ payload, flow }) => (payload === 'artifact' && flow ? [flow] : []));
  if (flows.some((flow) => value(flow, 'automated') === false)) return missing(`a hand brings models to ${service.name}`, service.name);
  if (flows.some((flow) => ['human', 'two_person'].includes(value(flow, 'approval') ?? ''))) return missing(`a person must agree before a model reaches ${service.name}`, service.name);
  const judged = [...pipelines.map(byItself), ...(how === 'pipeline' && pipelines.length === 0 ? [met(`a pipeline deploys ${service.name}`, service.name)] : []), ...flows.filter((flow) => value(flow, 'automated') === true).map((flow) => met(`models reach ${service.name} from ${flow.from} without a hand`, flow.from))];
  const none = presenceOf(service, 'deployed_by') === 'absent' || noneExists(architecture, 'pipeline');
  return some(judged, none ? missing(`no pipeline deploys ${service.name}`, service.name) : open(`nobody says how ${service.name} is deployed`, service.name));
}

function byItself(pipeline: Pipeline): Judgement {
  if (value(pipeline, 'trigger') === 'manual') return missing(`a person starts ${pipeline.name}`, pipeline.name);
  if ((value(pipeline, 'manual_steps')?.low ?? 0) > 0) return missing(`${pipeline.name} has steps by hand`, pipeline.name);
  return met(`${pipeline.name} releases it`, pipeline.name);
}

const CODE_TESTS: ReadonlySet<string> = new Set(['code_tests', 'integration_tests']);

/** Code is tested by a pipeline before it is used. */
export function codeTested({ architecture, pipelines }: Facts, among: readonly Pipeline[] = pipelines): Judgement {
  return some(among.map(testsCode), noPipeline(architecture, 'nobody says what tests the code'));
}

function testsCode(pipeline: Pipeline): Judgement {
  const stages = value(pipeline, 'stages');
  if (stages && !stages.some((stage) => CODE_TESTS.has(stage))) return missing(`${pipeline.name} does not test code`, pipeline.name);
  if (!stages && pipeline.variant !== 'ci' && pipeline.variant !== 'cicd') return open(`nobody says whether ${pipeline.name} tests code`, pipeline.name);
  if (value(pipeline, 'trigger') === 'manual') return missing(`a person starts ${pipeline.name}`, pipeline.name);
  if (presenceOf(pipeline, 'blocking') === 'absent') return missing(`${pipeline.name} goes on when a test fails`, pipeline.name);
  return met(`${pipeline.name} tests code`, pipeline.name);
}

/** A change of the training itself comes to production through a pipeline that starts when code is merged or tagged. */
export function trainingDelivered(facts: Facts, training: Component<'training'>): Judgement {
  const { architecture, pipelines } = facts;
  if (value(training, 'trigger')?.includes('code_change')) return met(`a change of code starts ${training.name}`, training.name);
  const orchestrators = (edgesOf(architecture).in.get(training.name) ?? []).map(({ from }) => from).filter((name) => architecture.components.get(name)?.kind === 'orchestrator');
  const names = new Set([training.name, ...orchestrators, ...(value(training, 'produces') ?? [])]);
  const judged = pipelines.map((pipeline): Judgement => {
    const stages = value(pipeline, 'stages');
    const tied = stages?.includes('training') === true || [...neighboursOf(architecture, pipeline), ...(value(pipeline, 'deploys') ?? [])].some((name) => names.has(name));
    if (!tied) return stages || pipeline.variant === 'ci' ? missing(`${pipeline.name} does not bring out ${training.name}`, pipeline.name) : open(`nobody says whether ${pipeline.name} brings out ${training.name}`, pipeline.name);
    const trigger = value(pipeline, 'trigger');
    if (trigger === 'merge' || trigger === 'tag') return met(`a ${trigger} brings out ${training.name} through ${pipeline.name}`, pipeline.name);
    return trigger === undefined && presenceOf(pipeline, 'trigger') !== 'absent' ? open(`nobody says what starts ${pipeline.name}`, pipeline.name) : missing(`no change of code starts ${pipeline.name}`, pipeline.name);
  });
  return some(judged, noPipeline(architecture, `nobody says how a change of ${training.name} comes to production`));
}

/** A pipeline releases software, be it the application or the model. */
export function released({ architecture, releases }: Facts): Judgement {
  const services = componentsOf(architecture, 'service');
  const pipelines = [...new Set([...componentsOf(architecture, 'pipeline').filter(({ variant }) => variant === 'cd' || variant === 'cicd'), ...releases.flatMap((release) => release.pipelines)])];
  const judged = [...pipelines.map(byItself), ...services.filter((service) => value(service, 'deployed_by') === 'pipeline').map((service) => met(`a pipeline deploys ${service.name}`, service.name))];
  const byHand = services.length > 0 && services.every((service) => ['manual', 'script'].includes(value(service, 'deployed_by') ?? ''));
  return some(judged, byHand ? missing('every service is deployed by hand', ...services.map(({ name }) => name)) : noPipeline(architecture, 'nobody says how software is released'));
}

/** A version that passed its gates goes to production by a rule, and nobody has to agree. */
export function promoted(facts: Facts, model: Component<'model'>): Judgement {
  const { architecture, own } = facts;
  const releases = own.filter(({ observed }) => observed.models.includes(model));
  const pipelines = pipelinesFor(facts, model);
  const registries = componentsOf(architecture, 'registry');
  const approved = [
    ...pipelines.filter((pipeline) => ['one', 'two_person'].includes(value(pipeline, 'approval') ?? '')),
    ...releases.flatMap(({ rollouts }) => rollouts).filter((rollout) => ['one', 'two_person'].includes(value(rollout, 'approval') ?? '')),
    ...registries.filter((registry) => ['approved', 'manual'].includes(value(registry, 'promotion') ?? '')),
  ];
  if (approved.length > 0) return missing(`a person decides at ${approved.map(({ name }) => name).join(', ')} whether a version goes on`, ...approved.map(({ name }) => name));
  const rules = [...registries.filter((registry) => value(registry, 'promotion') === 'automatic'), ...pipelines.filter((pipeline) => value(pipeline, 'approval') === 'none_needed' || ['registry', 'schedule'].includes(value(pipeline, 'trigger') ?? '')), ...releases.flatMap(({ rollouts }) => rollouts).filter((rollout) => value(rollout, 'approval') === 'automatic')];
  if (rules.length > 0) return met(`${rules.map(({ name }) => name).join(', ')} decides by a rule whether a version goes on`, ...rules.map(({ name }) => name));
  return open(`nobody says who decides whether a version of ${model.name} goes on`, model.name);
}

const noPipeline = (architecture: Facts['architecture'], unsaid: string): Judgement => (isKindAbsent(architecture, 'pipeline') ? missing('no pipeline does it') : open(unsaid));
