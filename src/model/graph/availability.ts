import type { Architecture, Component, Span } from '../architecture.ts';
import type { Quantity } from '../quantity.ts';
import { statementOf, value } from '../statements.ts';
import { acyclicOrder } from './acyclic-order.ts';
import { callsOf, isFallback, type Call } from './calls.ts';
import { complement, times } from './interval.ts';
import { online, type Online } from './online.ts';

/** A factor of the product. */
export interface AvailabilityTerm {
  /** One component, or the alternatives that stand in for each other: what is called first, then its fallbacks. */
  readonly components: readonly string[];
  /** Share of time, 0 to 1; of alternatives that at least one works. */
  readonly value: Quantity;
  /** `slo` is a promise; `availability` is measured or promised. */
  readonly property: 'availability' | 'slo' | 'fallback';
  readonly span?: Span;
}

export interface Availability {
  /** Product of the terms: an upper bound where figures are missing. */
  readonly total: Quantity;
  readonly terms: readonly AvailabilityTerm[];
  /** Components without a figure; they count as always there. */
  readonly missing: readonly string[];
}

const CERTAIN: Quantity = { low: 1, high: 1, unit: '1' };

/**
 * Share of time in which a request from an entry through a service gets an answer: the product of all that must work,
 * each component once. Calls that the caller can do without (`optional`, `fails open`) are left out, and so is what a
 * service depends on that answers by rules, a default or the like when it cannot. A call with a fallback works while
 * one of the two does. The replicas and zones of a component are in its own figure. Failures are taken as independent.
 */
export function availabilityOf(architecture: Architecture, entry: Component, service: Component): Availability {
  const subgraph = online(architecture, entry.name, service.name);
  const { needed, groups } = needs(architecture, subgraph);
  const terms: AvailabilityTerm[] = [];
  const missing: string[] = [];
  for (const name of needed) {
    const component = architecture.components.get(name);
    if (!component || component.kind === 'consumer') continue;
    const term = figureOf(component, name === service.name);
    if (term) terms.push(term);
    else if (!TRANSPARENT.has(component.kind)) missing.push(name);
  }
  const alone = standAlone(architecture, groups.flat(), needed, service.name);
  for (const group of groups) {
    if (group.some((name) => needed.has(name))) continue;
    const down = group.map((name) => complement(alone.get(name) ?? CERTAIN)).reduce((a, b) => times(a, b));
    terms.push({ components: group, value: complement(down), property: 'fallback' });
  }
  return { total: terms.map((term) => term.value).reduce((a, b) => times(a, b), CERTAIN), terms, missing };
}

/** Kinds that do not run by themselves. */
const TRANSPARENT: ReadonlySet<string> = new Set(['consumer', 'features', 'model', 'prompt', 'artefact', 'dataset']);

/** The availability of a component by itself. What the service in question promises is the goal and not a figure. */
function figureOf(component: Component, isGoal: boolean): AvailabilityTerm | undefined {
  const declared = value(component, 'availability');
  if (declared) return { components: [component.name], value: declared, property: 'availability', span: statementOf(component, 'availability')?.span };
  const promised = !isGoal && component.kind === 'service' ? value(component as Component<'service'>, 'slo')?.availability : undefined;
  return promised && { components: [component.name], value: promised, property: 'slo', span: statementOf(component, 'slo')?.span };
}

/** What must work whatever happens, and the groups of alternatives of which one must. */
function needs(architecture: Architecture, subgraph: Online): { needed: ReadonlySet<string>; groups: readonly (readonly string[])[] } {
  const needed = new Set<string>(subgraph.names.length > 0 ? [subgraph.entry] : []);
  const groups: string[][] = [];
  const graph = callsOf(architecture);
  for (const name of needed) {
    const spare = (graph.from.get(name) ?? []).filter(isFallback);
    for (const { call, fallbacks } of requirementsOf(architecture, name, subgraph.calls.get(name) ?? [], spare)) {
      if (fallbacks.length > 0) groups.push([call.callee, ...fallbacks]);
      else needed.add(call.callee);
    }
  }
  return { needed, groups };
}

export interface Requirement {
  readonly call: Call;
  /** What answers in place of the callee. */
  readonly fallbacks: readonly string[];
}

/** Which of its calls a component cannot do without, each with what stands in for the callee; none where it answers by rules, a default or the like. */
export function requirementsOf(architecture: Architecture, name: string, calls: readonly Call[], spareCalls: readonly Call[]): Requirement[] {
  if (answersByItself(architecture.components.get(name))) return [];
  const spare = spareCalls.map((call) => call.callee);
  const required = calls.filter((call) => !isOptional(call));
  return required.map((call) => {
    const callee = architecture.components.get(call.callee);
    // A spare way stands in for what is of its kind, and for the only call there is.
    const fitting = spare.filter((other) => required.length === 1 || architecture.components.get(other)?.kind === callee?.kind);
    const group = new Set([call.callee, ...fitting]);
    // What stands in may have something that stands in for it.
    for (const other of group) for (const next of fallbackOf(architecture, architecture.components.get(other))) group.add(next);
    return { call, fallbacks: [...group].slice(1) };
  });
}

/** Whether the caller goes on without the answer. */
function isOptional(call: Call): boolean {
  const flow = call.edge.flow;
  return flow !== undefined && (value(flow, 'optional') === true || value(flow, 'fails') === 'open');
}

/** A service whose fallback is a word (rules, a default …) gives that answer itself, whatever it depends on. */
function answersByItself(component: Component | undefined): boolean {
  return component?.kind === 'service' && WORDS.has(value(component as Component<'service'>, 'fallback') ?? '');
}

const WORDS: ReadonlySet<string> = new Set(['rules', 'previous_version', 'cached', 'human', 'default', 'degraded']);

function fallbackOf(architecture: Architecture, component: Component | undefined): string[] {
  if (component?.kind !== 'service' && component?.kind !== 'features') return [];
  const other = value(component as Component<'service'>, 'fallback');
  return other !== undefined && !WORDS.has(other) && architecture.components.has(other) ? [other] : [];
}

/** Availability of components with all that they need, apart from what is needed anyway. What alternatives share counts in each. */
function standAlone(architecture: Architecture, starts: readonly string[], given: ReadonlySet<string>, goal: string): ReadonlyMap<string, Quantity> {
  const graph = callsOf(architecture);
  const all = (name: string): readonly Call[] => (given.has(name) ? [] : (graph.from.get(name) ?? []));
  const order = acyclicOrder(starts, (name) => [...all(name).map((call) => call.callee), ...fallbackOf(architecture, architecture.components.get(name))], (name) => name);
  const found = new Map<string, Quantity>();
  for (const name of [...order.names].reverse()) {
    const component = architecture.components.get(name);
    let sum = given.has(name) || !component ? CERTAIN : (figureOf(component, name === goal)?.value ?? CERTAIN);
    const calls = all(name);
    for (const { call, fallbacks } of requirementsOf(architecture, name, calls.filter((c) => !isFallback(c)), calls.filter(isFallback))) {
      const group = [call.callee, ...fallbacks].map((other) => found.get(other) ?? CERTAIN);
      sum = times(sum, complement(group.map(complement).reduce((a, b) => times(a, b))));
    }
    found.set(name, sum);
  }
  return found;
}
