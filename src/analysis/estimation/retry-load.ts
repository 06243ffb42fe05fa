import type { Component } from '../../model/architecture.ts';
import { callsOf, isFallback, type Call } from '../../model/graph/calls.ts';
import { callFigure } from '../../model/graph/latency-figures.ts';
import { peakOf } from '../../model/graph/capacity.ts';
import { callsPerRequest } from '../../model/graph/demand.ts';
import { middle } from '../../model/quantity.ts';
import { value } from '../../model/statements.ts';
import type { Context } from '../rule.ts';
import { loadOf } from '../serving/load.ts';
import type { Consumer } from '../serving/services.ts';
import type { Estimated } from './estimated.ts';
import { series } from './latency/compose.ts';
import { throughPercentiles, type Latency } from './latency/distribution.ts';
import { pathTime, percentilesOf } from './paths.ts';
import { weakest } from './provenance.ts';
import type { Input } from './replica.ts';
import { endOf, SIDES, type Side, type States } from './scenarios.ts';
import { NEARLY_FULL, stateOf } from './station-state.ts';
import type { Station } from './stations.ts';

/** What calls that are sent again after a timeout add to a station at today’s peak; its traffic itself leaves them out. */
export interface RetryLoad {
  /**
   * Whether the traffic comes to rest below what the station takes; otherwise retries make timeouts, and these more retries.
   * Undefined where it comes so close to full that nobody can say.
   */
  readonly settles?: boolean;
  /** What the traffic is multiplied by. */
  readonly factor?: Estimated;
  /** Share of the tries of callers that try again that outlast their timeout. */
  readonly timedOut?: Estimated;
}

/** A call that is sent again when it takes too long. */
interface Caller {
  readonly call: Call;
  /** Requests per second before any retry. */
  readonly rate: number;
  /** Seconds; infinite where it waits for ever. */
  readonly timeout: number;
  readonly retries: number;
  /** What the way there adds to the time of what is called. */
  readonly way?: Latency;
  readonly inputs: readonly Input[];
}

/** A fixed point of traffic and time-outs is reached when the traffic changes by less than this share. */
const STILL = 1e-7;
const MOST_ROUNDS = 500;

/**
 * The traffic with which retries agree: a share p = P(T > timeout) of the calls is sent again, so that it is multiplied by
 * 1 + p + … + p^retries, which makes T longer. From no retries upwards the rounds reach the smallest such traffic. The
 * replicas are those of the peak, since a retry comes sooner than a replica, and work that nobody waits for any more is
 * done all the same. Undefined where nobody retries, or where the time of an answer is not known.
 */
export function retryLoad(context: Context, station: Station, stations: ReadonlyMap<string, Station>, states: States): RetryLoad | undefined {
  const callers = callersOf(context, station.component.name);
  const { replica, replicas, capacity, traffic } = station;
  if (!traffic || !callers.some(isRetrying)) return undefined;
  const ends = SIDES.map((side) => settle(context, { station, stations, states, side }, callers));
  const now = ends[1];
  // Where what it takes is known only from below, nobody can say that it does not settle.
  const least = replica?.least === true || replicas?.assumed === true || capacity?.atLeast === true;
  if (!now || (least && !now.settled)) return undefined;
  if (!now.settled) return { settles: false };
  const settled = ends.flatMap((end) => (end?.settled ? [end.settled] : []));
  const bound = least || traffic.divided ? ('at most' as const) : settled.length < ends.length || now.settled.nearlyFull || traffic.unknown.length > 0 ? ('at least' as const) : undefined;
  const source: Omit<Estimated, 'value' | 'low' | 'high' | 'formula'> = {
    unit: '1',
    provenance: weakest(traffic.provenance, capacity?.provenance ?? 'measured'),
    ...(bound && { bound }),
    inputs: [...callers.flatMap(({ inputs }) => inputs), ...traffic.inputs, ...(capacity?.inputs ?? [])],
    assumptions: [...traffic.assumptions, ...(capacity?.assumptions ?? []), 'tries take their time independently of each other, at once and to the end', 'what it calls gets no more traffic by retries'],
  };
  const figure = (name: 'factor' | 'timedOut', formula: string): Estimated => ({ value: now.settled?.[name] ?? 0, low: Math.min(...settled.map((end) => end[name])), high: Math.max(...settled.map((end) => end[name])), ...source, formula });
  return { ...(!now.settled.nearlyFull && { settles: true }), factor: figure('factor', '1 + p + … + p^retries'), timedOut: figure('timedOut', 'p = share of answers that take longer than the timeout') };
}

const isRetrying = ({ retries, timeout, rate }: Caller): boolean => retries > 0 && timeout < Infinity && rate > 0;

function callersOf(context: Context, name: string): Caller[] {
  return (callsOf(context.architecture).to.get(name) ?? []).filter((call) => !isFallback(call)).map((call) => {
    const flow = call.edge.flow;
    const [timeout, retries] = [flow && value(flow, 'timeout'), flow && value(flow, 'retries')];
    const way = flow && throughPercentiles(percentilesOf(value(flow, 'latency')));
    const from = `${call.caller} -> ${call.callee}`;
    return {
      call,
      rate: rateOf(context, call),
      timeout: timeout ? middle(timeout) : Infinity,
      retries: retries ? middle(retries) : 0,
      ...(way && { way }),
      inputs: timeout && retries ? [{ component: from, property: 'timeout', value: timeout }, { component: from, property: 'retries', value: retries }] : [],
    };
  });
}

function rateOf(context: Context, call: Call): number {
  const { architecture, settings } = context;
  const stated = call.edge.flow && value(call.edge.flow, 'rate');
  if (stated) return middle(stated);
  const caller = architecture.components.get(call.caller);
  const asked = caller?.kind === 'consumer' ? peakOf(architecture, caller as Consumer, settings.thresholds.peakFactor)?.value : loadOf(context, call.caller)?.peak;
  return asked ? middle(asked) * middle(callsPerRequest(architecture, call)) : 0;
}

interface Case {
  readonly station: Station;
  readonly stations: ReadonlyMap<string, Station>;
  readonly states: States;
  readonly side: Side;
}

interface Settled {
  readonly factor: number;
  readonly timedOut: number;
  /** So full that the share is a lower bound. */
  readonly nearlyFull: boolean;
}

/** Undefined where the time of an answer is not known. */
function settle({ architecture }: Context, { station, stations, states, side }: Case, callers: readonly Caller[]): { readonly settled?: Settled } | undefined {
  const { rate, slowness } = endOf(station, 1, side);
  const { replicas } = states(station, 1, side);
  const name = station.component.name;
  const others = (component: Component): Latency | undefined => states(stations.get(component.name) ?? { component, kept: 0 }, 1, side).latency;
  let settled: Settled = { factor: 1, timedOut: 0, nearlyFull: false };
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const state = stateOf(station, rate * settled.factor, { slowness, ...(replicas !== undefined && { replicas }) });
    if (state.overload !== undefined || (state.utilisation ?? 0) >= 1) return {};
    if (!state.latency) return undefined;
    const { latency: own } = state;
    const answer = pathTime(architecture, name, name, (component) => (component.name === name ? own : others(component)), side === 1).latency;
    const next = { ...multiplied(callers, answer), nearlyFull: (state.utilisation ?? 0) >= NEARLY_FULL };
    // What is told of a station that is nearly full no longer grows with its traffic.
    const grown = Math.max(settled.factor, next.factor);
    const still = grown - settled.factor <= STILL * settled.factor;
    settled = { ...next, factor: grown };
    if (still) return { settled };
  }
  return {};
}

function multiplied(callers: readonly Caller[], answer: Latency): Pick<Settled, 'factor' | 'timedOut'> {
  let [all, sent, retrying, late] = [0, 0, 0, 0];
  for (const caller of callers) {
    const { call, rate, timeout, retries, way } = caller;
    all += rate;
    if (!isRetrying(caller)) {
      sent += rate;
      continue;
    }
    // A lookup states the whole of the call.
    const looked = callFigure(call, 'p50')?.property === 'lookup' && call.edge.flow ? throughPercentiles(percentilesOf(value(call.edge.flow, 'lookup'))) : undefined;
    const p = (looked ?? (way ? series([way, answer]) : answer)).tail(timeout);
    sent += rate * triesOf(p, retries);
    retrying += rate * triesOf(p, retries);
    late += rate * triesOf(p, retries) * p;
  }
  return { factor: all > 0 ? sent / all : 1, timedOut: retrying > 0 ? late / retrying : 0 };
}

/** 1 + p + … + p^retries; part of a retry where a range is declared. */
function triesOf(p: number, retries: number): number {
  if (p >= 1) return 1 + retries;
  return (1 - p ** (retries + 1)) / (1 - p);
}
