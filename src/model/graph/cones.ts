import type { Architecture, Component } from '../architecture.ts';
import { value } from '../statements.ts';
import { callsOf } from './calls.ts';
import { edgesOf, graphOf, type Edge, type Graph } from './edges.ts';
import { servicesOf, trainingsOf } from './lineage.ts';
import { carrying, reachable, reachTree, type Follow } from './paths.ts';

export { modelsMadeBy, modelsOf, servicesOf, trainingsOf } from './lineage.ts';

/** Everything upstream of some components, those included. */
export interface Cone {
  readonly names: ReadonlySet<string>;
  /** Every edge along which something comes in; both its ends are in the cone. */
  readonly edges: readonly Edge[];
}

/** What a model can learn from. */
export const feedsTraining: Follow = carrying('data', 'features', 'labels', 'feedback');

/** What an answer can depend on besides the request: values, documents, configuration, outputs of other models. */
export const feedsServing: Follow = carrying('data', 'features', 'labels', 'config', 'predictions', 'feedback');

/** Upstream of the trainings of a model and of its stateful transforms, over data, features, labels and feedback, back to sources. */
export function trainCone(architecture: Architecture, model: Component<'model'>): Cone {
  const trainings = trainingsOf(architecture, model);
  if (trainings.length === 0) return { names: new Set(), edges: [] };
  return coneOf(edgesOf(architecture), [...names(trainings), ...transformsOf(architecture, model)], feedsTraining);
}

/** Upstream of the services that run a model: what they read at request time, and the jobs that fill what they read. */
export function serveCone(architecture: Architecture, model: Component<'model'>): Cone {
  const services = servicesOf(architecture, model);
  if (services.length === 0) return { names: new Set(), edges: [] };
  return coneOf(servingGraph(architecture), [...names(services), ...transformsOf(architecture, model)], feedsServing);
}

/** Everything upstream of some components along edges of a kind. */
export function coneOf(graph: Graph, starts: Iterable<string>, follow: Follow): Cone {
  const found = reachable(graph, starts, { direction: 'upstream', follow });
  return { names: found, edges: [...found].flatMap((name) => (graph.in.get(name) ?? []).filter(follow)) };
}

const trainingTrees = new WeakMap<Architecture, Map<string, ReadonlyMap<string, Edge | undefined>>>();

/** Everything that training could learn from upstream of some components, those included, each with the edge by which it gets nearer. */
export function trainingTree(architecture: Architecture, starts: readonly string[]): ReadonlyMap<string, Edge | undefined> {
  let byStarts = trainingTrees.get(architecture);
  if (!byStarts) trainingTrees.set(architecture, (byStarts = new Map()));
  const key = starts.join('\n');
  let tree = byStarts.get(key);
  if (!tree) byStarts.set(key, (tree = reachTree(edgesOf(architecture), starts, { direction: 'upstream', follow: feedsTraining })));
  return tree;
}

const servingGraphs = new WeakMap<Architecture, Graph>();

/**
 * The graph of an architecture in which a call to something that only answers with stored values (`Scorer ->
 * FeatureStore`, and the store behind a feature group) also is an edge the other way: values flow against the call.
 */
export function servingGraph(architecture: Architecture): Graph {
  let graph = servingGraphs.get(architecture);
  if (!graph) {
    const answers = callsOf(architecture).calls.flatMap((call): Edge[] =>
      call.reads && call.edge.from === call.caller ? [{ ...call.edge, from: call.callee, to: call.caller, payload: 'features' }] : [],
    );
    graph = answers.length > 0 ? graphOf([...edgesOf(architecture).edges, ...answers]) : edgesOf(architecture);
    servingGraphs.set(architecture, graph);
  }
  return graph;
}

const names = (components: readonly Component[]): string[] => components.map((component) => component.name);

function transformsOf(architecture: Architecture, model: Component<'model'>): string[] {
  return (value(model, 'transforms') ?? []).filter((name) => architecture.components.has(name));
}
