import type { Architecture, Component } from '../../model/architecture.ts';
import { feedsTraining, modelsOf, trainingsOf } from '../../model/graph/cones.ts';
import { edgesOf } from '../../model/graph/edges.ts';
import { reachable } from '../../model/graph/paths.ts';
import { componentsOf, value } from '../../model/statements.ts';
import { seesInfrastructureOnly } from './signals.ts';
import { vendorCallsOf } from './vendor-calls.ts';

/** A service in production that answers with a model, and what looks at its answers. */
export interface Observed {
  readonly service: Component<'service'>;
  /** Those that it runs, and those of vendors that it asks. */
  readonly models: readonly Component<'model'>[];
  /** It only runs agents. */
  readonly agents: boolean;
  /** It writes text, or asks a language model. */
  readonly generative: boolean;
  /** Components that stand for its answers: itself, its models, its log, the application in front of it, the vendor's interface behind it. */
  readonly names: ReadonlySet<string>;
  /** Monitors that watch one of those, and monitors that do not say what they watch. */
  readonly monitors: readonly Component<'monitor'>[];
  /** Judgements of what it answered in production. */
  readonly evaluations: readonly Component<'evaluation'>[];
  /** Truth about its answers. */
  readonly labels: readonly Component<'labels'>[];
}

const cache = new WeakMap<Architecture, readonly Observed[]>();

/** The services in production that answer with a model that learned. Rules and applications that only call others are left out. */
export function observedServices(architecture: Architecture): readonly Observed[] {
  let observed = cache.get(architecture);
  if (!observed) cache.set(architecture, (observed = computeObserved(architecture)));
  return observed;
}

/** Why the checks of monitoring do not apply, or true. */
export function answersWithModel(architecture: Architecture): true | string {
  if (observedServices(architecture).length > 0) return true;
  return 'No service in production that answers with a learned model is declared.';
}

export const isGenerative = (model: Component<'model'>): boolean => value(model, 'task') === 'generation' || value(model, 'llm') !== undefined;

function computeObserved(architecture: Architecture): Observed[] {
  const services = componentsOf(architecture, 'service').filter((service) => isObserved(architecture, service));
  const watchers = watchersOf(architecture);
  const evaluations = productionEvaluations(architecture);
  const { asked } = vendorCallsOf(architecture);
  // What a vendor's model answers is looked at where it comes out.
  const behind = new Set(services.filter((service) => service.variant !== 'llm_api').flatMap((service) => asked.get(service.name) ?? []));
  const apart = services.filter((service) => !behind.has(service)).map((service) => {
    const vendors = service.variant === 'llm_api' ? [] : (asked.get(service.name) ?? []).filter((vendor) => isObserved(architecture, vendor));
    const models = [...new Set([service, ...vendors].flatMap((item) => modelsOf(architecture, item)))];
    const names = namesOf(architecture, [service, ...vendors], models);
    // A monitor that names nothing may watch this service; of machines that says too little, unless there is only one service.
    const possible = watchers.unassigned.filter((monitor) => services.length - behind.size === 1 || !seesInfrastructureOnly(monitor));
    const monitors = [...new Set([...names].flatMap((name) => watchers.byName.get(name) ?? []).concat(possible))];
    const judged = [...new Set([...names].flatMap((name) => evaluations.get(name) ?? []))];
    const served = (value(service, 'serves') ?? []).flatMap((name) => architecture.components.get(name) ?? []);
    const agents = served.length > 0 && served.every((component) => component.kind === 'agent');
    const generative = service.variant === 'llm_api' || vendors.length > 0 || value(service, 'generates') === true || agents || models.some(isGenerative);
    return { service, models, agents, generative, names, monitors, evaluations: judged };
  });
  const truth = truthOf(architecture, apart);
  return apart.map((item) => ({ ...item, labels: truth.get(item.service.name) ?? [] }));
}

function isObserved(architecture: Architecture, service: Component<'service'>): boolean {
  const environment = architecture.components.get(value(service, 'runs_in') ?? '');
  if (environment && environment.variant !== undefined && environment.variant !== 'production') return false;
  if (composesAnswers(architecture, service)) return true;
  if (service.variant === 'app' && !servesOneOf(architecture, service, ['model', 'agent'])) return false;
  const models = modelsOf(architecture, service);
  // Vectors are a step on the way to an answer, and rules do not drift.
  if (models.length > 0) return models.some((model) => model.variant !== 'rules' && value(model, 'task') !== 'embedding');
  const served = value(service, 'serves') ?? [];
  if (served.length > 0) return true;
  // A service that says neither which model it runs nor of which sort it is may run none.
  return service.variant !== undefined || value(service, 'platform') !== undefined;
}

const servesOneOf = (architecture: Architecture, service: Component<'service'>, kinds: readonly string[]): boolean =>
  (value(service, 'serves') ?? []).some((name) => kinds.includes(architecture.components.get(name)?.kind ?? ''));

/** Whether it makes an answer of what a vendor's model writes, whichever model of its own finds the documents for it. */
function composesAnswers(architecture: Architecture, service: Component<'service'>): boolean {
  if (service.variant === 'llm_api') return false;
  if (value(service, 'generates') === true) return true;
  return (vendorCallsOf(architecture).asked.get(service.name) ?? []).some((vendor) => isObserved(architecture, vendor));
}

/** What stands for the answers of a service. */
function namesOf(architecture: Architecture, services: readonly Component<'service'>[], models: readonly Component<'model'>[]): Set<string> {
  const graph = edgesOf(architecture);
  const names = new Set([...services.map((service) => service.name), ...models.map((model) => model.name), ...services.flatMap((service) => value(service, 'serves') ?? [])]);
  for (const { name } of services) {
    for (const edge of graph.out.get(name) ?? []) {
      const kind = architecture.components.get(edge.to)?.kind;
      if (edge.payload === 'predictions' && (kind === 'store' || kind === 'dataset' || kind === 'ingestion')) names.add(edge.to);
    }
    for (const edge of graph.in.get(name) ?? []) {
      const caller = architecture.components.get(edge.from);
      if (edge.payload === 'request' && (caller?.kind === 'agent' || caller?.kind === 'gateway' || caller?.variant === 'app')) names.add(edge.from);
    }
  }
  return names;
}

interface Watchers {
  readonly byName: ReadonlyMap<string, readonly Component<'monitor'>[]>;
  readonly unassigned: readonly Component<'monitor'>[];
}

function watchersOf(architecture: Architecture): Watchers {
  const byName = new Map<string, Component<'monitor'>[]>();
  const unassigned: Component<'monitor'>[] = [];
  for (const monitor of componentsOf(architecture, 'monitor')) {
    const watched = watchedBy(architecture, monitor);
    if (watched.length === 0) unassigned.push(monitor);
    for (const name of watched) append(byName, name, monitor);
  }
  return { byName, unassigned };
}

/** What a monitor watches: by `watches`, or by a flow to it. Truth that it compares with is not watched. */
export function watchedBy(architecture: Architecture, monitor: Component<'monitor'>): string[] {
  const edges = edgesOf(architecture).in.get(monitor.name) ?? [];
  return edges.filter((edge) => edge.payload !== 'labels' && architecture.components.get(edge.from)?.kind !== 'labels').map((edge) => edge.from);
}

/** Evaluations of production: online ones, people who judge answers, and whatever judges again and again with truth. */
function productionEvaluations(architecture: Architecture): Map<string, Component<'evaluation'>[]> {
  const byName = new Map<string, Component<'evaluation'>[]>();
  for (const evaluation of componentsOf(architecture, 'evaluation')) {
    if (!isOnline(architecture, evaluation)) continue;
    for (const edge of edgesOf(architecture).in.get(evaluation.name) ?? []) append(byName, edge.from, evaluation);
  }
  return byName;
}

export function isOnline(architecture: Architecture, evaluation: Component<'evaluation'>): boolean {
  if (evaluation.variant === 'online') return true;
  if (value(evaluation, 'every') === undefined || evaluation.variant === 'offline') return false;
  const incoming = edgesOf(architecture).in.get(evaluation.name) ?? [];
  return evaluation.variant === 'human' || incoming.some((edge) => architecture.components.get(edge.from)?.kind === 'labels');
}

/** Truth by service: used by what judges it, or learned from by its models, or else joined with its log, which services may share. */
function truthOf(architecture: Architecture, observed: readonly Omit<Observed, 'labels'>[]): Map<string, Component<'labels'>[]> {
  const graph = edgesOf(architecture);
  const trained = new Map<string, string[]>();
  const owners = new Map<string, string[]>();
  for (const { service, models, names, monitors, evaluations } of observed) {
    for (const name of [...names, ...monitors.map((monitor) => monitor.name), ...evaluations.map((evaluation) => evaluation.name)]) append(owners, name, service.name);
    for (const training of models.flatMap((model) => trainingsOf(architecture, model))) append(trained, training.name, service.name);
  }
  const truth = new Map<string, Component<'labels'>[]>();
  for (const labels of componentsOf(architecture, 'labels')) {
    const direct = (graph.out.get(labels.name) ?? []).map((edge) => edge.to);
    const learned = reachable(graph, [labels.name], { follow: (edge) => feedsTraining(edge) && edge.via?.property !== 'joins' });
    const isLog = (name: string): boolean => ['store', 'ingestion'].includes(architecture.components.get(name)?.kind ?? '');
    const used = direct.filter((name) => !isLog(name)).flatMap((name) => owners.get(name) ?? []);
    const related = new Set([...used, ...[...learned].flatMap((name) => trained.get(name) ?? [])]);
    if (related.size === 0) for (const name of direct.filter(isLog)) for (const service of owners.get(name) ?? []) related.add(service);
    if (related.size === 0 && observed.length === 1) for (const { service } of observed) related.add(service.name);
    for (const service of related) append(truth, service, labels);
  }
  return truth;
}

function append<T>(map: Map<string, T[]>, key: string, item: T): void {
  const items = map.get(key);
  if (items) items.push(item);
  else map.set(key, [item]);
}
