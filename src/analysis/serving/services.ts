import type { Architecture, Component } from '../../model/architecture.ts';
import { modelsOf } from '../../model/graph/cones.ts';
import { callsAsGraph, callsOf, isFallback } from '../../model/graph/calls.ts';
import type { Graph } from '../../model/graph/edges.ts';
import { reachable, shortestPath, type Follow } from '../../model/graph/paths.ts';
import { componentsOf, statementOf, value } from '../../model/statements.ts';
import type { Hop } from '../finding.ts';
import { hopsOf } from '../hops.ts';

export type Service = Component<'service'>;
export type Consumer = Component<'consumer'>;

/** What is known of the services of an architecture and of who asks them. */
interface Serving {
  /** Services in production whose callers wait for an answer, those of vendors included. */
  readonly requests: readonly Service[];
  /** Consumers whose requests reach a component by calls that are always made. */
  readonly consumers: ReadonlyMap<string, readonly Consumer[]>;
  /** The first services that the requests of a consumer meet. */
  readonly entries: readonly { readonly consumer: Consumer; readonly service: Service }[];
  readonly graph: Graph;
}

const cache = new WeakMap<Architecture, Serving>();

function servingOf(architecture: Architecture): Serving {
  let serving = cache.get(architecture);
  if (!serving) cache.set(architecture, (serving = computeServing(architecture)));
  return serving;
}

/** Services in production whose callers wait, those of vendors included. */
export const requestServices = (architecture: Architecture): readonly Service[] => servingOf(architecture).requests;

/** The same without what vendors run and what runs on devices: services whose replicas are the team’s own. */
export const ownServices = (architecture: Architecture): readonly Service[] =>
  requestServices(architecture).filter((service) => service.variant !== 'llm_api' && service.variant !== 'edge');

/** Services in production that work on streams of events. */
export const streamServices = (architecture: Architecture): Service[] => componentsOf(architecture, 'service').filter((service) => isStreaming(architecture, service));

export const isStreaming = (architecture: Architecture, service: Service): boolean => service.variant === 'streaming' && isInProduction(architecture, service);

/** Consumers whose requests reach a component. */
export const consumersOf = (architecture: Architecture, name: string): readonly Consumer[] => servingOf(architecture).consumers.get(name) ?? [];

/** The first services that the requests of each consumer meet, behind gateways and caches. */
export const entriesOf = (architecture: Architecture): Serving['entries'] => servingOf(architecture).entries;

/** Consumers by the service that their requests meet first. */
export function askingOf(architecture: Architecture): ReadonlyMap<Service, readonly Consumer[]> {
  const asking = new Map<Service, Consumer[]>();
  for (const { consumer, service } of entriesOf(architecture)) asking.set(service, [...(asking.get(service) ?? []), consumer]);
  return asking;
}

/** A shortest way of a request from a consumer to a component, as hops. */
export function wayTo(architecture: Architecture, name: string, noteOf?: (name: string) => string | undefined): Hop[] {
  const { graph, consumers } = servingOf(architecture);
  const starts = (consumers.get(name) ?? []).map((consumer) => consumer.name);
  return hopsOf(shortestPath(graph, starts, [name]) ?? [], (edge) => noteOf?.(edge.to));
}

/** Whether a service is a job that runs by the clock, as opposed to one that answers requests. */
export const isJob = (service: Service): boolean =>
  service.variant === 'batch' || (service.variant === undefined && (['starts_at', 'due_at', 'every'] as const).some((property) => statementOf(service, property)));

function computeServing(architecture: Architecture): Serving {
  const graph = callsAsGraph(architecture);
  const kindOf = (name: string) => architecture.components.get(name)?.kind;
  const follow: Follow = ({ flow }) => !(flow && value(flow, 'fallback') === true);
  const consumers = new Map<string, Consumer[]>();
  const entries: { consumer: Consumer; service: Service }[] = [];
  for (const consumer of componentsOf(architecture, 'consumer')) {
    if (!graph.out.has(consumer.name)) continue;
    for (const name of reachable(graph, [consumer.name], { follow })) {
      const group = consumers.get(name);
      if (group) group.push(consumer);
      else consumers.set(name, [consumer]);
    }
    const met = reachable(graph, [consumer.name], { follow: (edge) => follow(edge) && kindOf(edge.from) !== 'service' });
    for (const name of met) if (kindOf(name) === 'service') entries.push({ consumer, service: architecture.components.get(name) as Service });
  }
  const requests = componentsOf(architecture, 'service').filter((service) => answersRequests(architecture, service));
  return { requests, consumers, entries, graph };
}

function answersRequests(architecture: Architecture, service: Service): boolean {
  if (!isInProduction(architecture, service) || service.variant === 'batch' || service.variant === 'streaming') return false;
  return service.variant !== undefined || !isJob(service);
}

/** Copies for staging and tests are not what users meet. */
export function isInProduction(architecture: Architecture, service: Service): boolean {
  const environment = architecture.components.get(value(service, 'runs_in') ?? '');
  return environment === undefined || environment.variant === undefined || environment.variant === 'production';
}

/** Whether a service runs only models of vendors, and so computes nothing itself. */
export function servesVendorOnly(architecture: Architecture, service: Service): boolean {
  const models = modelsOf(architecture, service);
  return service.variant === 'llm_api' || (models.length > 0 && models.every(isVendor));
}

export const isVendor = (model: Component<'model'>): boolean => model.variant === 'vendor' || (model.variant === undefined && value(model, 'llm') !== undefined);

/** Whether a service writes text: by itself, or by the models that it runs. */
export const isGenerative = (architecture: Architecture, service: Service): boolean =>
  value(service, 'generates') ?? (service.variant === 'llm_api' || modelsOf(architecture, service).some((model) => value(model, 'task') === 'generation' || value(model, 'llm') !== undefined));

/** Accelerators of one replica; undefined where none are declared. */
export function acceleratorsOf(architecture: Architecture, service: Service): { readonly type: string; readonly devices: number } | undefined {
  const own = value(service, 'accelerator');
  if (own?.type !== undefined) return { type: own.type, devices: own.x?.high ?? 1 };
  const runsOn = value(service, 'runs_on');
  const instance = runsOn?.instance === undefined ? undefined : architecture.catalogue.instance.get(runsOn.instance)?.properties;
  if (instance?.accelerator === undefined) return undefined;
  return { type: instance.accelerator, devices: (instance.accelerators?.high ?? 1) * (runsOn?.x?.high ?? 1) };
}

/** Whether somebody or something answers when the service cannot. */
export const hasFallback = (architecture: Architecture, service: Service): boolean =>
  statementOf(service, 'fallback')?.state === 'present' ||
  (callsOf(architecture).to.get(service.name) ?? []).some(({ caller }) => (callsOf(architecture).from.get(caller) ?? []).some((call) => isFallback(call) && call.callee !== service.name));

/** Whether a service answers only when another way fails. */
export function isOnlySpare(architecture: Architecture, service: Service): boolean {
  const calls = callsOf(architecture).to.get(service.name) ?? [];
  return calls.length > 0 && calls.every(isFallback);
}

/** Why the checks of requests do not apply, or true. */
export function answersAnything(architecture: Architecture): true | string {
  if (requestServices(architecture).length > 0) return true;
  const services = componentsOf(architecture, 'service');
  return services.length === 0 ? 'No service is declared.' : 'No service answers requests: what is declared runs in jobs, on streams, or apart from production.';
}
