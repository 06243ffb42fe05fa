import type { Architecture, Component } from '../../model/architecture.ts';
import { callsAsGraph } from '../../model/graph/calls.ts';
import { modelsOf } from '../../model/graph/cones.ts';
import { edgesOf, type Graph } from '../../model/graph/edges.ts';
import { reachable } from '../../model/graph/paths.ts';
import { componentsOf, presenceOf, value } from '../../model/statements.ts';
import { unservedAgents } from '../deployment/agents.ts';
import { isGenerative, observedServices } from '../monitoring/observed.ts';
import { vendorCallsOf } from '../monitoring/vendor-calls.ts';
import { isVendor } from '../serving/services.ts';

/** Where text of a language model comes out: a service that answers with one, or an agent that no service runs. */
export interface Speaker {
  readonly component: Component<'service' | 'agent'>;
  /** Models that write for it. */
  readonly models: readonly Component<'model'>[];
  /** Interfaces of vendors that it asks, itself where it is one. */
  readonly vendors: readonly Component<'service'>[];
  readonly agents: readonly Component<'agent'>[];
  readonly prompts: readonly Component<'prompt'>[];
  readonly knowledge: readonly Component<'knowledge'>[];
  /** Components that stand for its answers, itself included: what it runs, its vendors, the application in front. */
  readonly names: ReadonlySet<string>;
  /** Everything that its requests pass on the way to it. */
  readonly before: ReadonlySet<string>;
  /** Whether people talk to it; undefined where nobody says so. */
  readonly userFacing: boolean | undefined;
}

const cache = new WeakMap<Architecture, readonly Speaker[]>();

/** Everything in production that answers with a language model, each once: a vendor’s interface counts to who asks it. */
export function speakersOf(architecture: Architecture): readonly Speaker[] {
  let speakers = cache.get(architecture);
  if (!speakers) cache.set(architecture, (speakers = computeSpeakers(architecture)));
  return speakers;
}

/** True, or why nothing here writes text. */
export const writesText = ({ architecture }: { readonly architecture: Architecture }): true | string => speakersOf(architecture).length > 0 || 'Nothing in production that answers with a language model is declared.';

function computeSpeakers(architecture: Architecture): Speaker[] {
  const { asked } = vendorCallsOf(architecture);
  const calls = callsAsGraph(architecture);
  const generative = observedServices(architecture).filter((observed) => observed.generative);
  const minds = mindsOf(architecture, new Set(generative.map(({ service }) => service.name)));
  const services = generative.filter(({ service }) => !minds.has(service.name)).map(({ service, models, names }) => {
    const vendors = service.variant === 'llm_api' ? [service] : (asked.get(service.name) ?? []);
    const asks = [...minds].filter(([, callers]) => callers.includes(service.name)).flatMap(([name]) => (architecture.components.get(name) as Component<'service'> | undefined) ?? []);
    return speaker(architecture, calls, service, [...models, ...asks.flatMap((mind) => modelsOf(architecture, mind))].filter(isWriter), vendors, new Set([...names, ...asks.map(({ name }) => name)]));
  });
  const agents = unservedAgents(architecture).map((agent) => {
    const thinks = (edgesOf(architecture).in.get(agent.name) ?? []).filter((edge) => edge.via?.property === 'model').map((edge) => edge.from);
    const called = (edgesOf(architecture).out.get(agent.name) ?? []).map((edge) => edge.to);
    const asked = [...new Set([...thinks, ...called])].flatMap((name) => architecture.components.get(name) ?? []);
    const thinking = asked.filter((mind): mind is Component<'service'> => mind.kind === 'service' && (mind.variant === 'llm_api' || minds.has(mind.name)));
    const models = [...asked.filter((mind): mind is Component<'model'> => mind.kind === 'model'), ...thinking.flatMap((mind) => modelsOf(architecture, mind))];
    return speaker(architecture, calls, agent, models, thinking.filter(({ variant }) => variant === 'llm_api'), new Set([agent.name, ...models.map(({ name }) => name), ...thinking.map(({ name }) => name)]));
  });
  return [...services, ...agents];
}

/** Services that only write for agents and for other services that write, with who asks them: those answer people. */
function mindsOf(architecture: Architecture, writing: ReadonlySet<string>): Map<string, string[]> {
  const graph = edgesOf(architecture);
  const answersItself = (name: string): boolean => architecture.components.get(name)?.kind === 'agent' || (writing.has(name) && architecture.components.get(name)?.variant !== 'llm_api');
  const minds = new Map<string, string[]>();
  for (const name of writing) {
    if (architecture.components.get(name)?.variant === 'llm_api') continue;
    const thinking = (graph.out.get(name) ?? []).filter((edge) => edge.via?.property === 'model').map((edge) => edge.to);
    const callers = [...thinking, ...(graph.in.get(name) ?? []).filter((edge) => edge.payload === 'request').map((edge) => edge.from)];
    if (callers.length > 0 && callers.every((caller) => caller !== name && answersItself(caller))) minds.set(name, callers);
  }
  // Services that ask each other in a circle have to answer somewhere.
  return [...writing].every((name) => minds.has(name)) && ![...minds.values()].flat().some((caller) => architecture.components.get(caller)?.kind === 'agent') ? new Map() : minds;
}

/** What only makes vectors writes nothing. */
const isWriter = (model: Component<'model'>): boolean => value(model, 'task') !== 'embedding';

function speaker(architecture: Architecture, calls: Graph, component: Speaker['component'], models: Speaker['models'], vendors: Speaker['vendors'], stands: ReadonlySet<string>): Speaker {
  const served = component.kind === 'service' ? (value(component as Component<'service'>, 'serves') ?? []) : [];
  const names = new Set([component.name, ...stands]);
  const agents = new Set([component, ...served.flatMap((name) => architecture.components.get(name) ?? [])].filter((item): item is Component<'agent'> => item.kind === 'agent'));
  for (const name of names) {
    const passed = architecture.components.get(name);
    if (passed?.kind === 'agent') agents.add(passed as Component<'agent'>);
  }
  for (const name of [...served, ...[...agents].map((agent) => agent.name)]) names.add(name);
  const near = new Set([...served, ...[...names].flatMap((name) => (vendors.some((vendor) => vendor.name === name) ? [] : neighbours(architecture, name)))].flatMap((name) => architecture.components.get(name) ?? []));
  const before = reachable(calls, [component.name], { direction: 'upstream' });
  return {
    component,
    models: [...new Set(models)],
    vendors,
    agents: [...agents],
    prompts: [...near].filter((item): item is Component<'prompt'> => item.kind === 'prompt'),
    knowledge: [...near].filter((item): item is Component<'knowledge'> => item.kind === 'knowledge'),
    names,
    before,
    userFacing: facesUsers(architecture, [...names, ...before]),
  };
}

const neighbours = (architecture: Architecture, name: string): string[] => [...(edgesOf(architecture).out.get(name) ?? []).map((edge) => edge.to), ...(edgesOf(architecture).in.get(name) ?? []).map((edge) => edge.from)];

function facesUsers(architecture: Architecture, names: readonly string[]): boolean | undefined {
  const involved = [...new Set(names)].flatMap((name) => architecture.components.get(name) ?? []);
  const services = involved.filter((item): item is Component<'service'> => item.kind === 'service');
  if (services.some((service) => value(service, 'user_facing') === true)) return true;
  if (services.some((service) => presenceOf(service, 'user_facing') === 'absent')) return false;
  return involved.some(({ kind, variant }) => kind === 'consumer' && variant === 'user') || undefined;
}

/** Whether it is there to write code. */
export const writesCode = ({ models }: Speaker): boolean => models.length > 0 && models.every((model) => value(model, 'use_case') === 'coding');

/** Models of vendors that write text, wherever they are used. */
export const vendorWriters = (architecture: Architecture): Component<'model'>[] => componentsOf(architecture, 'model').filter((model) => isWriter(model) && isVendor(model) && (isGenerative(model) || speakersOf(architecture).some(({ models }) => models.includes(model))));
