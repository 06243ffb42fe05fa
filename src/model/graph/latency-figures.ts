import type { Component, Flow, Span } from '../architecture.ts';
import type { Quantity } from '../quantity.ts';
import { statementOf, value } from '../statements.ts';
import type { Call } from './calls.ts';

export type Percentile = 'p50' | 'p95' | 'p99';
export const PERCENTILES: readonly Percentile[] = ['p50', 'p95', 'p99'];

/** A figure that was added. */
export interface LatencyTerm {
  readonly component: string;
  /** The flow, where the figure is one of a call; `component` then is what is called. */
  readonly flow?: Flow;
  readonly property: 'service_time' | 'latency' | 'adds' | 'lookup';
  /** Seconds. */
  readonly value: Quantity;
  readonly span: Span;
}

/** What a component itself takes for a percentile, in seconds. */
export function latencyFigure(component: Component, percentile: Percentile): LatencyTerm | undefined {
  for (const property of ['service_time', 'latency', 'adds'] as const) {
    const statement = statementOf(component, property);
    if (statement?.state !== 'present') continue;
    const held = statement.value as Quantity | Partial<Record<Percentile, Quantity>>;
    // A guardrail may state one duration; the latency of an ingestion is not that of a call.
    const figure = 'unit' in held ? (property === 'adds' ? held : undefined) : held[percentile];
    if (figure) return { component: component.name, property, value: figure, span: statement.span };
  }
  return undefined;
}

/** What a call adds for a percentile: a `lookup` is the whole read, a `latency` comes beside that of what is called. */
export function callFigure(call: Call, percentile: Percentile): LatencyTerm | undefined {
  const flow = call.edge.flow;
  if (!flow) return undefined;
  for (const property of ['lookup', 'latency'] as const) {
    const figure = value(flow, property)?.[percentile];
    if (figure) return { component: call.callee, flow, property, value: figure, span: statementOf(flow, property)?.span ?? flow.span };
  }
  return undefined;
}
