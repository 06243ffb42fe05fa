import type { Architecture, Component } from '../../model/architecture.ts';
import { edgesOf } from '../../model/graph/edges.ts';
import { componentsOf, value } from '../../model/statements.ts';
import { observedServices } from '../monitoring/observed.ts';

type Agent = Component<'agent'>;

/** Places in which nothing that an agent does is real. */
const APART: ReadonlySet<string | undefined> = new Set(['staging', 'shadow', 'test']);

const cache = new WeakMap<Architecture, readonly Agent[]>();

/**
 * Agents for which no service stands: none runs them, and none that is judged passes their answers on. An agent that
 * works in a development environment is one of them, since that is where coding agents work.
 */
export function unservedAgents(architecture: Architecture): readonly Agent[] {
  let agents = cache.get(architecture);
  if (!agents) cache.set(architecture, (agents = computeAgents(architecture)));
  return agents;
}

function computeAgents(architecture: Architecture): Agent[] {
  const agents = componentsOf(architecture, 'agent');
  if (agents.length === 0) return [];
  const served = new Set(componentsOf(architecture, 'service').flatMap((service) => value(service, 'serves') ?? []));
  const passedOn = new Set(observedServices(architecture).flatMap(({ service, names }) => (service.variant === 'llm_api' ? [] : [...names])));
  const graph = edgesOf(architecture);
  return agents.filter((agent) => {
    if (served.has(agent.name) || passedOn.has(agent.name) || APART.has(architecture.components.get(value(agent, 'runs_in') ?? '')?.variant)) return false;
    const callers = (graph.in.get(agent.name) ?? []).filter((edge) => edge.payload === 'request').flatMap((edge) => architecture.components.get(edge.from) ?? []);
    // An agent that works for another one is part of that, and one behind a service that is judged is part of the service.
    return !callers.some((caller) => caller.kind === 'agent' || (passedOn.has(caller.name) && caller.kind === 'service'));
  });
}
