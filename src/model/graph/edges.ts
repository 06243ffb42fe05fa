import type { Architecture, Component, Flow, Kind, Span, Stated } from '../architecture.ts';
import { statementOf, value } from '../statements.ts';
import { vocabulary } from '../vocabulary.generated.ts';
import { derivedMode, derivedPayload, type Mode, type Payload } from './payloads.ts';

/** A directed edge between two components that exist. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly payload: Payload;
  readonly mode: Mode;
  /** The declared flow, where there is one. */
  readonly flow?: Flow;
  /** The reference that implies the edge: the component that names the other, and by which property. */
  readonly via?: { readonly component: string; readonly property: string };
  readonly span: Span;
}

/** The graph of an architecture. Components without edges are in neither map. */
export interface Graph {
  /** Declared flows first, then what references imply, each in the order of declaration. */
  readonly edges: readonly Edge[];
  /** Edges by where they start. */
  readonly out: ReadonlyMap<string, readonly Edge[]>;
  /** Edges by where they end. */
  readonly in: ReadonlyMap<string, readonly Edge[]>;
}

/** References without edge metadata in the vocabulary that are edges all the same, since their payload hangs on what is named. */
const SPECIAL: readonly { kind: Kind; property: string; field?: string }[] = [
  { kind: 'service', property: 'serves' },
  { kind: 'service', property: 'guarded_by' },
  { kind: 'service', property: 'cache', field: 'in' },
];

const cache = new WeakMap<Architecture, Graph>();

/**
 * All edges of an architecture: declared flows, and references that are edges. Names that are not components are
 * left out, and so is a reference that repeats a declared flow (same ends, same payload), since the flow says more.
 */
export function edgesOf(architecture: Architecture): Graph {
  let graph = cache.get(architecture);
  if (!graph) cache.set(architecture, (graph = graphOf([...flowEdges(architecture), ...impliedEdges(architecture)])));
  return graph;
}

/** A graph of given edges; where two have the same ends and payload, those of references give way. */
export function graphOf(edges: readonly Edge[]): Graph {
  const out = groupBy(edges, (edge) => edge.from);
  const into = groupBy(edges, (edge) => edge.to);
  const repeated = new Set(edges.filter((edge) => edge.via && isRepeated(edge, out.get(edge.from) ?? [], into.get(edge.to) ?? [])));
  const kept = (list: readonly Edge[]): Edge[] => list.filter((edge) => !repeated.has(edge));
  for (const { from, to } of repeated) {
    out.set(from, kept(out.get(from) ?? []));
    into.set(to, kept(into.get(to) ?? []));
  }
  return { edges: repeated.size > 0 ? kept(edges) : edges, out, in: into };
}

/** Whether a flow, or a reference before this one, has the same ends and payload. Edges between two ends are in both lists, so the shorter one is searched. */
function isRepeated(edge: Edge, leaving: readonly Edge[], entering: readonly Edge[]): boolean {
  let before = true;
  for (const other of leaving.length < entering.length ? leaving : entering) {
    if (other === edge) before = false;
    else if ((other.flow || (other.via && before)) && other.to === edge.to && other.from === edge.from && other.payload === edge.payload) return true;
  }
  return false;
}

function groupBy(edges: readonly Edge[], endOf: (edge: Edge) => string): Map<string, Edge[]> {
  const groups = new Map<string, Edge[]>();
  for (const edge of edges) {
    const name = endOf(edge);
    const group = groups.get(name);
    if (group) group.push(edge);
    else groups.set(name, [edge]);
  }
  return groups;
}

const ofFlows = new WeakMap<Flow, { readonly from: Component; readonly to: Component; readonly edge: Edge }>();

/** The edge of a flow hangs on nothing but the flow and its ends, which most changes of a file leave as they are. */
function flowEdges({ flows, components }: Architecture): Edge[] {
  return flows.flatMap((flow) => {
    const from = components.get(flow.from);
    const to = components.get(flow.to);
    if (!from || !to) return [];
    const known = ofFlows.get(flow);
    if (known?.from === from && known.to === to) return known.edge;
    const edge = edgeOf(flow, from, to);
    ofFlows.set(flow, { from, to, edge });
    return edge;
  });
}

function edgeOf(flow: Flow, from: Component, to: Component): Edge {
  const lookup = flow.properties.lookup?.state === 'present';
  // Only who waits can wait no longer.
  const timed = flow.properties.timeout?.state === 'present' && value(flow, 'mode') === undefined;
  const hints = { deploys: value(flow, 'deploys') !== undefined, waits: lookup || timed || value(flow, 'mode') === 'sync' };
  const payload = value(flow, 'payload') ?? derivedPayload(from, to, hints);
  const mode = value(flow, 'mode') ?? derivedMode(payload, from, to, hints);
  return { from: flow.from, to: flow.to, payload, mode, flow, span: flow.span };
}

function* impliedEdges(architecture: Architecture): Iterable<Edge> {
  for (const component of architecture.components.values()) {
    for (const { property, direction, payload } of edgePropertiesOf(component.kind)) {
      for (const { other, span } of named(architecture, component, property)) {
        const [from, to] = direction === 'in' ? [other, component] : [component, other];
        const carried = refined(payload, from, to);
        const mode = component.kind === 'agent' && property === 'model' ? 'sync' : derivedMode(carried, from, to);
        yield { from: from.name, to: to.name, payload: carried, mode, via: { component: component.name, property }, span };
      }
    }
    for (const { kind, property, field } of SPECIAL) {
      if (component.kind !== kind) continue;
      for (const { other, span } of named(architecture, component, property, field)) {
        yield { ...specialEnds(component, other), via: { component: component.name, property }, span };
      }
    }
  }
}

/** A reference that takes data of any kind carries features or labels where it names such. */
function refined(payload: Payload, from: Component, to: Component): Payload {
  if (payload !== 'data') return payload;
  const derived = derivedPayload(from, to);
  return derived === 'features' || derived === 'labels' || derived === 'feedback' ? derived : payload;
}

/** A service gets what it serves as an artifact or as configuration, calls an agent, and asks its cache. */
function specialEnds(service: Component, other: Component): Pick<Edge, 'from' | 'to' | 'payload' | 'mode'> {
  const toService = { from: other.name, to: service.name };
  switch (other.kind) {
    case 'model':
      return { ...toService, payload: 'artifact', mode: 'batch' };
    case 'guardrail':
    case 'prompt':
    case 'knowledge':
      return { ...toService, payload: 'config', mode: derivedMode('config', other, service) };
    default:
      return { from: service.name, to: other.name, payload: 'request', mode: 'sync' };
  }
}

interface EdgeProperty {
  readonly property: string;
  readonly direction: 'in' | 'out';
  readonly payload: Payload;
}

const edgeProperties = new Map<Kind, readonly EdgeProperty[]>();

/** Properties of a kind whose references are edges, by the vocabulary. */
function edgePropertiesOf(kind: Kind): readonly EdgeProperty[] {
  let found = edgeProperties.get(kind);
  if (!found) {
    found = Object.entries(vocabulary.kinds[kind]?.properties ?? {}).flatMap(([property, entry]) =>
      entry.edge ? [{ property, direction: entry.edge.direction, payload: entry.edge.payload as Payload }] : [],
    );
    edgeProperties.set(kind, found);
  }
  return found;
}

function* named(architecture: Architecture, component: Component, property: string, field?: string): Iterable<{ other: Component; span: Span }> {
  const statement: Stated | undefined = statementOf(component, property);
  if (statement?.state !== 'present') return;
  const held = field ? (statement.value as Readonly<Record<string, unknown>> | undefined)?.[field] : statement.value;
  for (const name of Array.isArray(held) ? held : [held]) {
    const other = typeof name === 'string' ? architecture.components.get(name) : undefined;
    if (other) yield { other, span: statement.span };
  }
}
