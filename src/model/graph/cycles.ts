import type { Architecture, Component } from '../architecture.ts';
import { callsOf } from './calls.ts';
import { feedsTraining } from './cones.ts';
import { edgesOf, graphOf, type Edge, type Graph } from './edges.ts';
import { servicesOf, trainingsOf } from './lineage.ts';
import { carrying, pathTo, reachTree, shortestPath, type Follow } from './paths.ts';

/** Strongly connected components after Tarjan (1972), without recursion; those later in the flow come first. */
export function stronglyConnected(graph: Graph, follow: Follow = () => true): string[][] {
  const number = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const groups: string[][] = [];
  const enter = (name: string): { name: string; at: number } => {
    low.set(name, number.size);
    number.set(name, number.size);
    open.push(name);
    isOpen.add(name);
    return { name, at: 0 };
  };
  const lower = (name: string, to: number): void => void low.set(name, Math.min(low.get(name)!, to));
  for (const root of new Set([...graph.out.keys(), ...graph.in.keys()])) {
    if (number.has(root)) continue;
    const stack = [enter(root)];
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const edge = graph.out.get(top.name)?.[top.at++];
      if (edge) {
        if (!follow(edge)) continue;
        if (!number.has(edge.to)) stack.push(enter(edge.to));
        else if (isOpen.has(edge.to)) lower(top.name, number.get(edge.to)!);
        continue;
      }
      stack.pop();
      const parent = stack.at(-1);
      if (parent) lower(parent.name, low.get(top.name)!);
      if (low.get(top.name) === number.get(top.name)) {
        const group = open.splice(open.lastIndexOf(top.name));
        for (const name of group) isOpen.delete(name);
        groups.push(group);
      }
    }
  }
  return groups;
}

/**
 * The way on which what a model says comes back into its own training data: from a service that runs it through logs,
 * labels or the reactions of those who asked, to one of its trainings, and on to the service where artifact edges say
 * so. Undefined where there is none.
 */
export function feedbackCycle(architecture: Architecture, model: Component<'model'>): Edge[] | undefined {
  const services = servicesOf(architecture, model).map((service) => service.name);
  const trainings = trainingsOf(architecture, model).map((training) => training.name);
  const graph = graphWithAnswers(architecture);
  const path = wayBack(architecture, graph, services, trainings);
  const [first, last] = [path?.[0], path?.at(-1)];
  if (!path || !first || !last) return undefined;
  return [...path, ...(shortestPath(graph, [last.to], [first.from], { follow: carrying('artifact') }) ?? [])];
}

const spreads = carrying('predictions', 'feedback');
const learnable: Follow = (edge) => spreads(edge) || feedsTraining(edge);

/** The first hop carries predictions; what a service merely hands on is not the model’s word. */
function wayBack(architecture: Architecture, graph: Graph, services: readonly string[], trainings: readonly string[]): Edge[] | undefined {
  const isService: ReadonlySet<string> = new Set(services);
  let shortest: Edge[] | undefined;
  for (const first of services.flatMap((service) => graph.out.get(service) ?? [])) {
    if (first.payload !== 'predictions') continue;
    const tree = treeFrom(architecture, graph, first.to);
    for (const training of trainings) {
      const rest = pathTo(tree, training);
      if (rest && (!shortest || rest.length + 1 < shortest.length)) shortest = [first, ...rest];
    }
  }
  if (!shortest?.slice(1).some((edge) => isService.has(edge.from))) return shortest;
  return shortestPath(graph, services, trainings, { follow: (edge) => (isService.has(edge.from) ? edge.payload === 'predictions' : learnable(edge)) });
}

const trees = new WeakMap<Architecture, Map<string, ReadonlyMap<string, Edge | undefined>>>();

/** What can be learned from what arrives at a component. Many services write to one log, so that most share a tree. */
function treeFrom(architecture: Architecture, graph: Graph, start: string): ReadonlyMap<string, Edge | undefined> {
  let byStart = trees.get(architecture);
  if (!byStart) trees.set(architecture, (byStart = new Map()));
  let tree = byStart.get(start);
  if (!tree) byStart.set(start, (tree = reachTree(graph, [start], { follow: learnable })));
  return tree;
}

const graphs = new WeakMap<Architecture, Graph>();

/** The graph together with the answers of calls, which go back to the caller as predictions. */
function graphWithAnswers(architecture: Architecture): Graph {
  let graph = graphs.get(architecture);
  if (!graph) {
    const answers = callsOf(architecture).calls.flatMap((call): Edge[] =>
      call.reads || call.edge.payload !== 'request' ? [] : [{ ...call.edge, from: call.callee, to: call.caller, payload: 'predictions' }],
    );
    graphs.set(architecture, (graph = graphOf([...edgesOf(architecture).edges, ...answers])));
  }
  return graph;
}
