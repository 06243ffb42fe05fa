import type { Architecture, Component } from '../../model/architecture.ts';
import { edgesOf } from '../../model/graph/edges.ts';
import { componentsOf, value } from '../../model/statements.ts';
import { observedServices, type Observed } from '../monitoring/observed.ts';

/** A service in production, and how new versions of what it runs come to it. */
export interface Release {
  readonly service: Component<'service'>;
  readonly observed: Observed;
  /** Rollouts of the service, of what it runs, or of the gateway or application in front of it. */
  readonly rollouts: readonly Component<'rollout'>[];
  readonly pipelines: readonly Component<'pipeline'>[];
  readonly experiments: readonly Component<'experiment'>[];
}

const cache = new WeakMap<Architecture, readonly Release[]>();

/** How each service that answers with a learned model is released. */
export function releasesOf(architecture: Architecture): readonly Release[] {
  let releases = cache.get(architecture);
  if (!releases) cache.set(architecture, (releases = computeReleases(architecture)));
  return releases;
}

/** What names no target must be for the only service of a system that has one. */
function computeReleases(architecture: Architecture): Release[] {
  const rollouts = byTarget(componentsOf(architecture, 'rollout'), (rollout) => rolloutTargets(architecture, rollout));
  const pipelines = byTarget(componentsOf(architecture, 'pipeline'), (pipeline) => pipelineTargets(architecture, pipeline));
  const experiments = byTarget(componentsOf(architecture, 'experiment'), (experiment) => (experiment.subject === undefined ? [] : [experiment.subject]));
  const all = observedServices(architecture);
  const pick = <C>(index: Targets<C>, names: ReadonlySet<string>): C[] => [...new Set([...names].flatMap((name) => index.byName.get(name) ?? []).concat(all.length === 1 ? index.loose : []))];
  return all.map((observed) => ({
    service: observed.service,
    observed,
    rollouts: pick(rollouts, observed.names),
    pipelines: pick(pipelines, observed.names),
    experiments: pick(experiments, observed.names),
  }));
}

interface Targets<C> {
  readonly byName: ReadonlyMap<string, readonly C[]>;
  /** Those that name no target. */
  readonly loose: readonly C[];
}

function byTarget<C>(components: readonly C[], targetsOf: (component: C) => readonly string[]): Targets<C> {
  const byName = new Map<string, C[]>();
  const loose: C[] = [];
  for (const component of components) {
    const targets = targetsOf(component);
    if (targets.length === 0) loose.push(component);
    for (const name of targets) {
      const group = byName.get(name);
      if (group) group.push(component);
      else byName.set(name, [component]);
    }
  }
  return { byName, loose };
}

/** What a rollout releases: what it names, and what its flows lead to. */
export function rolloutTargets(architecture: Architecture, rollout: Component<'rollout'>): string[] {
  const flows = (edgesOf(architecture).out.get(rollout.name) ?? []).filter((edge) => edge.flow).map((edge) => edge.to);
  return [...new Set([...(rollout.subject === undefined ? [] : [rollout.subject]), ...(value(rollout, 'of') ?? []), ...flows])];
}

/** What a pipeline deploys: what it names, the services its flows lead to, and what a rollout behind it releases. */
export function pipelineTargets(architecture: Architecture, pipeline: Component<'pipeline'>): string[] {
  const next = (edgesOf(architecture).out.get(pipeline.name) ?? []).filter((edge) => edge.payload === 'artifact' || edge.payload === 'config').flatMap((edge) => architecture.components.get(edge.to) ?? []);
  const behind = next.filter((component): component is Component<'rollout'> => component.kind === 'rollout').flatMap((rollout) => rolloutTargets(architecture, rollout));
  return [...new Set([...(value(pipeline, 'deploys') ?? []), ...next.filter((component) => component.kind !== 'registry').map((component) => component.name), ...behind])];
}

/** Ways to give a new version to few before all. */
const STEPWISE: ReadonlySet<string> = new Set(['canary', 'gradual', 'ab_test', 'feature_flag']);
/** Stages of a pipeline in which a few are served first. */
const STEPWISE_STAGES: ReadonlySet<string> = new Set(['canary', 'progressive_rollout']);

export const strategyOf = (rollout: Component<'rollout'>) => value(rollout, 'strategy');

export const isStepwise = (rollout: Component<'rollout'>): boolean => STEPWISE.has(strategyOf(rollout)?.kind ?? '');

export const stepwiseStage = (pipeline: Component<'pipeline'>): string | undefined => (value(pipeline, 'stages') ?? []).find((stage) => STEPWISE_STAGES.has(stage));

/** Jobs can be run again and their results looked at before anyone sees them, so nothing needs to be rolled out to few. */
export const answersInJobs = ({ service }: Release): boolean => service.variant === 'batch';
