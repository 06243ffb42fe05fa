import type { Architecture, Component } from '../../model/architecture.ts';
import { feedsTraining, servicesOf, servingGraph } from '../../model/graph/cones.ts';
import { edgesOf, type Edge, type Graph } from '../../model/graph/edges.ts';
import { carrying, pathTo, reachTree, type Follow } from '../../model/graph/paths.ts';
import { componentsOf, isKindAbsent, presenceOf, value } from '../../model/statements.ts';
import { watchedBy } from '../monitoring/observed.ts';
import { sees } from '../monitoring/signals.ts';
import { inHouseModels } from '../training/in-house.ts';

/** Components at which data is checked. */
export const guardsOf = (architecture: Architecture): ReadonlySet<string> => checkers(architecture).names;

/** What checks at a component: itself, or the monitor or pipeline that looks at it. */
export const checkerAt = (architecture: Architecture, name: string): string => checkers(architecture).by.get(name) ?? name;

interface Checkers {
  readonly names: ReadonlySet<string>;
  readonly by: ReadonlyMap<string, string>;
}

const guards = new WeakMap<Architecture, Checkers>();

function checkers(architecture: Architecture): Checkers {
  let found = guards.get(architecture);
  if (!found) {
    const by = new Map(checkersOf(architecture));
    guards.set(architecture, (found = { names: new Set(by.keys()), by }));
  }
  return found;
}

/** Pairs of where it is checked and what checks; what stands on the way itself comes last and so counts first. */
function* checkersOf(architecture: Architecture): Iterable<[string, string]> {
  const pairs = [...placesOf(architecture)];
  // Who looks at what a service logs of its inputs looks at its inputs.
  for (const [name, checker] of pairs) {
    if (architecture.components.get(name)?.kind !== 'store') continue;
    for (const edge of edgesOf(architecture).in.get(name) ?? []) if (edge.payload !== 'request' && architecture.components.get(edge.from)?.kind === 'service') yield [edge.from, checker];
  }
  yield* pairs;
}

function* placesOf(architecture: Architecture): Iterable<[string, string]> {
  for (const pipeline of pipelinesThatCheck(architecture)) for (const name of trainingsOfPipeline(architecture, pipeline)) yield [name, pipeline.name];
  for (const monitor of componentsOf(architecture, 'monitor')) if (sees(monitor, 'data_quality')) for (const name of watchedBy(architecture, monitor)) yield [name, monitor.name];
  for (const component of componentsOf(architecture, 'ingestion', 'service')) if (checksOf(component).length > 0) yield [component.name, component.name];
  for (const labels of componentsOf(architecture, 'labels')) if ((value(labels, 'quality') ?? []).length > 0 || value(labels, 'filtered')?.includes('validated')) yield [labels.name, labels.name];
  for (const gate of componentsOf(architecture, 'validation')) yield [gate.name, gate.name];
}

/** What a gate, an ingestion or a service checks. */
export function checksOf(component: Component): readonly string[] {
  return (component.kind === 'validation' ? value(component as Component<'validation'>, 'checks') : value(component as Component<'ingestion'>, 'validates')) ?? [];
}

/** Whether something stands on the way that refuses or reports records, as opposed to a monitor beside it. */
export function isGate(architecture: Architecture, name: string): boolean {
  const checker = architecture.components.get(checkerAt(architecture, name));
  return checker?.kind !== 'monitor';
}

/** Pipelines with a stage that checks the data before training. */
export const pipelinesThatCheck = (architecture: Architecture): Component<'pipeline'>[] => componentsOf(architecture, 'pipeline').filter((pipeline) => value(pipeline, 'stages')?.includes('data_validation'));

/** Trainings that a pipeline runs: those that it is tied to, or all where it trains and names none. */
function trainingsOfPipeline(architecture: Architecture, pipeline: Component<'pipeline'>): string[] {
  const graph = edgesOf(architecture);
  const trainings = componentsOf(architecture, 'training').map((training) => training.name);
  const near = new Set([...(graph.out.get(pipeline.name) ?? []).map((edge) => edge.to), ...(graph.in.get(pipeline.name) ?? []).map((edge) => edge.from)]);
  const tied = trainings.filter((name) => near.has(name));
  return tied.length > 0 || !value(pipeline, 'stages')?.includes('training') ? tied : trainings;
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
  const learned = edgesOf(architecture);
  // Labels name where truth begins; where that also flows elsewhere, the truth came by that way, which is looked at anyway.
  const isByName = (edge: Edge): boolean => edge.via?.property === 'from' && architecture.components.get(edge.to)?.kind === 'labels' && (learned.out.get(edge.from) ?? []).some((other) => other.flow !== undefined);
  const trainings = componentsOf(architecture, 'training').map((training) => target(learned, (edge) => feedsTraining(edge) && !isByName(edge), training));
  const runners = new Map(inHouseModels(architecture).flatMap((model) => servicesOf(architecture, model)).map((service) => [service.name, service]));
  // What a service asks a source while it answers comes with the request; here it is about values that were kept.
  const isAsked = (edge: Edge): boolean => ['source', 'consumer'].includes(architecture.components.get(edge.from)?.kind ?? '') && architecture.components.get(edge.to)?.kind === 'service';
  const services = [...runners.values()].map((service) => target(servingGraph(architecture), (edge) => feedsFeatures(edge) && !isAsked(edge), service));
  return [...trainings, ...services].filter((item) => item.origins.length > 0);

  function target(graph: Graph, follow: Follow, component: Component<'training' | 'service'>): Guarded {
    const upstream = reachTree(graph, [component.name], { direction: 'upstream', follow });
    const names = [...upstream.keys()].filter((name) => name !== component.name);
    const isSource = (name: string): boolean => architecture.components.get(name)?.kind === 'source';
    const isRoot = (name: string): boolean => !(graph.in.get(name) ?? []).some(follow) && ['store', 'ingestion', 'dataset', 'source'].includes(architecture.components.get(name)?.kind ?? '');
    return { component, graph, follow, upstream, origins: names.filter((name) => isSource(name) || isRoot(name)) };
  }
}

/** Ingestions and labels of which nobody says whether anything is checked there. */
export const openPlaces = (architecture: Architecture): Component<'ingestion' | 'labels'>[] =>
  componentsOf(architecture, 'ingestion', 'labels').filter((place) => ['undeclared', 'unknown'].includes(presenceOf(place, place.kind === 'labels' ? 'filtered' : 'validates')));

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
