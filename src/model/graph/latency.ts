import type { Architecture, Component } from '../architecture.ts';
import type { Quantity } from '../quantity.ts';
import { value } from '../statements.ts';
import type { Call } from './calls.ts';
import { larger, plus, zero } from './interval.ts';
import { callFigure, latencyFigure, type LatencyTerm, type Percentile } from './latency-figures.ts';
import { online, type Online } from './online.ts';
import { worstCaseOf } from './waiting.ts';

export interface LatencySum {
  /** Seconds; a lower bound where figures are missing. */
  readonly total: Quantity;
  /** The figures along the slowest way, from the entry on. */
  readonly terms: readonly LatencyTerm[];
  /** Components of the subgraph without a figure for this percentile. */
  readonly missing: readonly string[];
}

/** Parallel calls of one flow: they do not add latency, but all of them must be fast for the request to be. */
export interface FanOut {
  readonly call: Call;
  readonly calls: Quantity;
  /** Chance that every call stays within its own 99th percentile: 0.99 to the power of the number of calls. */
  readonly withinP99: Quantity;
}

export interface LatencyProfile {
  readonly p50: LatencySum;
  /** Percentiles do not add up exactly: slow moments rarely coincide, so these two sums are likely upper values. */
  readonly p95: LatencySum;
  readonly p99: LatencySum;
  /** Longest wait that timeouts and retries allow, in seconds; undefined where some call can take for ever. */
  readonly worstCase?: Quantity;
  readonly fanOuts: readonly FanOut[];
  readonly online: Online;
}

/**
 * Latency from an entry (a consumer, or the service itself) through a service and everything that it waits for.
 * What one component calls is taken as parallel, so the slowest branch counts and the sums are lower bounds; guardrails
 * stand one after the other and add. A call costs its own `latency` plus that of what is called; `lookup` is the whole read.
 */
export function latencyOf(architecture: Architecture, entry: Component, service: Component): LatencyProfile {
  const subgraph = online(architecture, entry.name, service.name);
  return {
    p50: latencySum(architecture, subgraph, 'p50'),
    p95: latencySum(architecture, subgraph, 'p95'),
    p99: latencySum(architecture, subgraph, 'p99'),
    worstCase: worstCaseOf(architecture, subgraph),
    fanOuts: fanOutsOf(subgraph),
    online: subgraph,
  };
}

interface Reckoning {
  readonly total: Quantity;
  /** Figures of the component itself. */
  readonly own: readonly LatencyTerm[];
  /** Calls whose way counts: all guardrails, and the slowest of the others. */
  readonly chosen: readonly Call[];
}

/** The sum for one percentile over a synchronous subgraph; see `latencyOf`. */
export function latencySum(architecture: Architecture, subgraph: Online, percentile: Percentile): LatencySum {
  const done = new Map<string, Reckoning>();
  for (const name of [...subgraph.names].reverse()) done.set(name, reckon(architecture, subgraph, name, percentile, done));
  const start = done.get(subgraph.entry);
  return {
    total: start?.total ?? zero('s'),
    terms: termsAlong(subgraph.entry, percentile, done),
    missing: missingIn(architecture, subgraph, percentile, done),
  };
}

function reckon(architecture: Architecture, subgraph: Online, name: string, percentile: Percentile, done: ReadonlyMap<string, Reckoning>): Reckoning {
  const component = architecture.components.get(name);
  const figure = component && latencyFigure(component, percentile);
  let total = figure?.value ?? zero('s');
  const chosen: Call[] = [];
  let slowest: { call: Call; time: Quantity } | undefined;
  let parallel: Quantity | undefined;
  for (const call of subgraph.calls.get(name) ?? []) {
    const time = callTime(call, percentile, done);
    if (architecture.components.get(call.callee)?.kind === 'guardrail') {
      total = plus(total, time);
      chosen.push(call);
      continue;
    }
    parallel = parallel ? larger(parallel, time) : time;
    if (!slowest || time.low > slowest.time.low || (time.low === slowest.time.low && time.high > slowest.time.high)) slowest = { call, time };
  }
  if (slowest) chosen.push(slowest.call);
  return { total: parallel ? plus(total, parallel) : total, own: figure ? [figure] : [], chosen };
}

function callTime(call: Call, percentile: Percentile, done: ReadonlyMap<string, Reckoning>): Quantity {
  const figure = callFigure(call, percentile);
  if (figure?.property === 'lookup') return figure.value;
  const behind = done.get(call.callee)?.total ?? zero('s');
  return figure ? plus(figure.value, behind) : behind;
}

function termsAlong(entry: string, percentile: Percentile, done: ReadonlyMap<string, Reckoning>): LatencyTerm[] {
  const terms: LatencyTerm[] = [];
  const stack: string[] = [entry];
  const seen = new Set<string>();
  for (let name = stack.pop(); name !== undefined; name = stack.pop()) {
    const reckoning = done.get(name);
    if (!reckoning || seen.has(name)) continue;
    seen.add(name);
    terms.push(...reckoning.own);
    for (const call of reckoning.chosen) {
      const figure = callFigure(call, percentile);
      if (figure) terms.push(figure);
      if (figure?.property !== 'lookup') stack.push(call.callee);
    }
  }
  return terms;
}

/** Kinds that only pass on to others, and so need no figure where what they pass on to has one. */
const TRANSPARENT: ReadonlySet<string> = new Set(['consumer', 'agent', 'features', 'knowledge', 'model', 'prompt', 'artefact']);

function missingIn(architecture: Architecture, subgraph: Online, percentile: Percentile, done: ReadonlyMap<string, Reckoning>): string[] {
  // A figure of the call stands for what is called where that has none; behind a lookup nothing needs one.
  const needed = new Set<string>([subgraph.entry]);
  const covered = new Set<string>();
  for (const name of subgraph.names) {
    if (!needed.has(name)) continue;
    for (const call of subgraph.calls.get(name) ?? []) {
      const figure = callFigure(call, percentile);
      if (figure) covered.add(call.callee);
      if (figure?.property !== 'lookup') needed.add(call.callee);
    }
  }
  return [...needed].filter((name) => {
    if (covered.has(name) || (done.get(name)?.own.length ?? 0) > 0) return false;
    const kind = architecture.components.get(name)?.kind ?? '';
    return kind !== 'consumer' && (!TRANSPARENT.has(kind) || (subgraph.calls.get(name) ?? []).length === 0);
  });
}

function fanOutsOf(subgraph: Online): FanOut[] {
  return [...subgraph.calls.values()].flat().flatMap((call) => {
    const calls = call.edge.flow && value(call.edge.flow, 'fan_out');
    return calls && calls.high > 1 ? [{ call, calls, withinP99: { low: 0.99 ** calls.high, high: 0.99 ** calls.low, unit: '1' } }] : [];
  });
}
