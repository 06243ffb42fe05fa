import type { Architecture } from '../../model/architecture.ts';
import { latencyOf } from '../../model/graph/latency.ts';
import type { Online } from '../../model/graph/online.ts';
import { middle } from '../../model/quantity.ts';
import type { PathEstimate } from './path-estimate.ts';

/** A part of the time of a way. */
export interface BudgetHop {
  /** A component, or a call as `A → B`. */
  readonly name: string;
  /** Seconds by itself, waiting included where it queues; undefined where only the other is known. */
  readonly p50?: number;
  readonly p99?: number;
  /** Part of the sum of the slow times of all parts, 0 to 1: who takes most of the budget. Those sums are above the percentile of the whole. */
  readonly share: number;
}

/** What the time of a way at today’s peak is made of: the stations on it, and the calls along the slowest way that declare a time. */
export function latencyBudget(architecture: Architecture, { from, to, at }: PathEstimate): BudgetHop[] {
  const [entry, service] = [architecture.components.get(from), architecture.components.get(to)];
  const latency = at[0]?.latency;
  if (!entry || !service || !latency) return [];
  const parts = new Map<string, { p50?: number; p99?: number }>();
  const add = (name: string, percentile: 'p50' | 'p99', seconds: number): void => {
    parts.set(name, { ...parts.get(name), [percentile]: seconds });
  };
  for (const percentile of ['p50', 'p99'] as const) for (const { component, value } of latency[percentile].inputs) add(component, percentile, middle(value));
  const declared = latencyOf(architecture, entry, service);
  for (const percentile of ['p50', 'p99'] as const) for (const { flow, value } of declared[percentile].terms) {
    if (!flow) continue;
    add(`${flow.from} → ${flow.to}`, percentile, middle(value));
  }
  // A lookup is the whole read, and what answers it is in it.
  for (const { flow, property, component } of declared.p99.terms) if (flow && property === 'lookup') for (const name of behind(declared.online, component)) parts.delete(name);
  const slow = [...parts.values()].reduce((sum, { p50, p99 }) => sum + (p99 ?? p50 ?? 0), 0);
  return [...parts].map(([name, part]) => ({ name, ...part, share: slow > 0 ? (part.p99 ?? part.p50 ?? 0) / slow : 0 }));
}

/** A component and all that it calls. */
function behind({ calls }: Online, name: string): ReadonlySet<string> {
  const found = new Set([name]);
  for (const reached of found) for (const { callee } of calls.get(reached) ?? []) found.add(callee);
  return found;
}
