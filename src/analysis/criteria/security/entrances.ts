import type { Architecture, Component } from '../../../model/architecture.ts';
import { among, PROTECTED, type DataClass } from '../../../model/graph/data-classes.ts';
import { edgesOf, type Edge } from '../../../model/graph/edges.ts';
import { reachable } from '../../../model/graph/paths.ts';
import { taintOf } from '../../../model/graph/taint.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';

/** What can be called or written into from outside. */
export interface Entrance {
  readonly component: Component<'service' | 'gateway' | 'agent' | 'ingestion'>;
  /** Who can reach it: everyone, known companies, somebody beyond a boundary, or it is not said. */
  readonly reach: 'public' | 'partners' | 'beyond' | 'unsaid';
  /** Edges by which those outside come in; none where only its exposure says that they can. */
  readonly edges: readonly Edge[];
}

const cache = new WeakMap<Architecture, readonly Entrance[]>();

/** The first components that consumers, foreign sources and callers beyond a boundary meet, and all that say that they are open. */
export function entrancesOf(architecture: Architecture): readonly Entrance[] {
  let found = cache.get(architecture);
  if (!found) cache.set(architecture, (found = componentsOf(architecture, 'gateway', 'service', 'agent', 'ingestion').flatMap((component) => entranceAt(architecture, component))));
  return found;
}

function entranceAt(architecture: Architecture, component: Entrance['component']): Entrance[] {
  // What a vendor offers is the vendor’s to guard.
  if (component.kind === 'service' && (component.variant === 'llm_api' || component.variant === 'edge')) return [];
  const exposure = value(component, 'exposure');
  const edges = (edgesOf(architecture).in.get(component.name) ?? []).filter((edge) => comesFromOutside(architecture, component, edge));
  if (exposure === 'public' || exposure === 'partners') return [{ component, reach: exposure, edges }];
  const beyond = edges.filter((edge) => edge.flow && value(edge.flow, 'crosses') === 'trust');
  if (beyond.length > 0) return [{ component, reach: 'beyond', edges: beyond }];
  return exposure === undefined && edges.length > 0 && component.kind !== 'ingestion' ? [{ component, reach: 'unsaid', edges }] : [];
}

function comesFromOutside(architecture: Architecture, component: Component, edge: Edge): boolean {
  if (edge.flow && value(edge.flow, 'crosses') === 'trust') return edge.payload !== 'events' && edge.payload !== 'artifact';
  const from = architecture.components.get(edge.from);
  if (from?.kind === 'consumer') return edge.payload === 'request' || edge.payload === 'data' || edge.payload === 'feedback';
  return component.kind === 'ingestion' && from?.kind === 'source' && value(from as Component<'source'>, 'capture') === 'push';
}

/** Those outside are strangers: the public, or people, devices and companies of whom it is not said that they are inside. */
export function isOpenToStrangers(architecture: Architecture, { reach, edges }: Entrance): boolean {
  return reach !== 'unsaid' || edges.some(({ from }) => {
    const caller = architecture.components.get(from);
    return caller?.kind === 'consumer' && caller.variant !== undefined && caller.variant !== 'application';
  });
}

/** Whether a guard such as `auth` or `rate_limit` stands at an entrance, before it, or at everything to which a gateway hands on. */
export function guardAt(architecture: Architecture, { component, edges }: Entrance, property: 'auth' | 'rate_limit'): 'present' | 'absent' | 'open' {
  const own = presenceOf(component, property);
  if (own === 'present' || own === 'not-applicable') return 'present';
  const onFlows = edges.map((edge) => (property === 'auth' && edge.flow ? statementOf(edge.flow, 'auth')?.state : undefined));
  if (edges.length > 0 && onFlows.every((state) => state === 'present')) return 'present';
  const graph = edgesOf(architecture);
  const fronts = (graph.in.get(component.name) ?? []).flatMap((edge) => architecture.components.get(edge.from) ?? []).filter((front) => front.kind === 'gateway' && presenceOf(front, property) === 'present');
  if (fronts.length > 0 && edges.length === 0) return 'present';
  const behind = component.kind === 'gateway' ? (graph.out.get(component.name) ?? []).filter((edge) => edge.payload === 'request').flatMap((edge) => architecture.components.get(edge.to) ?? []) : [];
  if (behind.length > 0 && behind.every((service) => presenceOf(service, property) === 'present')) return 'present';
  if (behind.some((service) => presenceOf(service, property) !== 'absent')) return 'open';
  return own === 'absent' || onFlows.includes('none') ? 'absent' : 'open';
}

/** Classes of data that can be had through an entrance, from what it calls in the end too, and are not what the caller brings. */
export function heldBehind(architecture: Architecture, { name }: Component): DataClass[] {
  const called = reachable(edgesOf(architecture), [name], { follow: (edge) => edge.payload === 'request' && architecture.components.get(edge.to)?.variant !== 'llm_api' });
  return [...new Set([...called].flatMap((callee) => architecture.components.get(callee) ?? []).flatMap((component) => heldAt(architecture, component)))];
}

function heldAt(architecture: Architecture, component: Component): DataClass[] {
  // What passes through a service may be what the caller brings; what rests in a store is not.
  const own = new Set(['gateway', 'service', 'agent', 'guardrail', 'tool'].includes(component.kind) ? [] : (value(component, 'contains') ?? []));
  return among(taintOf(architecture, component.name).keys(), PROTECTED).filter((name) => {
    const origin = taintOf(architecture, component.name).get(name)?.[0]?.from;
    return own.has(name) || (origin !== undefined && origin !== component.name && architecture.components.get(origin)?.kind !== 'consumer' && !isBrought(architecture, origin));
  });
}

/** It hands on what consumers bring. */
const isBrought = (architecture: Architecture, name: string): boolean => ['gateway', 'guardrail'].includes(architecture.components.get(name)?.kind ?? '');
