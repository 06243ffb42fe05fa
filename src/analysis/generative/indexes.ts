import type { Architecture, Component } from '../../model/architecture.ts';
import { edgesOf, type Edge } from '../../model/graph/edges.ts';
import { componentsOf, value } from '../../model/statements.ts';

/** What is searched for text that goes into a prompt: a knowledge base, or an index of vectors that stands for none. */
export interface Index {
  readonly component: Component<'knowledge' | 'store'>;
  readonly knowledge?: Component<'knowledge'>;
  /** Steps to who searches it. */
  readonly readers: readonly (readonly Edge[])[];
}

const READERS: ReadonlySet<string> = new Set(['service', 'agent', 'tool']);
const cache = new WeakMap<Architecture, readonly Index[]>();

export function indexesOf(architecture: Architecture): readonly Index[] {
  let indexes = cache.get(architecture);
  if (!indexes) cache.set(architecture, (indexes = computeIndexes(architecture)));
  return indexes;
}

function computeIndexes(architecture: Architecture): Index[] {
  const bases = componentsOf(architecture, 'knowledge');
  const held = new Set(bases.map((base) => value(base, 'in')));
  const named = bases.map((knowledge): Index => ({ component: knowledge, knowledge, readers: readersOf(architecture, knowledge.name) }));
  const vectors = componentsOf(architecture, 'store').filter((store) => store.variant === 'vector' && !held.has(store.name));
  // Vectors are searched for other things than text as well; with a model that writes beside them they are documents.
  const writes = componentsOf(architecture, 'agent').length > 0 || componentsOf(architecture, 'service').some((service) => service.variant === 'llm_api' || value(service, 'generates') === true) || componentsOf(architecture, 'model').some((model) => value(model, 'task') === 'generation');
  const bare = (writes ? vectors : []).map((store): Index => ({ component: store, readers: readersOf(architecture, store.name) })).filter(({ readers }) => readers.length > 0);
  return [...named, ...bare];
}

/** An edge to who reads it, whichever way the reading is written. */
function readersOf(architecture: Architecture, name: string): Edge[][] {
  const graph = edgesOf(architecture);
  const given = (graph.out.get(name) ?? []).filter((edge) => READERS.has(architecture.components.get(edge.to)?.kind ?? ''));
  const asked = (graph.in.get(name) ?? []).filter((edge) => edge.payload === 'request' && READERS.has(architecture.components.get(edge.from)?.kind ?? '')).map((edge): Edge => ({ ...edge, from: name, to: edge.from }));
  return [...given, ...asked].map((edge) => [edge]);
}
