import type { Architecture, Component } from '../../model/architecture.ts';
import { feedsTraining } from '../../model/graph/cones.ts';
import { edgesOf, type Edge, type Graph } from '../../model/graph/edges.ts';
import { reachable } from '../../model/graph/paths.ts';
import { value } from '../../model/statements.ts';
import { isOfCategory, technologyOf } from '../technology.ts';

/** Whether what a run read can be read again. */
export type Keeping =
  | { readonly state: 'kept'; readonly because: string }
  /** It can change; `at` is the property that says so. */
  | { readonly state: 'mutable'; readonly because: string; readonly at?: string }
  /** Of a kind that changes in place, though nobody says so of this one. */
  | { readonly state: 'by-nature'; readonly because: string }
  | { readonly state: 'unknown' };

/** A piece of data that a training reads and that nothing fixes, with the way from it to the training. */
export interface Unfixed {
  readonly component: Component;
  readonly keeping: Exclude<Keeping, { state: 'kept' }>;
  readonly path: readonly Edge[];
  /** The flow that reads whatever is newest, where that is the cause. */
  readonly reading?: Edge;
}

/** Where data lies, as opposed to what only passes it on. */
const AT_REST: ReadonlySet<string> = new Set(['source', 'store', 'dataset']);
const MOVING_PINS: ReadonlySet<string> = new Set(['latest', 'branch_head']);
const GROWING_SOURCES: ReadonlySet<string> = new Set(['events', 'logs', 'sensors']);
const GROWING_STORES: ReadonlySet<string> = new Set(['stream', 'log']);
const OVERWRITTEN: ReadonlySet<string> = new Set(['scd1', 'current_only']);

export function keepingOf(architecture: Architecture, component: Component): Keeping {
  const at = component as Component<'source'>;
  const pin = value(at, 'pin');
  if (pin !== undefined) return MOVING_PINS.has(pin) ? { state: 'mutable', because: pin === 'latest' ? 'whatever is newest is read' : 'the head of a branch is read', at: 'pin' } : { state: 'kept', because: `pinned by ${pin}` };
  if (value(at, 'versioned') === true) return { state: 'kept', because: 'old states can be read again' };
  const history = value(at, 'history') as string | undefined;
  if (history !== undefined && !OVERWRITTEN.has(history)) return { state: 'kept', because: `history ${history}` };
  if (value(at, 'mutable') === false) return { state: 'kept', because: 'it never changes' };
  if (history !== undefined) return { state: 'mutable', because: history === 'scd1' ? `${component.name} overwrites its rows in place` : `${component.name} keeps only its present state`, at: 'history' };
  if (value(at, 'mutable') === true) return { state: 'mutable', because: `the content of ${component.name} changes`, at: 'mutable' };
  if (value(at, 'versioned') === false) return { state: 'mutable', because: `old states of ${component.name} cannot be read again`, at: 'versioned' };
  return byNature(architecture, component);
}

function byNature(architecture: Architecture, component: Component): Keeping {
  const technology = technologyOf(architecture, component);
  const variant = component.variant ?? '';
  if (technology?.immutable === true || (component.kind === 'source' && GROWING_SOURCES.has(variant)) || (component.kind === 'store' && GROWING_STORES.has(variant))) return { state: 'kept', because: 'records are only added' };
  if (isOfCategory(technology, 'lakehouse')) return { state: 'kept', because: `${technology?.title ?? 'its table format'} keeps versions` };
  if (variant === 'database' || isOfCategory(technology, 'database')) return { state: 'by-nature', because: 'rows of a transactional database change' };
  return { state: 'unknown' };
}

export const isFixing = (edge: Edge): boolean => {
  const pin = edge.flow && value(edge.flow, 'pin');
  return pin !== undefined && !MOVING_PINS.has(pin);
};
const isMoving = (edge: Edge): boolean => MOVING_PINS.has((edge.flow && value(edge.flow, 'pin')) ?? '');

interface Fixings {
  readonly unfixed: readonly Unfixed[];
  /** Components whose content is fixed, with the reason. */
  readonly kept: readonly { readonly component: Component; readonly because: string }[];
}

const cache = new WeakMap<Architecture, Map<string, Fixings>>();

/**
 * Looks from a training upstream for what fixes its data. Something that is pinned, versioned or only grows fixes all
 * that lies behind it; something of which nobody says so can be made again if everything it is made of is kept.
 */
export function fixingsOf(architecture: Architecture, training: Component<'training'>): Fixings {
  let byTraining = cache.get(architecture);
  if (!byTraining) cache.set(architecture, (byTraining = new Map()));
  let fixings = byTraining.get(training.name);
  if (!fixings) byTraining.set(training.name, (fixings = walk(architecture, training)));
  return fixings;
}

/** An edge on the way to a training, with the edges after it; shared by all ways that end alike. */
interface Way {
  readonly edge: Edge;
  readonly rest?: Way;
}

function walk(architecture: Architecture, training: Component<'training'>): Fixings {
  const graph = edgesOf(architecture);
  const loose = looseData(architecture);
  const unfixed = new Map<string, Unfixed>();
  const kept = new Map<string, { component: Component; because: string }>();
  const seen = new Set<string>();
  const waiting: Way[] = [...inputsOf(graph, training.name)].map((edge) => ({ edge })).reverse();
  for (let way = waiting.pop(); way; way = waiting.pop()) {
    const { edge } = way;
    const component = architecture.components.get(edge.from);
    if (!component) continue;
    if (isFixing(edge)) kept.set(component.name, { component, because: `pinned by ${edge.flow && value(edge.flow, 'pin')}` });
    else if (isMoving(edge)) unfixed.set(`${edge.from}->${edge.to}`, { component, keeping: { state: 'mutable', because: 'whatever is newest is read', at: 'pin' }, path: edgesAlong(way), reading: edge });
    else if (!seen.has(component.name)) {
      seen.add(component.name);
      if (AT_REST.has(component.kind)) {
        const keeping = keepingOf(architecture, component);
        if (keeping.state === 'kept') kept.set(component.name, { component, because: keeping.because });
        // What lies here can be made again if all that it is made of is kept; otherwise the fault is here, not further up.
        else if (loose.has(component.name)) unfixed.set(component.name, { component, keeping, path: edgesAlong(way) });
      } else for (const input of [...inputsOf(graph, component.name)].reverse()) waiting.push({ edge: input, rest: way });
    }
  }
  return { unfixed: [...unfixed.values()], kept: [...kept.values()] };
}

function edgesAlong(way: Way): Edge[] {
  const edges: Edge[] = [];
  for (let current: Way | undefined = way; current; current = current.rest) edges.push(current.edge);
  return edges;
}

const looseSets = new WeakMap<Architecture, ReadonlySet<string>>();

/**
 * Components whose data cannot be had again as it was: what changes, what begins here and of which nobody says that it
 * is kept, and whatever is made of such data and not kept itself.
 */
function looseData(architecture: Architecture): ReadonlySet<string> {
  let loose = looseSets.get(architecture);
  if (!loose) looseSets.set(architecture, (loose = computeLoose(architecture)));
  return loose;
}

function computeLoose(architecture: Architecture): ReadonlySet<string> {
  const graph = edgesOf(architecture);
  const held = new Set<string>();
  const loose = new Set<string>();
  for (const component of architecture.components.values()) {
    const inputs = inputsOf(graph, component.name);
    if (inputs.some(isMoving)) loose.add(component.name);
    if (!AT_REST.has(component.kind)) continue;
    const { state } = keepingOf(architecture, component);
    if (state === 'kept') held.add(component.name);
    else if (state === 'mutable' || inputs.length === 0) loose.add(component.name);
  }
  for (const name of held) loose.delete(name);
  return reachable(graph, loose, { follow: (edge) => feedsTraining(edge) && !isFixing(edge) && !held.has(edge.to) });
}

const inputsOf = (graph: Graph, name: string): readonly Edge[] => (graph.in.get(name) ?? []).filter(feedsTraining);

/** Trainings that read something, apart from those that read nothing that is declared. */
export const readsData = (architecture: Architecture, training: Component<'training'>): boolean => inputsOf(edgesOf(architecture), training.name).length > 0;
