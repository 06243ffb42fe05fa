import type { Architecture, Component } from '../../model/architecture.ts';
import { feedsTraining, servicesOf, servingGraph } from '../../model/graph/cones.ts';
import { edgesOf, type Edge, type Graph } from '../../model/graph/edges.ts';
import { carrying, pathTo, reachTree, type Follow } from '../../model/graph/paths.ts';
import { componentsOf, isKindAbsent, presenceOf, value } from '../../model/statements.ts';
import { watchedBy } from '../monitoring/observed.ts';
import { sees } from '../monitoring/signals.ts';
import { inHouseModels } from '../training/in-house.ts';

/** What becomes of bad data that goes no further: it stops there, or is set aside. */
export const STOPS: ReadonlySet<string> = new Set(['quarantine', 'reject', 'drop']);

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
    const writers = (edgesOf(architecture).in.get(name) ?? []).filter((edge) => edge.payload !== 'request').map((edge) => edge.from);
    const streamed = writers.filter((writer) => architecture.components.get(writer)?.kind === 'ingestion').flatMap((stream) => (edgesOf(architecture).in.get(stream) ?? []).map((edge) => edge.from));
    for (const writer of [...writers, ...streamed]) if (architecture.components.get(writer)?.kind === 'service') yield [writer, checker];
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

/** Something that data must not reach unchecked, and how data gets to it. */
export interface Guarded {
  readonly component: Component<'training' | 'service'>;
  readonly network: Network;
}

/** Ways of data to what must be guarded, each search done once for all of them: components reached, with the edge by which. */
export interface Network {
  readonly graph: Graph;
  readonly follow: Follow;
  /** Where data begins. */
  readonly origins: ReadonlySet<string>;
  /** From where data begins. */
  readonly all: Tree;
  /** Without passing a place where data is checked. */
  readonly unguarded: Tree;
  /** Without passing a place that checks, or of which nobody says whether it does. */
  readonly bare: Tree;
  /** From gates, as opposed to monitors, and from any place where data is checked. */
  readonly fromGates: Tree;
  readonly fromGuards: Tree;
  /** Everything that leads to what must be guarded. */
  readonly feeding: Tree;
}

type Tree = ReadonlyMap<string, Edge | undefined>;

const cache = new WeakMap<Architecture, readonly Guarded[]>();

const feedsFeatures = carrying('data', 'features');
const HOLDERS: ReadonlySet<string> = new Set(['source', 'store', 'ingestion', 'dataset']);

/** Trainings, and the services that run models of their own on stored features, as far as data reaches them. */
export function guardedTargets(architecture: Architecture): readonly Guarded[] {
  let found = cache.get(architecture);
  if (!found) cache.set(architecture, (found = computeTargets(architecture)));
  return found;
}

function computeTargets(architecture: Architecture): Guarded[] {
  const learned = edgesOf(architecture);
  const kindOf = (name: string): string => architecture.components.get(name)?.kind ?? '';
  // Labels name where truth begins; where that also flows elsewhere, the truth came by that way, which is looked at anyway.
  const isByName = (edge: Edge): boolean => edge.via?.property === 'from' && kindOf(edge.to) === 'labels' && (learned.out.get(edge.from) ?? []).some((other) => other.flow !== undefined);
  // What a service asks a source while it answers comes with the request; here it is about values that were kept.
  const isAsked = (edge: Edge): boolean => kindOf(edge.to) === 'service' && (kindOf(edge.from) === 'source' || kindOf(edge.from) === 'consumer');
  const services = new Set(inHouseModels(architecture).flatMap((model) => servicesOf(architecture, model)));
  return [
    ...targetsIn(architecture, learned, (edge) => feedsTraining(edge) && !isByName(edge), componentsOf(architecture, 'training')),
    ...targetsIn(architecture, servingGraph(architecture), (edge) => feedsFeatures(edge) && !isAsked(edge), [...services]),
  ];
}

function targetsIn(architecture: Architecture, graph: Graph, follow: Follow, components: readonly Guarded['component'][]): Guarded[] {
  const guards = guardsOf(architecture);
  const open = openPlaces(architecture).map((place) => place.name);
  const origins = new Set([...architecture.components.values()].filter(({ kind, name }) => kind === 'source' || (HOLDERS.has(kind) && !(graph.in.get(name) ?? []).some(follow))).map(({ name }) => name));
  const network: Network = {
    graph,
    follow,
    origins,
    all: reachTree(graph, origins, { follow }),
    unguarded: reachTree(graph, origins, { follow, avoid: guards }),
    bare: reachTree(graph, origins, { follow, avoid: new Set([...guards, ...open]) }),
    fromGates: reachTree(graph, [...guards].filter((name) => isGate(architecture, name)), { follow }),
    fromGuards: reachTree(graph, guards, { follow }),
    feeding: reachTree(graph, components.map((component) => component.name), { direction: 'upstream', follow }),
  };
  return components.filter(({ name }) => network.all.has(name)).map((component) => ({ component, network }));
}

/** The nearest place where data on its way to a component was checked, by what checks there; undefined where there is none. */
export function checkerBefore(architecture: Architecture, tree: Tree, name: string): string | undefined {
  const path = pathTo(tree, name);
  return path && checkerAt(architecture, path[0]?.from ?? name);
}

/** Ingestions and labels of which nobody says whether anything is checked there. */
export const openPlaces = (architecture: Architecture): Component<'ingestion' | 'labels'>[] =>
  componentsOf(architecture, 'ingestion', 'labels').filter((place) => ['undeclared', 'unknown'].includes(presenceOf(place, place.kind === 'labels' ? 'filtered' : 'validates')));

/** The file says that there is no validation of data. */
export const isValidationClosed = (architecture: Architecture): boolean => isKindAbsent(architecture, 'validation');
