import type { Architecture, Component, Flow, Span } from '../architecture.ts';
import type { Quantity } from '../quantity.ts';
import { statementOf } from '../statements.ts';
import { acyclicOrder } from './acyclic-order.ts';
import { edgesOf, type Edge } from './edges.ts';
import { larger, plus, total } from './interval.ts';
import { reachable, type Follow } from './paths.ts';

/** Something that makes data older on its way. */
export interface LagTerm {
  /** The component, or that at which the flow ends. */
  readonly component: string;
  readonly flow?: Flow;
  /** Property, with the field of a record: `materialised every`. */
  readonly property: string;
  /** Seconds. */
  readonly value: Quantity;
  readonly span: Span;
}

export interface Lag {
  /** Seconds; a lower bound where intervals are undeclared. */
  readonly total: Quantity;
  readonly terms: readonly LagTerm[];
}

/**
 * Worst-case age of data at the end of a path, in seconds: it just missed every job on the way, so each adds its whole
 * interval, its run time and its transport. All components of the path count, but for the last only what it takes to get in.
 */
export function lagOf(architecture: Architecture, path: readonly Edge[]): Lag {
  const terms = path.flatMap((edge, at) => [
    ...(at === 0 ? originTerms(architecture, edge.from) : []),
    ...edgeTerms(architecture, edge),
    ...arrivalTerms(architecture, edge.to),
  ]);
  return { total: total(terms.map((term) => term.value), 's'), terms };
}

/**
 * The oldest that data can be on arrival at a component, over all paths along these edges: the path with the greatest
 * lag. In a cycle an edge is left out, so that there the result is a lower bound.
 */
export function worstLag(architecture: Architecture, target: string, follow: Follow): Lag & { readonly path: readonly Edge[] } {
  const graph = edgesOf(architecture);
  const upstream = reachable(graph, [target], { direction: 'upstream', follow });
  const leaving = (name: string): Edge[] => (name === target ? [] : (graph.out.get(name) ?? []).filter((edge) => upstream.has(edge.to) && follow(edge)));
  // From the origins first, so that of a cycle the edge is left out that leads back towards them.
  const origins = [...upstream].filter((name) => !(graph.in.get(name) ?? []).some(follow));
  const order = acyclicOrder([...origins, ...upstream], leaving, (edge) => edge.to);
  const age = new Map<string, Quantity>();
  const reachedBy = new Map<string, Edge>();
  for (const name of order.names) {
    const edges = leaving(name).filter((edge) => !order.closing.has(edge));
    const start = age.get(name) ?? sumOf(originTerms(architecture, name));
    for (const edge of edges) {
      const arrival = plus(start, sumOf([...edgeTerms(architecture, edge), ...arrivalTerms(architecture, edge.to)]));
      const known = age.get(edge.to);
      if (!known || arrival.high > known.high) reachedBy.set(edge.to, edge);
      age.set(edge.to, known ? larger(known, arrival) : arrival);
    }
  }
  const path: Edge[] = [];
  for (let edge = reachedBy.get(target); edge; edge = reachedBy.get(edge.from)) path.push(edge);
  path.reverse();
  if (path.length === 0) return { total: total([], 's'), terms: [], path };
  return { ...lagOf(architecture, path), total: age.get(target) ?? total([], 's'), path };
}

const sumOf = (terms: readonly LagTerm[]): Quantity => total(terms.map((term) => term.value), 's');

/** Where data begins: as old as the interval in which it appears. */
function originTerms(architecture: Architecture, name: string): LagTerm[] {
  const component = architecture.components.get(name);
  if (component?.kind === 'source') return quantityTerms(component, 'refresh');
  return component ? arrivalTerms(architecture, name) : [];
}

const ARRIVAL: Readonly<Partial<Record<string, readonly string[]>>> = {
  ingestion: ['every', 'duration', 'latency'],
  labels: ['every'],
  knowledge: ['refresh'],
  artefact: ['every'],
};

/** What it takes until data is in a component. */
function arrivalTerms(architecture: Architecture, name: string): LagTerm[] {
  const component = architecture.components.get(name);
  return component ? (ARRIVAL[component.kind] ?? []).flatMap((property) => quantityTerms(component, property)) : [];
}

function edgeTerms(architecture: Architecture, edge: Edge): LagTerm[] {
  const terms = edge.flow ? ['every', 'lag'].flatMap((property) => quantityTerms(edge.flow as Flow, property, edge.to)) : [];
  const from = architecture.components.get(edge.from);
  return from?.kind === 'features' && isMaterialisation(architecture, edge) ? [...terms, ...materialisation(from)] : terms;
}

/** The hop from a feature group to its online store is the job that fills it. */
function isMaterialisation(architecture: Architecture, edge: Edge): boolean {
  if (edge.via?.property === 'online') return true;
  const to = architecture.components.get(edge.to);
  return to?.kind === 'store' || to?.kind === 'cache';
}

function materialisation(feature: Component): LagTerm[] {
  const statement = statementOf(feature, 'materialised');
  if (statement?.state !== 'present') return [];
  const record = statement.value as Partial<Record<'every' | 'in', Quantity>>;
  return (['every', 'in'] as const).flatMap((field) => {
    const quantity = record[field];
    return quantity ? [{ component: feature.name, property: `materialised ${field}`, value: quantity, span: statement.span }] : [];
  });
}

function quantityTerms(element: Component | Flow, property: string, component: string = element.name): LagTerm[] {
  const statement = statementOf(element, property);
  if (statement?.state !== 'present') return [];
  const flow = element.kind === 'flow' ? (element as Flow) : undefined;
  return [{ component, flow, property, value: statement.value as Quantity, span: statement.span }];
}
