import type { Architecture, Component } from '../../model/architecture.ts';
import { feedsTraining, servicesOf, servingGraph } from '../../model/graph/cones.ts';
import { edgesOf, type Edge, type Graph } from '../../model/graph/edges.ts';
import { carrying, pathTo, reachTree, type Follow } from '../../model/graph/paths.ts';
import { componentsOf, isKindAbsent, presenceOf, value } from '../../model/statements.ts';
import { watchedBy } from '../monitoring/observed.ts';
import { sees } from '../monitoring/signals.ts';
import { inHouseModels } from '../training/in-house.ts';

/** Checks of data by the component at which they stand: a gate, an ingestion or a service that checks, or what a monitor of data quality watches. */
export function guardsOf(architecture: Architecture): ReadonlySet<string> {
  let found = guards.get(architecture);
  if (!found) guards.set(architecture, (found = computeGuards(architecture)));
  return found;
}

const guards = new WeakMap<Architecture, ReadonlySet<string>>();

function computeGuards(architecture: Architecture): ReadonlySet<string> {
  const checking = componentsOf(architecture, 'ingestion', 'service').filter((component) => checksOf(component).length > 0);
  const watched = componentsOf(architecture, 'monitor').filter((monitor) => sees(monitor, 'data_quality')).flatMap((monitor) => watchedBy(architecture, monitor));
  const tested = pipelinesThatCheck(architecture).length > 0 ? pipelineTrainings(architecture) : [];
  return new Set([...componentsOf(architecture, 'validation').map((gate) => gate.name), ...checking.map((component) => component.name), ...watched, ...tested]);
}

/** What a gate, an ingestion or a service checks. */
export function checksOf(component: Component): readonly string[] {
  return (component.kind === 'validation' ? value(component as Component<'validation'>, 'checks') : value(component as Component<'ingestion'>, 'validates')) ?? [];
}

/** Pipelines with a stage that checks the data before training. */
export const pipelinesThatCheck = (architecture: Architecture): Component<'pipeline'>[] => componentsOf(architecture, 'pipeline').filter((pipeline) => value(pipeline, 'stages')?.includes('data_validation'));

/** Trainings that such a pipeline runs: those that it is tied to, or all where it trains and names none. */
function pipelineTrainings(architecture: Architecture): string[] {
  const graph = edgesOf(architecture);
  const trainings = componentsOf(architecture, 'training').map((training) => training.name);
  return pipelinesThatCheck(architecture).flatMap((pipeline) => {
    const near = new Set([...(graph.out.get(pipeline.name) ?? []).map((edge) => edge.to), ...(graph.in.get(pipeline.name) ?? []).map((edge) => edge.from)]);
    const tied = trainings.filter((name) => near.has(name));
    return tied.length > 0 || !value(pipeline, 'stages')?.includes('training') ? tied : trainings;
  });
}

/** Something that data must not reach unchecked. */
export interface Guarded {
  readonly component: Component<'training' | 'service'>;
  readonly graph: Graph;
  readonly follow: Follow;
  /** Everything upstream of it, with the edge by which it gets nearer. */
  readonly upstream: ReadonlyMap<string, Edge | undefined>;
  /** Where data begins. */
  readonly origins: readonly string[];
}

const cache = new WeakMap<Architecture, readonly Guarded[]>();

const feedsFeatures = carrying('data', 'features');

/** Trainings of own models, and the services that run these models on stored features. */
export function guardedTargets(architecture: Architecture): readonly Guarded[] {
  let found = cache.get(architecture);
  if (!found) cache.set(architecture, (found = computeTargets(architecture)));
  return found;
}

function computeTargets(architecture: Architecture): Guarded[] {
  const trainings = componentsOf(architecture, 'training').map((training) => target(edgesOf(architecture), feedsTraining, training));
  const runners = new Map(inHouseModels(architecture).flatMap((model) => servicesOf(architecture, model)).map((service) => [service.name, service]));
  const services = [...runners.values()].map((service) => target(servingGraph(architecture), feedsFeatures, service));
  return [...trainings, ...services].filter((item) => item.origins.length > 0);

  function target(graph: Graph, follow: Follow, component: Component<'training' | 'service'>): Guarded {
    const upstream = reachTree(graph, [component.name], { direction: 'upstream', follow });
    const names = [...upstream.keys()].filter((name) => name !== component.name);
    const isSource = (name: string): boolean => architecture.components.get(name)?.kind === 'source';
    const isRoot = (name: string): boolean => !(graph.in.get(name) ?? []).some(follow) && ['store', 'ingestion', 'dataset', 'source'].includes(architecture.components.get(name)?.kind ?? '');
    return { component, graph, follow, upstream, origins: names.filter((name) => isSource(name) || isRoot(name)) };
  }
}

/** Ingestions of which nobody says whether they check anything. */
export const openIngestions = (architecture: Architecture): Component<'ingestion'>[] => componentsOf(architecture, 'ingestion').filter((ingestion) => ['undeclared', 'unknown'].includes(presenceOf(ingestion, 'validates')));

/** The file says that there is no validation of data. */
export const isValidationClosed = (architecture: Architecture): boolean => isKindAbsent(architecture, 'validation');

/** A shortest path from where data begins to a target that passes none of these gates; undefined where they cut off every one. */
export function pathAround({ component, graph, follow, origins }: Guarded, gates: ReadonlySet<string>): readonly Edge[] | undefined {
  const begins = new Set(origins);
  // Searched from the target, so that only what lies upstream of it is looked at.
  const tree = reachTree(graph, [component.name], { direction: 'upstream', follow, avoid: gates });
  for (const name of tree.keys()) if (begins.has(name)) return pathTo(tree, name, 'upstream');
  return undefined;
}
