import type { Architecture, Component } from '../architecture.ts';
import { componentsOf, value } from '../statements.ts';
import { edgesOf, type Edge } from './edges.ts';
import { carrying, reachTree } from './paths.ts';

/** Which trainings make a model and which services run it. */
interface Lineage {
  readonly trainings: ReadonlyMap<string, ReadonlySet<string>>;
  readonly services: ReadonlyMap<string, ReadonlySet<string>>;
  readonly models: ReadonlyMap<string, ReadonlySet<string>>;
}

const cache = new WeakMap<Architecture, Lineage>();

/**
 * The trainings that make a model: by `produces`, by an artifact edge from the training to the model, by a flow that
 * deploys the model, or by artifact edges through a registry to a service that serves it. Where nothing of that is
 * said, the only training of the system makes its only own model.
 */
export const trainingsOf = (architecture: Architecture, model: Component<'model'>): Component<'training'>[] =>
  pick(architecture, lineageOf(architecture).trainings.get(model.name));

/**
 * The services that run a model: by `serves` (an agent or a knowledge base that uses the model counts), by a flow that
 * deploys the model, by an artifact edge, or by artifact edges from its trainings where the service does not say what
 * it serves. Where nothing of that is said, the only service of the system runs its only model.
 */
export const servicesOf = (architecture: Architecture, model: Component<'model'>): Component<'service'>[] =>
  pick(architecture, lineageOf(architecture).services.get(model.name));

/** The models that a service runs; the inverse of `servicesOf`. */
export const modelsOf = (architecture: Architecture, service: Component<'service'>): Component<'model'>[] =>
  pick(architecture, lineageOf(architecture).models.get(service.name));

/** The models that a training makes; the inverse of `trainingsOf`. */
export function modelsMadeBy(architecture: Architecture, training: Component<'training'>): Component<'model'>[] {
  const { trainings } = lineageOf(architecture);
  return componentsOf(architecture, 'model').filter((model) => trainings.get(model.name)?.has(training.name));
}

function pick<K extends 'training' | 'service' | 'model'>(architecture: Architecture, names: ReadonlySet<string> = new Set()): Component<K>[] {
  return [...names].flatMap((name) => (architecture.components.get(name) as Component<K> | undefined) ?? []);
}

function lineageOf(architecture: Architecture): Lineage {
  let lineage = cache.get(architecture);
  if (!lineage) cache.set(architecture, (lineage = computeLineage(architecture)));
  return lineage;
}

function computeLineage(architecture: Architecture): Lineage {
  const trainings = emptyRelation();
  const services = emptyRelation();
  declaredMakers(architecture, trainings);
  declaredServers(architecture, services);
  deployments(architecture, trainings, services);
  throughRegistries(architecture, trainings, services);
  byElimination(architecture, trainings, services);
  return { trainings: trainings.forward, services: services.forward, models: services.backward };
}

/** Pairs of a model and what belongs to it, readable from both ends. */
interface Relation {
  readonly forward: Map<string, Set<string>>;
  readonly backward: Map<string, Set<string>>;
}

const emptyRelation = (): Relation => ({ forward: new Map(), backward: new Map() });

function relate(relation: Relation, model: string, other: string): void {
  append(relation.forward, model, other);
  append(relation.backward, other, model);
}

function append(map: Map<string, Set<string>>, key: string, name: string): void {
  const names = map.get(key);
  if (names) names.add(name);
  else map.set(key, new Set([name]));
}

const kindOf = (architecture: Architecture, name: string): string | undefined => architecture.components.get(name)?.kind;

function declaredMakers(architecture: Architecture, trainings: Relation): void {
  for (const edge of edgesOf(architecture).edges) {
    if (edge.payload !== 'artifact') continue;
    if (kindOf(architecture, edge.from) === 'training' && kindOf(architecture, edge.to) === 'model') relate(trainings, edge.to, edge.from);
  }
}

function declaredServers(architecture: Architecture, services: Relation): void {
  for (const edge of edgesOf(architecture).edges) {
    const [from, to] = [kindOf(architecture, edge.from), kindOf(architecture, edge.to)];
    if (edge.payload === 'artifact' && from === 'model' && to === 'service') relate(services, edge.from, edge.to);
  }
  for (const service of componentsOf(architecture, 'service')) {
    for (const name of value(service, 'serves') ?? []) {
      const served = architecture.components.get(name);
      if (served?.kind === 'agent') for (const model of value(served as Component<'agent'>, 'model') ?? []) addModel(architecture, services, model, service.name);
      if (served?.kind === 'knowledge') addModel(architecture, services, value(served as Component<'knowledge'>, 'embedding'), service.name);
    }
  }
}

function addModel(architecture: Architecture, services: Relation, model: string | undefined, service: string): void {
  if (model !== undefined && kindOf(architecture, model) === 'model') relate(services, model, service);
}

/** Flows that say which model they deploy, and what lies upstream of them along flows that say the same. */
function deployments(architecture: Architecture, trainings: Relation, services: Relation): void {
  const byModel = new Map<string, Edge[]>();
  for (const edge of edgesOf(architecture).edges) {
    const model = edge.flow && value(edge.flow, 'deploys');
    if (model === undefined || kindOf(architecture, model) !== 'model') continue;
    const edges = byModel.get(model);
    if (edges) edges.push(edge);
    else byModel.set(model, [edge]);
  }
  for (const [model, edges] of byModel) {
    for (const edge of edges) {
      if (kindOf(architecture, edge.from) === 'training') relate(trainings, model, edge.from);
      if (kindOf(architecture, edge.to) === 'service') relate(services, model, edge.to);
    }
  }
}

/** What neither `produces` nor `serves` ties to a model, artifact edges do: training → registry → service. */
function throughRegistries(architecture: Architecture, trainings: Relation, services: Relation): void {
  const graph = edgesOf(architecture);
  // A model or service on the way is an end: what it hands on is something else.
  const follow = (edge: Edge): boolean =>
    carrying('artifact')(edge) && !['model', 'service', 'training'].includes(kindOf(architecture, edge.from) ?? '');
  const claimed = new Set(trainings.forward.keys());
  for (const training of componentsOf(architecture, 'training')) {
    const reached = reachTree(graph, [training.name], { follow: (edge) => (edge.from === training.name ? edge.payload === 'artifact' : follow(edge)) });
    const served = [...reached.keys()].filter((name) => kindOf(architecture, name) === 'service');
    const made = trainings.backward.get(training.name);
    if (made) {
      for (const service of served) if (!services.backward.has(service) && made.size === 1) for (const model of made) relate(services, model, service);
      continue;
    }
    // A registry is often shared: what another training is said to make is not this one's.
    const own = served.flatMap((service) => [...(services.backward.get(service) ?? [])]).filter((model) => isOwn(architecture, model));
    const free = own.filter((model) => !claimed.has(model));
    for (const model of free.length > 0 ? free : own) relate(trainings, model, training.name);
  }
}

/** A system with one training and one model of its own, or one model and one service, need not say what belongs together. */
function byElimination(architecture: Architecture, trainings: Relation, services: Relation): void {
  const models = componentsOf(architecture, 'model');
  const own = models.filter((model) => isOwn(architecture, model.name));
  const jobs = componentsOf(architecture, 'training');
  if (own.length === 1 && jobs.length === 1 && trainings.forward.size === 0) relate(trainings, own[0]!.name, jobs[0]!.name);
  const runners = componentsOf(architecture, 'service').filter((service) => service.variant !== 'app');
  if (models.length === 1 && runners.length === 1 && services.forward.size === 0 && value(runners[0]!, 'serves') === undefined) {
    relate(services, models[0]!.name, runners[0]!.name);
  }
}

/** A model that is trained in the system, as opposed to one that is bought, published or made of rules. */
function isOwn(architecture: Architecture, name: string): boolean {
  const variant = architecture.components.get(name)?.variant;
  return variant === undefined || variant === 'trained' || variant === 'fine_tuned';
}
