import type { Architecture, Component } from '../../model/architecture.ts';
import type { Condition, Relation, Selector } from '../../model/custom-rule.ts';
import { callsAsGraph } from '../../model/graph/calls.ts';
import { servingGraph } from '../../model/graph/cones.ts';
import { immediateDominators } from '../../model/graph/dominators.ts';
import type { Edge, Graph } from '../../model/graph/edges.ts';
import { pathTo, reachTree, type Direction } from '../../model/graph/paths.ts';
import { componentsOf, isKindAbsent } from '../../model/statements.ts';
import { isFalse, isIrrelevant, isOpen, isTrue, type Judgement, type Open } from './judgement.ts';
import type { Matches } from './matches.ts';

/** What is worked out once for an architecture or a condition, and asked for each subject. */
export interface RelationHost {
  readonly architecture: Architecture;
  readonly matches: (selector: Selector) => Matches;
  /** Once for each key and name. */
  readonly once: <T>(key: object, name: string, make: () => T) => T;
}

type Tree = ReadonlyMap<string, Edge | undefined>;
type Names = Pick<ReadonlySet<string>, 'keys' | 'size'>;

/** Whether there is such a component. That none is declared is silence, unless the file says that there is none. */
export function judgeSome(host: RelationHost, selector: Selector): Judgement {
  const { sure, maybe } = host.matches(selector);
  const [first] = sure;
  if (first !== undefined) return isTrue({ target: first });
  const open = [...maybe.values()].flat();
  return open.length > 0 ? isOpen(...open) : noneOf(host, selector);
}

/** No component is of the selector: confirmed, or not said. */
function noneOf({ architecture }: RelationHost, { kinds, text }: Selector): Judgement {
  if (kinds.length > 0 && kinds.every((kind) => isKindAbsent(architecture, kind))) return isFalse();
  const absent = kinds.length === 1 ? `, or say \`${kinds[0] ?? ''} none\`` : '';
  return isOpen({ element: architecture.system, ask: `No ${text} is declared. Declare it${absent}.` });
}

export function judgeRelation(host: RelationHost, subject: Component, condition: Extract<Condition, { op: 'related' }>): Judgement {
  const { relation, selector } = condition;
  if (relation === 'dominates' || relation === 'dominated-by') return judgeDomination(host, subject, condition);
  const graph = graphFor(host, relation);
  const direction: Direction = relation === 'reaches' || relation === 'calls' ? 'downstream' : 'upstream';
  const direct = relation === 'calls' || relation === 'called-by';
  const { sure, maybe } = host.matches(selector);
  const wayTo = (names: Names, key: string): Way | undefined => {
    if (names.size === 0) return undefined;
    const tree = host.once(condition, key, () => (direct ? new Map([...names.keys()].map((name) => [name, undefined])) : treeTo(graph, names.keys(), direction)));
    return wayFrom(graph, tree, subject.name, direction);
  };
  const way = wayTo(sure, 'sure');
  if (way) return isTrue(way);
  const possible = wayTo(maybe, 'maybe');
  if (possible) return isOpen(...(maybe.get(possible.target) ?? []));
  // Where there is nothing to get to, the drawing says nothing of how to get there.
  return sure.size + maybe.size === 0 ? noneOf(host, selector) : isFalse({ target: selector.text });
}

const graphFor = ({ architecture, once }: RelationHost, relation: Relation): Graph => (relation === 'reaches' || relation === 'reached-by' ? servingGraph(architecture) : once(architecture, 'calls', () => callsAsGraph(architecture)));

interface Way {
  readonly target: string;
  readonly path: readonly Edge[];
}

/** Every component from which the ways in a direction lead to the names, with its next step. */
const treeTo = (graph: Graph, names: Iterable<string>, direction: Direction, avoid?: ReadonlySet<string>): Tree => reachTree(graph, names, { direction: direction === 'downstream' ? 'upstream' : 'downstream', avoid });

/** A way of at least one step from a component into the tree, in the order of its flows. */
function wayFrom(graph: Graph, tree: Tree, name: string, direction: Direction): Way | undefined {
  const ahead = direction === 'downstream';
  const edge = (ahead ? graph.out : graph.in).get(name)?.find((step) => tree.has(ahead ? step.to : step.from) && (ahead ? step.to : step.from) !== name);
  if (!edge) return undefined;
  const next = ahead ? edge.to : edge.from;
  const rest = pathTo(tree, next, ahead ? 'upstream' : 'downstream') ?? [];
  return ahead ? { target: rest.at(-1)?.to ?? next, path: [edge, ...rest] } : { target: rest[0]?.from ?? next, path: [...rest, edge] };
}

/** Over the calls that somebody waits for, from consumers on. */
function judgeDomination(host: RelationHost, subject: Component, condition: Extract<Condition, { op: 'related' }>): Judgement {
  const { architecture, once } = host;
  const { sure, maybe } = host.matches(condition.selector);
  const entries = componentsOf(architecture, 'consumer').map(({ name }) => name);
  if (entries.length === 0) return noneOf(host, { kinds: ['consumer'], text: 'consumer' });
  const immediate = once(architecture, 'dominators', () => immediateDominators(once(architecture, 'calls', () => callsAsGraph(architecture)), entries));
  if (condition.relation === 'dominates') {
    const target = once(condition, 'dominated', () => dominatorsOfAny(immediate, sure)).get(subject.name);
    if (target !== undefined) return isTrue({ target });
    const possible = once(condition, 'perhaps dominated', () => dominatorsOfAny(immediate, maybe.keys())).get(subject.name);
    if (possible !== undefined) return isOpen(...(maybe.get(possible) ?? []));
    return sure.size + maybe.size === 0 ? noneOf(host, condition.selector) : isFalse({ target: condition.selector.text });
  }
  if (!immediate.has(subject.name)) return isIrrelevant(`No request of a consumer gets to ${subject.name}.`);
  const above = once(condition, 'dominators', () => new Map<string, { sure?: string; maybe?: string }>());
  const found = nearestAbove(immediate, above, subject.name, sure, maybe);
  if (found.sure !== undefined) return isTrue({ target: found.sure });
  if (found.maybe !== undefined) return isOpen(...(maybe.get(found.maybe) ?? []));
  return sure.size + maybe.size === 0 ? noneOf(host, condition.selector) : isFalse({ target: condition.selector.text });
}

/** Every component that all ways to one of the targets pass, with that target. Each chain is walked until it is known. */
function dominatorsOfAny(immediate: ReadonlyMap<string, string | undefined>, targets: Iterable<string>): Map<string, string> {
  const found = new Map<string, string>();
  for (const target of targets) for (let name = immediate.get(target); name !== undefined && !found.has(name); name = immediate.get(name)) found.set(name, target);
  return found;
}

type Above = { sure?: string; maybe?: string };

/** The nearest component above another that is of a selector; what the walk finds is kept for the next one. */
function nearestAbove(immediate: ReadonlyMap<string, string | undefined>, known: Map<string, Above>, name: string, sure: ReadonlySet<string>, maybe: ReadonlyMap<string, unknown>): Above {
  const chain: string[] = [];
  let at: string | undefined = name;
  while (at !== undefined && !known.has(at)) {
    chain.push(at);
    at = immediate.get(at);
  }
  let found: Above = at === undefined ? {} : (known.get(at) ?? {});
  for (const step of chain.reverse()) {
    const above = immediate.get(step);
    if (above !== undefined) found = { sure: sure.has(above) ? above : found.sure, maybe: maybe.has(above) ? above : found.maybe };
    known.set(step, found);
  }
  return found;
}

/** Every way from the subject to the others, or from them to it, passes a gate. The subject or another may be a gate itself. */
export function judgeEveryPath(host: RelationHost, subject: Component, condition: Extract<Condition, { op: 'every-path' }>): Judgement {
  const graph = servingGraph(host.architecture);
  const direction: Direction = condition.direction === 'to' ? 'downstream' : 'upstream';
  const others = host.matches(condition.others);
  const gates = host.matches(condition.gates);
  const tree = (key: string, names: () => Iterable<string>, avoid?: () => ReadonlySet<string>): Tree => host.once(condition, key, () => treeTo(graph, names(), direction, avoid?.()));
  const all = (): string[] => [...others.sure, ...others.maybe.keys()];
  if (!wayFrom(graph, tree('all', all), subject.name, direction)) return isIrrelevant(condition.direction === 'to' ? `Nothing leads from ${subject.name} to a ${condition.others.text}.` : `Nothing leads from a ${condition.others.text} to ${subject.name}.`);
  const unguarded = gates.sure.has(subject.name) ? undefined : wayFrom(graph, tree('perhaps unguarded', all, () => gates.sure), subject.name, direction);
  if (!unguarded) return isTrue();
  const certain = gates.maybe.has(subject.name) ? undefined : wayFrom(graph, tree('unguarded', () => others.sure, () => host.once(condition, 'gates', () => new Set([...gates.sure, ...gates.maybe.keys()]))), subject.name, direction);
  if (certain) return isFalse(certain);
  const onTheWay = [subject.name, ...unguarded.path.flatMap(({ from, to }) => [from, to])];
  const open: Open[] = [...new Set(onTheWay)].flatMap((name) => [...(gates.maybe.get(name) ?? []), ...(name === unguarded.target ? (others.maybe.get(name) ?? []) : [])]);
  return isOpen(...open);
}
