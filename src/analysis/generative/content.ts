import type { Architecture, Component } from '../../model/architecture.ts';
import { callsOf, type Call } from '../../model/graph/calls.ts';
import { modelsOf } from '../../model/graph/cones.ts';
import { edgesOf, graphOf, type Edge, type Graph } from '../../model/graph/edges.ts';
import { statementOf, value } from '../../model/statements.ts';

const MOVED: ReadonlySet<string> = new Set(['data', 'features', 'labels', 'config', 'predictions', 'feedback']);
const ANSWERS: ReadonlySet<string> = new Set(['tool', 'store', 'source', 'knowledge', 'features', 'cache', 'dataset', 'agent', 'gateway']);
/** Effects of tools that hand something over and bring nothing back. */
const GIVES: ReadonlySet<string | undefined> = new Set(['send', 'financial']);

const cache = new WeakMap<Architecture, Graph>();

/**
 * Ways on which content comes to whoever reads it: what is moved, and what is answered when a store, a knowledge base,
 * a tool or an application is asked, which runs against the call. Questions themselves are not content, and what a
 * model makes of its inputs does not hold them any more.
 */
export function contentGraph(architecture: Architecture): Graph {
  let graph = cache.get(architecture);
  if (!graph) cache.set(architecture, (graph = graphOf([...edgesOf(architecture).edges.filter((edge) => isMoved(architecture, edge)), ...callsOf(architecture).calls.flatMap((call) => answerOf(architecture, call))])));
  return graph;
}

function isMoved(architecture: Architecture, edge: Edge): boolean {
  if (!MOVED.has(edge.payload) || edge.via?.property === 'model') return false;
  const from = architecture.components.get(edge.from);
  if (from?.kind === 'guardrail' || from?.kind === 'model' || from?.variant === 'llm_api') return false;
  return edge.payload !== 'predictions' || from?.kind !== 'service' || runsNoModel(architecture, from as Component<'service'>);
}

function answerOf(architecture: Architecture, { caller, callee, edge }: Call): Edge[] {
  if (edge.from !== caller || (edge.flow && value(edge.flow, 'access') === 'write')) return [];
  const answering = architecture.components.get(callee);
  if (!answering || !answers(architecture, answering)) return [];
  return [{ ...edge, from: callee, to: caller, payload: 'data' }];
}

function answers(architecture: Architecture, component: Component): boolean {
  if (component.kind === 'tool') return !GIVES.has(value(component as Component<'tool'>, 'effect'));
  if (component.kind !== 'service') return ANSWERS.has(component.kind);
  return component.variant !== 'llm_api' && (runsNoModel(architecture, component as Component<'service'>) || statementOf(component, 'contains') !== undefined);
}

const runsNoModel = (architecture: Architecture, service: Component<'service'>): boolean => modelsOf(architecture, service).length === 0 && value(service, 'serves') === undefined && value(service, 'generates') !== true;
