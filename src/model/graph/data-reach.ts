import type { Architecture, Component } from '../architecture.ts';
import { componentsOf, value } from '../statements.ts';
import type { DataClass } from './data-classes.ts';
import { edgesOf, type Edge } from './edges.ts';
import { carriedBy, taintOf } from './taint.ts';

/** Where data about people or secrets is seen by more than those who need it. */
export type PlaceSort = 'log' | 'prompt' | 'vendor' | 'staging' | 'analytics';

export interface Place {
  readonly sort: PlaceSort;
  readonly component: Component;
  /** Classes that reach it, each with the way by which it does. */
  readonly classes: ReadonlyMap<DataClass, readonly Edge[]>;
  /** Those of them that the file states to be there, as `contains` of the place or of a flow into it, and does not just let follow. */
  readonly stated: ReadonlySet<DataClass>;
  /** The last edges of the ways in. */
  readonly entries: readonly Edge[];
}

/** A flow between two regions, or out of a region that is not known. */
export interface RegionCrossing {
  readonly edge: Edge;
  readonly from?: string;
  readonly to?: string;
  readonly classes: ReadonlyMap<DataClass, readonly Edge[]>;
}

const places = new WeakMap<Architecture, readonly Place[]>();

/**
 * Logs, prompts, vendors, environments before production and analytics that some class of data reaches. What a class
 * is masked out of on its way is not among them. A vendor is an interface to a language model, a model of a vendor
 * that a service or an agent runs on, a tool on the open web, or whatever a flow that `crosses vendor` ends at.
 */
export function placesOf(architecture: Architecture): readonly Place[] {
  let found = places.get(architecture);
  if (!found) places.set(architecture, (found = [...computePlaces(architecture)].filter((place) => place.classes.size > 0)));
  return found;
}

function* computePlaces(architecture: Architecture): Iterable<Place> {
  const graph = edgesOf(architecture);
  for (const component of architecture.components.values()) {
    const into = graph.in.get(component.name) ?? [];
    const sort = sortOf(architecture, component, into);
    if (!sort) continue;
    if (sort === 'staging') yield copyOf(architecture, component as Component<'environment'>);
    else yield placeAt(component, sort, sort === 'vendor' ? vendorClasses(architecture, component, into) : taintOf(architecture, component.name), into);
  }
}

function sortOf(architecture: Architecture, component: Component, into: readonly Edge[]): PlaceSort | undefined {
  if (component.kind === 'environment') return component.variant === 'production' ? undefined : 'staging';
  if (component.kind === 'prompt') return 'prompt';
  if (isVendor(component) || into.some(crossesVendor)) return 'vendor';
  if (component.kind !== 'store') return undefined;
  if (component.variant === 'log' || value(component as Component<'store'>, 'layer') === 'logs') return 'log';
  // A warehouse that feeds nothing here is read by people.
  return component.variant === 'warehouse' && !(edgesOf(architecture).out.get(component.name) ?? []).some((edge) => edge.payload !== 'events') ? 'analytics' : undefined;
}

function isVendor(component: Component): boolean {
  if (component.kind === 'service') return component.variant === 'llm_api';
  if (component.kind === 'tool') return value(component as Component<'tool'>, 'web') === true;
  return component.kind === 'model' && (component.variant === 'vendor' || (component.variant === undefined && value(component as Component<'model'>, 'llm') !== undefined));
}

const crossesVendor = (edge: Edge): boolean => edge.flow !== undefined && value(edge.flow, 'crosses') === 'vendor';

function placeAt(component: Component, sort: PlaceSort, classes: Place['classes'], entries: readonly Edge[]): Place {
  const declared = [value(component, 'contains'), ...entries.map((edge) => edge.flow && value(edge.flow, 'contains'))].flatMap((list) => list ?? []);
  return { sort, component, classes, stated: new Set(declared.filter((name) => classes.has(name))), entries };
}

/** What a vendor is given: what flows to it, and what those get who think with it or run on it. */
function vendorClasses(architecture: Architecture, component: Component, into: readonly Edge[]): Place['classes'] {
  const found = new Map<DataClass, readonly Edge[]>();
  const add = (classes: Place['classes']): void => {
    for (const [name, path] of classes) if (!found.has(name)) found.set(name, path);
  };
  // A flow that leaves the company has its own classes; others that end at the same component need not.
  for (const edge of isVendor(component) ? into : into.filter(crossesVendor)) add(classesOn(architecture, edge));
  if (component.kind === 'service' || component.kind === 'model') for (const user of thinkersWith(architecture, component.name)) add(taintOf(architecture, user));
  return found;
}

/** Agents that think with a service or model, and services that serve a vendor's model without an interface in between. */
function thinkersWith(architecture: Architecture, name: string): string[] {
  const graph = edgesOf(architecture);
  const asked = new Set((graph.in.get(name) ?? []).map((edge) => edge.from));
  return (graph.out.get(name) ?? [])
    .filter(({ to, via }) => {
      const user = architecture.components.get(to);
      if (user?.kind === 'agent') return via?.property === 'model';
      return user?.kind === 'service' && user.variant !== 'llm_api' && via?.property === 'serves';
    })
    .map((edge) => edge.to)
    .filter((user) => !asked.has(user));
}

/** Data in an environment: what it says itself, else what reaches that of which it is a copy. */
function copyOf(architecture: Architecture, environment: Component<'environment'>): Place {
  const into = edgesOf(architecture).in.get(environment.name) ?? [];
  if (value(environment, 'contains')) return placeAt(environment, 'staging', taintOf(architecture, environment.name), into);
  const classes = new Map<DataClass, readonly Edge[]>(taintOf(architecture, environment.name));
  const copied = value(environment, 'masked') === true || ['masked_snapshot', 'synthetic'].includes(value(environment, 'data') ?? '') ? [] : [...(value(environment, 'of') ?? []), ...(value(environment, 'traffic')?.of ?? [])];
  for (const name of copied) for (const [dataClass, path] of taintOf(architecture, name)) if (!classes.has(dataClass)) classes.set(dataClass, path);
  return placeAt(environment, 'staging', classes, into);
}

/** Classes that an edge carries, each with the way up to and including it. A flow that declares what is on it carries nothing else. */
export function classesOn(architecture: Architecture, edge: Edge): ReadonlyMap<DataClass, readonly Edge[]> {
  const found = new Map<DataClass, readonly Edge[]>();
  const masked = (edge.flow && value(edge.flow, 'masks')) ?? [];
  for (const dataClass of (edge.flow && value(edge.flow, 'contains')) ?? []) if (dataClass !== 'none' && !masked.includes(dataClass)) found.set(dataClass, [edge]);
  for (const [dataClass, path] of taintOf(architecture, edge.from)) if (carriedBy(architecture, edge, dataClass)) found.set(dataClass, [...path, edge]);
  return found;
}

const crossings = new WeakMap<Architecture, readonly RegionCrossing[]>();

/** Edges between components of different regions, and flows that say that they cross one, with what is on them. */
export function regionCrossings(architecture: Architecture): readonly RegionCrossing[] {
  let found = crossings.get(architecture);
  if (!found) crossings.set(architecture, (found = edgesOf(architecture).edges.flatMap((edge) => crossingAt(architecture, edge) ?? [])));
  return found;
}

function crossingAt(architecture: Architecture, edge: Edge): RegionCrossing | undefined {
  const [from, to] = [regionOf(architecture, edge.from), regionOf(architecture, edge.to)];
  const stated = edge.flow !== undefined && value(edge.flow, 'crosses') === 'region';
  if (!stated && (from === undefined || to === undefined || from === to)) return undefined;
  const classes = classesOn(architecture, edge);
  return classes.size > 0 ? { edge, classes, ...(from !== undefined && { from }), ...(to !== undefined && { to }) } : undefined;
}

/** The region that a component names, else that of the system. Those who ask and what vendors run are where they say, or nowhere that is known. */
export function regionOf(architecture: Architecture, name: string): string | undefined {
  const component = architecture.components.get(name);
  if (!component) return undefined;
  const own = value(component, 'region');
  if (own !== undefined || component.kind === 'consumer' || isVendor(component)) return own;
  return value(architecture.system, 'region');
}

/** Components that hold data beyond the moment, with the classes that reach them. */
export const holdersOf = (architecture: Architecture): { readonly component: Component<'store' | 'dataset'>; readonly classes: Place['classes'] }[] =>
  componentsOf(architecture, 'store', 'dataset').map((component) => ({ component, classes: taintOf(architecture, component.name) }));
