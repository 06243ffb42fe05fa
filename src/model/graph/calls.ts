import type { Architecture, Component } from '../architecture.ts';
import { value } from '../statements.ts';
import { edgesOf, graphOf, type Edge, type Graph } from './edges.ts';
import { isPassive } from './payloads.ts';

/** A synchronous call: the caller waits for the callee. */
export interface Call {
  readonly caller: string;
  readonly callee: string;
  /** The edge that says so; it runs from callee to caller where the caller reads values (`FeatureStore -> Scorer`). */
  readonly edge: Edge;
  /** The callee only holds values: a store, features, a knowledge base. */
  readonly reads: boolean;
}

/** Who waits for whom. */
export interface CallGraph {
  readonly calls: readonly Call[];
  /** Calls by their caller. */
  readonly from: ReadonlyMap<string, readonly Call[]>;
  /** Calls by their callee. */
  readonly to: ReadonlyMap<string, readonly Call[]>;
}

const cache = new WeakMap<Architecture, CallGraph>();

/** Used only when another way fails. */
export const isFallback = (call: Call): boolean => call.edge.flow !== undefined && value(call.edge.flow, 'fallback') === true;

/**
 * The synchronous calls of an architecture. Shadow traffic is left out, since nobody waits for its answer. A feature
 * group is read from its online store and a knowledge base from the store that holds it, so they call those.
 */
export function callsOf(architecture: Architecture): CallGraph {
  let graph = cache.get(architecture);
  if (!graph) cache.set(architecture, (graph = computeCalls(architecture)));
  return graph;
}

/** The calls as a graph whose edges run from caller to callee, for searches, dominators and cuts. */
export function callsAsGraph(architecture: Architecture): Graph {
  return graphOf(callsOf(architecture).calls.map((call) => ({ ...call.edge, from: call.caller, to: call.callee })));
}

function computeCalls(architecture: Architecture): CallGraph {
  const graph = edgesOf(architecture);
  const inline = new Set(graph.edges.filter((edge) => edge.payload === 'request').map((edge) => pairOf(edge.from, edge.to)));
  const calls = graph.edges.flatMap((edge) => {
    // Where requests pass through a guardrail, the service behind it does not call it as well.
    const passed = edge.payload === 'config' && (inline.has(pairOf(edge.from, edge.to)) || inline.has(pairOf(edge.to, edge.from)));
    return edge.mode === 'sync' && !passed ? toCall(architecture, edge) : [];
  });
  const called = new Set(calls.map((call) => call.callee));
  const pairs = new Set(calls.map((call) => pairOf(call.caller, call.callee)));
  for (const edge of graph.edges) {
    const behind = edge.via?.property === 'online' || (edge.via?.property === 'in' && isKind(architecture, edge.from, 'knowledge'));
    if (!behind || !called.has(edge.from) || pairs.has(pairOf(edge.from, edge.to))) continue;
    calls.push({ caller: edge.from, callee: edge.to, edge, reads: true });
  }
  return { calls, from: groupBy(calls, 'caller'), to: groupBy(calls, 'callee') };
}

const pairOf = (from: string, to: string): string => JSON.stringify([from, to]);

function toCall(architecture: Architecture, edge: Edge): Call[] {
  if (edge.from === edge.to || (edge.flow && value(edge.flow, 'shadow') === true)) return [];
  const [from, to] = [architecture.components.get(edge.from), architecture.components.get(edge.to)];
  if (!from || !to) return [];
  if (isReadBy(architecture, from, edge)) return [{ caller: edge.to, callee: edge.from, edge, reads: isPassive(from.kind) }];
  // A flow back to whoever asked is the answer of a call, not another one.
  if (to.kind === 'consumer') return [];
  return [{ caller: edge.from, callee: edge.to, edge, reads: isPassive(to.kind) }];
}

/** Whether an edge runs from what is called to its caller, as data does that is read. */
function isReadBy(architecture: Architecture, from: Component, edge: Edge): boolean {
  if (edge.via?.property === 'model' && isKind(architecture, edge.to, 'agent')) return true;
  const lookup = edge.flow?.properties.lookup?.state === 'present';
  if (from.kind === 'guardrail') return edge.payload === 'config';
  return isPassive(from.kind) || (lookup && from.kind === 'cache');
}

const isKind = (architecture: Architecture, name: string, kind: string): boolean => architecture.components.get(name)?.kind === kind;

function groupBy(calls: readonly Call[], end: 'caller' | 'callee'): Map<string, Call[]> {
  const groups = new Map<string, Call[]>();
  for (const call of calls) {
    const group = groups.get(call[end]);
    if (group) group.push(call);
    else groups.set(call[end], [call]);
  }
  return groups;
}
