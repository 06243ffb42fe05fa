import type { Architecture, Component, Kind } from '../../model/architecture.ts';
import { modelsOf, trainingsOf } from '../../model/graph/cones.ts';
import { edgesOf, type Edge, type Graph } from '../../model/graph/edges.ts';
import { namesAlong, reachable, shortestPath, type Follow } from '../../model/graph/paths.ts';
import { componentsOf, value } from '../../model/statements.ts';
import { inHouseModels } from './in-house.ts';

/** How a model that is trained in-house comes from its trainings to a service that runs it. */
export interface Delivery {
  /** What is delivered; undefined where only training and service are declared. */
  readonly model?: Component<'model'>;
  readonly trainings: readonly Component<'training'>[];
  readonly service: Component<'service'>;
  /** A shortest way that meets no registry and no store of one; undefined where there is none. */
  readonly bypass?: readonly Edge[];
  /** A way through a registry, from the registry on where nobody says what reaches it. */
  readonly registered?: readonly Edge[];
  /** Registries that the trainings record to or that the service loads from. */
  readonly registries: readonly Component<'registry'>[];
}

const cache = new WeakMap<Architecture, readonly Delivery[]>();

export function deliveriesOf(architecture: Architecture): readonly Delivery[] {
  let deliveries = cache.get(architecture);
  if (!deliveries) cache.set(architecture, (deliveries = computeDeliveries(architecture)));
  return deliveries;
}

/** The model where there is one, else the service: what a finding about a delivery is shown at. */
export const delivered = (delivery: Delivery): Component => delivery.model ?? delivery.service;

function computeDeliveries(architecture: Architecture): Delivery[] {
  const own = new Set(inHouseModels(architecture));
  const registries = registriesOf(architecture);
  const trainings = componentsOf(architecture, 'training');
  return componentsOf(architecture, 'service').flatMap((service) => {
    // An application calls models and a vendor’s interface hides them: neither gets an artifact.
    if (service.variant === 'app' || service.variant === 'llm_api') return [];
    const models = modelsOf(architecture, service);
    const mine = models.filter((model) => own.has(model));
    if (models.length > 0) return mine.map((model) => deliveryOf(architecture, registries, service, trainingsOf(architecture, model), model));
    const makers = makersOf(architecture, service, trainings);
    return makers.length === 0 ? [] : [deliveryOf(architecture, registries, service, makers)];
  });
}

function deliveryOf(architecture: Architecture, registriesOfAll: Registries, service: Component<'service'>, trainings: readonly Component<'training'>[], model?: Component<'model'>): Delivery {
  const graph = edgesOf(architecture);
  const follow = carriesArtifact(architecture, model?.name);
  const starts = trainings.map((training) => training.name);
  const { all, names } = registriesOfAll;
  const gates = gatesOf(graph, registriesOfAll, starts);
  const bypass = shortestPath(graph, starts, [service.name], { follow, avoid: gates });
  const registered = bypass ? undefined : (directly(graph, starts, service.name, names) ?? shortestPath(graph, starts, [service.name], { follow }) ?? shortestPath(graph, names, [service.name], { follow }));
  const neighbours = [
    ...starts.flatMap((name) => (graph.out.get(name) ?? []).filter(follow).map((edge) => edge.to)),
    ...(graph.in.get(service.name) ?? []).filter(follow).map((edge) => edge.from),
  ];
  const touched = new Set([...neighbours, ...namesAlong(registered ?? [])]);
  const holds = (store: string | undefined): boolean => store !== undefined && gates.has(store) && touched.has(store);
  const registries = all.filter((registry) => touched.has(registry.name) || holds(value(registry, 'artifacts_in')));
  return { model, trainings, service, bypass, registered, registries };
}

/** Training to registry to service, which is the common case, without a search. */
function directly(graph: Graph, trainings: readonly string[], service: string, names: ReadonlySet<string>): readonly Edge[] | undefined {
  const last = (graph.in.get(service) ?? []).find((edge) => edge.payload === 'artifact' && names.has(edge.from));
  const first = last && trainings.flatMap((name) => graph.out.get(name) ?? []).find((edge) => edge.payload === 'artifact' && edge.to === last.from);
  return first && last && [first, last];
}

/** The registries of a system, and the stores of those to which nobody is said to record. */
interface Registries {
  readonly all: readonly Component<'registry'>[];
  readonly names: ReadonlySet<string>;
  readonly unwritten: ReadonlySet<string>;
}

function registriesOf(architecture: Architecture): Registries {
  const graph = edgesOf(architecture);
  const all = componentsOf(architecture, 'registry');
  const isUnwritten = ({ name }: Component): boolean => !(graph.in.get(name) ?? []).some((edge) => architecture.components.get(edge.from)?.kind === 'training');
  return { all, names: new Set(all.map(({ name }) => name)), unwritten: new Set(all.filter(isUnwritten).flatMap(storesOf)) };
}

const storesOf = (registry: Component<'registry'>): readonly string[] => [value(registry, 'artifacts_in') ?? []].flat();

/**
 * Registries, and the stores of those to which a training records: what it writes there, the registry knows. Where
 * nobody is said to record to a registry, whoever writes to its store is taken to.
 */
function gatesOf(graph: Graph, { all, names, unwritten }: Registries, trainings: readonly string[]): Pick<ReadonlySet<string>, 'has'> {
  const recorded = new Set(trainings.flatMap((name) => (graph.out.get(name) ?? []).map((edge) => edge.to)));
  const written = new Set(all.filter(({ name }) => recorded.has(name)).flatMap(storesOf));
  return { has: (name) => names.has(name) || unwritten.has(name) || written.has(name) };
}

/**
 * Edges along which files of a model travel. That a training produces a model and a service serves it does not say
 * by which way, so those references are left out; so are flows that deploy another model.
 */
function carriesArtifact(architecture: Architecture, model: string | undefined): Follow {
  const kindOf = (name: string): Kind | undefined => architecture.components.get(name)?.kind;
  return (edge) => {
    if (!(edge.payload === 'artifact' || isFileRead(architecture, edge)) || kindOf(edge.to) === 'training' || kindOf(edge.from) === 'service') return false;
    const ends = [edge.from, edge.to];
    if (!edge.flow) return ends.every((name) => kindOf(name) !== 'model');
    const deploys = value(edge.flow, 'deploys');
    if (model !== undefined && deploys !== undefined && deploys !== model) return false;
    return ends.every((name) => kindOf(name) !== 'model' || name === model);
  };
}

/** Layers of a store of files that does not hold models. */
const DATA_LAYERS: ReadonlySet<string> = new Set(['raw', 'processed', 'features', 'logs']);

/** A service that reads files of no declared sort: on a way that starts at a training they are its artifacts. */
function isFileRead(architecture: Architecture, { from, to, payload, flow }: Edge): boolean {
  if (payload !== 'data' || (flow && value(flow, 'payload') !== undefined)) return false;
  const store = architecture.components.get(from);
  if (store?.kind !== 'store' || !['service', 'registry', 'pipeline'].includes(architecture.components.get(to)?.kind ?? '')) return false;
  return ['object', 'filesystem', undefined].includes(store.variant) && !DATA_LAYERS.has(value(store as Component<'store'>, 'layer') ?? '');
}

/** Trainings whose artifacts reach a service that does not say what it serves; the only training of a system without models, if there is one service. */
function makersOf(architecture: Architecture, service: Component<'service'>, trainings: readonly Component<'training'>[]): Component<'training'>[] {
  if (trainings.length === 0) return [];
  const upstream = reachable(edgesOf(architecture), [service.name], { direction: 'upstream', follow: carriesArtifact(architecture, undefined) });
  const found = trainings.filter((training) => upstream.has(training.name));
  if (found.length > 0) return found;
  const runners = componentsOf(architecture, 'service').filter((other) => other.variant !== 'app' && other.variant !== 'llm_api');
  const alone = trainings.length === 1 && runners.length === 1 && componentsOf(architecture, 'model').length === 0;
  return alone ? [...trainings] : [];
}

/** Whether a way leads only over the model itself, which is no place: it says what is delivered, not where it lies. */
export function isLogical(architecture: Architecture, path: readonly Edge[]): boolean {
  return namesAlong(path).some((name) => architecture.components.get(name)?.kind === 'model');
}
