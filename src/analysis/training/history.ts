import type { Architecture, Component } from '../../model/architecture.ts';
import { feedsTraining } from '../../model/graph/cones.ts';
import { edgesOf, type Edge } from '../../model/graph/edges.ts';
import { componentsOf, value } from '../../model/statements.ts';
import type { Context } from '../rule.ts';
import { keepingOf } from './kept-data.ts';

const DAY = 86_400;

/** How far back a run must be repeatable, in seconds. */
export interface Horizon {
  readonly seconds: number;
  /** Where it comes from, for a sentence; undefined where nobody declared one. */
  readonly declared?: string;
}

/** What the system declares or a duty asks for, whichever is longer; else the default of the review. */
export function horizonOf({ architecture, settings }: Context): Horizon {
  const own = value(architecture.system, 'reproduce_within');
  const duties = componentsOf(architecture, 'compliance').flatMap((item) => {
    const least = value(item, 'retention')?.min;
    return least ? [{ seconds: least.low, declared: item.name }] : [];
  });
  const declared: Horizon[] = [...(own ? [{ seconds: own.low, declared: 'reproduce_within' }] : []), ...duties];
  return declared.sort((a, b) => b.seconds - a.seconds)[0] ?? { seconds: settings.thresholds.reproduceWithinDays * DAY };
}

/** How far back data can be read again. */
export interface History {
  /** Infinite where nobody declares a limit. */
  readonly seconds: number;
  /** What limits it. */
  readonly limit?: Component;
  /** What keeps little, and the place behind it of which nobody says how long it keeps. */
  readonly doubt?: { readonly short: Component; readonly behind: Component };
  /** A place of which nobody says how long it keeps, where that is the nearest one. */
  readonly open?: Component;
  /** Whether any retention is declared on the way. */
  readonly declared: boolean;
  /** The input that makes it so, where it is not the place itself. */
  readonly input?: Edge;
}

const UNLIMITED: History = { seconds: Number.POSITIVE_INFINITY, declared: false };
/** Sources that send and forget. */
const SENDING: ReadonlySet<string> = new Set(['sensors', 'api', 'web', 'feedback']);

/** Histories of the inputs of trainings, and the way of each. */
export interface Histories {
  /** For each input of a training the time for which its data can be read again. */
  of(training: Component<'training'>): History[];
  /** The edges from what limits a history to the training. */
  pathOf(history: History): Edge[];
}

/**
 * A place gives what it keeps itself, or what the worst of its inputs could refill it with, whichever reaches further
 * back.
 *
 * @param horizon Seconds below which a place keeps too little.
 */
export function historiesOf(architecture: Architecture, horizon: number): Histories {
  const graph = edgesOf(architecture);
  const inputsOf = (name: string): readonly Edge[] => (graph.in.get(name) ?? []).filter(feedsTraining);
  const memo = new Map<string, History>();

  const visit = (edge: Edge): History => {
    const component = architecture.components.get(edge.from);
    // A snapshot is a copy, whatever becomes of where it was made.
    if (!component || (edge.flow && value(edge.flow, 'pin') === 'snapshot')) return UNLIMITED;
    const before = memo.get(component.name);
    if (before) return before;
    // A cycle gives nothing that was not there before.
    memo.set(component.name, UNLIMITED);
    const found = combine(component);
    memo.set(component.name, found);
    return found;
  };

  const combine = (component: Component): History => {
    const own = ownHistory(architecture, component);
    const worst = worstOf(inputsOf(component.name).map((input) => ({ ...visit(input), input })));
    if (!own) return worst ?? UNLIMITED;
    if (own.seconds >= horizon || !worst) return own;
    if (worst.seconds === Number.POSITIVE_INFINITY && own.declared) {
      const behind = worst.doubt?.behind ?? rootOf(architecture, component, inputsOf);
      return behind ? { ...worst, open: undefined, declared: true, doubt: { short: component, behind } } : own;
    }
    return worst.seconds > own.seconds ? worst : own;
  };

  return {
    of: (training) => inputsOf(training.name).map((input) => ({ ...visit(input), input })),
    pathOf({ input, limit }) {
      const path: Edge[] = [];
      for (let edge = input; edge; edge = edge.from === limit?.name ? undefined : memo.get(edge.from)?.input) path.unshift(edge);
      return path;
    },
  };
}

function worstOf(histories: readonly History[]): History | undefined {
  return histories.length === 0 ? undefined : histories.reduce((a, b) => (b.seconds < a.seconds || (b.seconds === a.seconds && b.doubt && !a.doubt) ? b : a));
}

/** What a place keeps by itself; undefined where it only passes data on. */
function ownHistory(architecture: Architecture, component: Component): History | undefined {
  const retention = value(component as Component<'store'>, 'retention');
  if (retention) return { seconds: retention.high, limit: component, declared: true };
  if (component.kind !== 'source' && component.kind !== 'store' && component.kind !== 'dataset') return undefined;
  const forgets = keepingOf(architecture, component).state === 'mutable' || (component.kind === 'source' && onlySends(component as Component<'source'>));
  return forgets ? { seconds: 0, declared: false } : { ...UNLIMITED, open: component };
}

/** A source that sends what happens and of which nobody says that it remembers. */
function onlySends(source: Component<'source'>): boolean {
  const remembers = value(source, 'history') !== undefined || value(source, 'versioned') === true || value(source, 'pin') !== undefined;
  return !remembers && (SENDING.has(source.variant ?? '') || value(source, 'capture') === 'push');
}

/** The nearest place upstream where data lies. */
function rootOf(architecture: Architecture, component: Component, inputsOf: (name: string) => readonly Edge[]): Component | undefined {
  const seen = new Set<string>();
  for (let names = [component.name]; names.length > 0; ) {
    const next: string[] = [];
    for (const edge of names.flatMap(inputsOf)) {
      if (seen.has(edge.from)) continue;
      seen.add(edge.from);
      const found = architecture.components.get(edge.from);
      if (found?.kind === 'source' || found?.kind === 'store' || found?.kind === 'dataset') return found;
      next.push(edge.from);
    }
    names = next;
  }
  return undefined;
}
