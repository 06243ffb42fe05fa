import type { Architecture, Component } from '../../model/architecture.ts';
import { callsOf } from '../../model/graph/calls.ts';
import { modelsOf } from '../../model/graph/cones.ts';
import { edgesOf, type Edge } from '../../model/graph/edges.ts';
import { value } from '../../model/statements.ts';
import type { Hop } from '../finding.ts';
import { hopsOf } from '../hops.ts';
import { isGenerative, observedServices, type Observed } from './observed.ts';

/** A model whose output is an input of another one. */
export interface Chain {
  readonly upstream: Component<'model'>;
  readonly downstream: Component<'model'>;
  readonly observed?: Observed;
  /** How the output of the one comes to the other. */
  readonly path: readonly Hop[];
}

const cache = new WeakMap<Architecture, readonly Chain[]>();

/** Each model that takes what another one says as an input; language models and rules are left out. */
export function modelChains(architecture: Architecture): readonly Chain[] {
  let chains = cache.get(architecture);
  if (!chains) cache.set(architecture, (chains = computeChains(architecture)));
  return chains;
}

/** Pairs by `uses`, by a service that calls another one, and by predictions that are stored where the other reads. */
function computeChains(architecture: Architecture): Chain[] {
  const byModel = new Map<string, Observed>();
  const byService = new Map<string, Observed>();
  for (const observed of observedServices(architecture)) {
    byService.set(observed.service.name, observed);
    for (const model of observed.models) byModel.set(model.name, observed);
  }
  const chains = new Map<string, Chain>();
  const add = (upstream: Component<'model'>, downstream: Component<'model'>, path: readonly Hop[]) => {
    if (upstream.name === downstream.name || [upstream, downstream].some((model) => model.variant === 'rules' || isGenerative(model))) return;
    const key = `${upstream.name} ${downstream.name}`;
    if (!chains.has(key)) chains.set(key, { upstream, downstream, observed: byModel.get(downstream.name), path });
  };
  for (const edge of edgesOf(architecture).edges) {
    if (edge.payload !== 'predictions') continue;
    const [from, to] = [architecture.components.get(edge.from), architecture.components.get(edge.to)];
    if (from?.kind === 'model' && to?.kind === 'model') add(from as Component<'model'>, to as Component<'model'>, hopsOf([edge]));
    if (!byService.has(edge.from)) continue;
    for (const path of readersOf(architecture, edge)) connect(architecture, byService, path, add);
  }
  for (const call of callsOf(architecture).calls) {
    const caller = byService.get(call.caller);
    if (!caller || !byService.has(call.callee) || isFallback(caller, call.callee, call.edge)) continue;
    connect(architecture, byService, [{ ...call.edge, from: call.callee, to: call.caller, payload: 'predictions' }], add);
  }
  return [...chains.values()];
}

function connect(architecture: Architecture, byService: ReadonlyMap<string, Observed>, path: readonly Edge[], add: (upstream: Component<'model'>, downstream: Component<'model'>, path: readonly Hop[]) => void): void {
  const [upstream, downstream] = [byService.get(path[0]?.from ?? ''), byService.get(path.at(-1)?.to ?? '')];
  if (!upstream || !downstream || upstream === downstream) return;
  for (const from of modelsOf(architecture, upstream.service)) for (const to of modelsOf(architecture, downstream.service)) add(from, to, hopsOf(path));
}

const isFallback = ({ service }: Observed, callee: string, { flow }: Edge): boolean => value(service, 'fallback') === callee || (flow !== undefined && value(flow, 'fallback') === true);

/** Stores from which values are read at once; what goes through a lake or a log is data among other data. */
const DIRECT: ReadonlySet<string> = new Set(['online', 'cache', 'vector', 'stream']);

/** Where predictions end up as an input: at a service, or at one that reads the store or the features which hold them. */
function readersOf(architecture: Architecture, first: Edge): Edge[][] {
  const graph = edgesOf(architecture);
  const paths: Edge[][] = [[first]];
  const holds = (name: string): boolean => {
    const component = architecture.components.get(name);
    return component?.kind === 'features' || component?.kind === 'cache' || (component?.kind === 'store' && DIRECT.has(component.variant ?? ''));
  };
  if (!holds(first.to)) return paths;
  for (const second of graph.out.get(first.to) ?? []) {
    paths.push([first, second]);
    if (holds(second.to)) for (const third of graph.out.get(second.to) ?? []) paths.push([first, second, third]);
  }
  return paths;
}
