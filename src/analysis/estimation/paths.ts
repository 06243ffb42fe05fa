import type { Architecture, Component } from '../../model/architecture.ts';
import type { Call } from '../../model/graph/calls.ts';
import { callFigure, latencyFigure } from '../../model/graph/latency-figures.ts';
import { online, type Online } from '../../model/graph/online.ts';
import { middle } from '../../model/quantity.ts';
import { value } from '../../model/statements.ts';
import type { Service } from '../serving/services.ts';
import { oneOf, series, slowest, together } from './latency/compose.ts';
import { NO_TIME, throughPercentiles, type Latency, type Percentiles } from './latency/distribution.ts';

/** How long what stands at one place takes for a request at some traffic; undefined where nothing declared says so. */
export type TimeAt = (component: Component) => Latency | undefined;

export interface PathTime {
  readonly latency: Latency;
  /** Components on the way of which no time is known: the latency leaves them out, and so is a lower bound. */
  readonly missing: readonly string[];
  /** Times that were taken for granted. */
  readonly assumptions: readonly string[];
}

/** Seconds for an answer that is kept, where no cache with a latency is named: one look into a cache on the same network. */
const KEPT_ANSWER = 0.001;

/**
 * The time of a request from an entry through a service, over everything that is waited for. Calls of one component go
 * out together, so the slowest counts; guardrails stand one after the other. Asynchronous flows are no part of it.
 *
 * @param coinciding Slow moments of all stages fall together (percentiles add); otherwise they are independent.
 */
export function pathTime(architecture: Architecture, entry: string, service: string, timeAt: TimeAt, coinciding: boolean): PathTime {
  const subgraph = online(architecture, entry, service);
  const missing = new Set<string>();
  const assumptions = new Set<string>();
  const done = new Map<string, Latency>();
  // From what is called back to the caller, so that no way is too deep.
  for (const name of [...subgraph.names].reverse()) {
    const component = architecture.components.get(name);
    if (component) done.set(name, timeFrom({ architecture, subgraph, timeAt, coinciding, missing, assumptions, done }, component));
  }
  return { latency: done.get(entry) ?? NO_TIME, missing: [...missing].filter((name) => name !== entry || architecture.components.get(name)?.kind !== 'consumer'), assumptions: [...assumptions] };
}

interface Walk {
  readonly architecture: Architecture;
  readonly subgraph: Online;
  readonly timeAt: TimeAt;
  readonly coinciding: boolean;
  readonly missing: Set<string>;
  readonly assumptions: Set<string>;
  readonly done: ReadonlyMap<string, Latency>;
}

function timeFrom(walk: Walk, component: Component): Latency {
  const { architecture, subgraph, timeAt, coinciding } = walk;
  const calls = subgraph.calls.get(component.name) ?? [];
  const own = timeAt(component);
  const chained = calls.filter((call) => isGuardrail(architecture, call)).map((call) => callTime(walk, call));
  const parallel = calls.filter((call) => !isGuardrail(architecture, call)).map((call) => ({ latency: callTime(walk, call), copies: copiesOf(call) }));
  if (!own && calls.length === 0 && component.kind !== 'consumer') walk.missing.add(component.name);
  if (!own && NEEDS_TIME.has(component.kind)) walk.missing.add(component.name);
  const add = coinciding ? together : series;
  // Where slow moments coincide, the slowest of several calls is the one that is slowest by itself.
  const waited = coinciding ? slowestByItself(parallel) : slowest(parallel);
  const computed = add([own ?? NO_TIME, ...chained, waited]);
  const kept = keptShare(architecture, component);
  // Where nothing is known of the answers that are made, those that are kept say nothing of the whole.
  return kept > 0 && computed.mean > 0 ? oneOf([{ latency: computed, share: 1 - kept }, { latency: keptTime(walk, component as Service), share: kept }]) : computed;
}

/** The time of an answer that is kept: that of the cache which holds it. */
function keptTime({ architecture, assumptions }: Walk, service: Service): Latency {
  const answers = architecture.components.get(value(service, 'cache')?.in ?? '');
  const declared = answers && declaredTime(answers);
  if (declared) return declared;
  assumptions.add(`${service.name} gives kept answers in 1 ms`);
  return throughPercentiles({ p50: KEPT_ANSWER }) ?? NO_TIME;
}

/** Kinds that work for each request by themselves, so that a way over them is not known without their time. */
const NEEDS_TIME: ReadonlySet<string> = new Set(['service']);

const isGuardrail = (architecture: Architecture, call: Call): boolean => architecture.components.get(call.callee)?.kind === 'guardrail';

function copiesOf(call: Call): number {
  const flow = call.edge.flow;
  if (!flow) return 1;
  // Where slow calls are sent again, or left out of the answer, the slowest of many does not decide.
  if (value(flow, 'hedged') === true || value(flow, 'partial') === true) return 1;
  const copies = value(flow, 'fan_out');
  return copies ? middle(copies) : 1;
}

function slowestByItself(branches: readonly { readonly latency: Latency; readonly copies: number }[]): Latency {
  const all = branches.map((branch) => slowest([branch]));
  return all.reduce<Latency>((a, b) => (b.quantile(0.99) > a.quantile(0.99) ? b : a), NO_TIME);
}

/** What a call costs its caller: a read as a whole, else the way over and what is called; for the share of requests that make it. */
function callTime({ architecture, done, coinciding, missing }: Walk, call: Call): Latency {
  const flow = call.edge.flow;
  const figure = callFigure(call, 'p50') ?? callFigure(call, 'p99') ?? callFigure(call, 'p95');
  const over = flow && throughPercentiles(percentilesOf(value(flow, figure?.property === 'lookup' ? 'lookup' : 'latency')));
  const behind = done.get(call.callee) ?? NO_TIME;
  // A figure of the call stands for what is called where that has none; behind a lookup nothing is counted again.
  if (over && figure) missing.delete(call.callee);
  const whole = figure?.property === 'lookup' && over ? over : over ? (coinciding ? together : series)([over, behind]) : behind;
  const share = flow && value(flow, 'share');
  return share && architecture.components.get(call.caller)?.kind !== 'consumer' ? oneOf([{ latency: whole, share: middle(share) }]) : whole;
}

export const percentilesOf = (declared: { readonly p50?: Declared; readonly p95?: Declared; readonly p99?: Declared } | undefined): Percentiles => ({
  ...(declared?.p50 && { p50: middle(declared.p50) }),
  ...(declared?.p95 && { p95: middle(declared.p95) }),
  ...(declared?.p99 && { p99: middle(declared.p99) }),
});

type Declared = { readonly low: number; readonly high: number; readonly unit: string };

const declared = new WeakMap<Component, { readonly time: Latency | undefined }>();

/** The time that a component declares for itself, waiting included. */
export function declaredTime(component: Component): Latency | undefined {
  let known = declared.get(component);
  if (!known) declared.set(component, (known = { time: timeDeclaredBy(component) }));
  return known.time;
}

function timeDeclaredBy(component: Component): Latency | undefined {
  const figure = latencyFigure(component, 'p50') ?? latencyFigure(component, 'p99') ?? latencyFigure(component, 'p95');
  if (!figure) return undefined;
  const held = (component.properties as Readonly<Record<string, { state: string; value?: unknown } | undefined>>)[figure.property];
  return held?.state === 'present' ? throughPercentiles('unit' in (held.value as object) ? { p50: middle(held.value as Declared) } : percentilesOf(held.value as Parameters<typeof percentilesOf>[0])) : undefined;
}

/** Share of requests that a component answers from what it keeps, without asking further. */
export function keptShare(architecture: Architecture, component: Component): number {
  if (component.kind !== 'service') return 0;
  const kept = value(component as Service, 'cache');
  const answers = kept?.in === undefined ? undefined : architecture.components.get(kept.in);
  const rate = kept?.hit_rate ?? (answers?.kind === 'cache' ? value(answers as Component<'cache'>, 'hit_rate') : undefined);
  return rate ? middle(rate) : 0;
}
