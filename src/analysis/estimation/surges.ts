import { online } from '../../model/graph/online.ts';
import { value } from '../../model/statements.ts';
import type { Context } from '../rule.ts';
import type { Service } from '../serving/services.ts';
import { bandOf, type Estimated } from './estimated.ts';
import type { PathEstimate } from './path-estimate.ts';
import { weakest, type Provenance } from './provenance.ts';
import { BAND_SCORE, logSdOf } from './quantity.ts';
import { riseResponse, type Rise, type RiseResponse } from './queueing/rise.ts';
import type { Input } from './replica.ts';
import { SIDES, type Side, type States } from './scenarios.ts';
import { eachOf, running, type Capacity, type Replicas, type Station } from './stations.ts';
import { promiseOver, replicasThrough, type Promised } from './surge-headroom.ts';
import { reactionSource, riseSource, type Lacking, type ReactionSource, type RiseSource } from './surge-inputs.ts';
import type { Traffic } from './traffic.ts';

/** What happens to a service that is scaled when its traffic rises, until new replicas have loaded their model and answer. */
export interface Surge {
  readonly component: string;
  /** Inputs without which nothing can be said; then nothing else is. */
  readonly missing: Lacking['missing'];
  /** Why nothing can be said where every input is declared. */
  readonly refused?: string;
  /** Computed when somebody asks: headroom is found by trying, and an editor estimates after every keystroke. */
  readonly figures?: SurgeFigures;
}

export interface SurgeFigures {
  /** Requests per second before and after the rise, the peak of today. */
  readonly from: Estimated;
  readonly to: Estimated;
  readonly factor: number;
  /** Seconds that the rise takes; zero where it comes at once. */
  readonly within: number;
  /** Whether consumers declare the rise. */
  readonly declared: boolean;
  /** Seconds until new replicas answer. */
  readonly reaction: Estimated;
  /** Replicas that run before the rise, and when all new ones are there. */
  readonly before: number;
  readonly after: number;
  /** Requests that wait when most of them do; those that a cache answers do not. */
  readonly backlog: Estimated;
  /** Whether the queue is worked off; undefined where what replicas take is known only from below. */
  readonly drains?: boolean;
  /** Seconds of the longest wait, on top of what requests take at the usual load. */
  readonly longestWait?: Estimated;
  /** Seconds from the largest backlog until nobody waits. */
  readonly drainTime?: Estimated;
  readonly headroom?: SurgeHeadroom;
  /** Why no number of replicas would hold the objective. */
  readonly obstacle?: string;
}

/** What must already run when the rise begins. */
export interface SurgeHeadroom {
  readonly replicas: Estimated;
  /** Their busy share before the rise: the target that keeps so many running. */
  readonly target: Estimated;
  /** What then holds; without one, all stay at or below the knee. */
  readonly objective?: Promised['objective'];
  /** Replicas that may run, where that is fewer. */
  readonly most?: number;
}

/** Surges of every service that is scaled and of which traffic and capacity are known. */
export function surgesOf(context: Context, stations: readonly Station[], states: States, paths: readonly PathEstimate[]): Surge[] {
  const byName = new Map(stations.map((station) => [station.component.name, station]));
  return stations.flatMap((station) => surgeOf({ context, stations: byName, states, paths }, station) ?? []);
}

interface Setting {
  readonly context: Context;
  readonly stations: ReadonlyMap<string, Station>;
  readonly states: States;
  readonly paths: readonly PathEstimate[];
}

/** Everything of a station that a surge needs. */
interface Scaled {
  readonly station: Station;
  readonly traffic: Traffic;
  readonly capacity: Capacity;
  readonly replicas: Replicas & { readonly target: number };
  /** Requests per second that a replica works on. */
  readonly each: number;
  readonly rise: RiseSource;
  readonly reaction: ReactionSource;
}

function surgeOf(setting: Setting, station: Station): Surge | undefined {
  const { component, traffic, capacity, replicas } = station;
  const own = eachOf(station);
  if (component.kind !== 'service' || !traffic || !capacity || !replicas || replicas.target === undefined || own === undefined) return undefined;
  const service = component as Service;
  const refuse = (refused: string): Surge => ({ component: service.name, missing: [], refused });
  if (value(service, 'autoscale')?.on === 'schedule') return refuse('replicas are added by the clock, and not when traffic rises');
  const [rise, reaction] = [riseSource(setting.context, service.name, traffic), reactionSource(setting.context, service)];
  if (!rise) return undefined;
  const missing = [rise, reaction].flatMap((source) => ('missing' in source ? source.missing : []));
  if ('missing' in rise || 'missing' in reaction) return { component: service.name, missing };
  const bound = boundOf(traffic, capacity);
  if (bound === 'none') return refuse('what comes and what replicas take are both known only from below');
  // A load test that took more than is reckoned says that each replica does.
  const each = capacity.atLeast === true ? Math.max(own, (capacity.value * (1 - station.kept)) / replicas.most) : own;
  const scaled: Scaled = { station, traffic, capacity, replicas: { ...replicas, target: replicas.target }, each, rise, reaction };
  let known: SurgeFigures | undefined;
  return {
    component: service.name,
    missing: [],
    get figures() {
      return (known ??= figuresOf(setting, scaled, bound));
    },
  };
}

/** More traffic is more waiting, and more capacity less. */
function boundOf({ divided, unknown }: Traffic, { atLeast }: Capacity): Estimated['bound'] | 'none' {
  const bounds = new Set([...(divided ? ['at most' as const] : unknown.length > 0 ? ['at least' as const] : []), ...(atLeast === true ? ['at most' as const] : [])]);
  return bounds.size > 1 ? 'none' : [...bounds][0];
}

/** One case of what is known: the middle, or everything worse or better by as much as belongs to the ends of a band. */
interface Case {
  readonly side: Side;
  readonly rise: Rise;
  readonly slowness: number;
  readonly response: RiseResponse;
}

function caseOf({ station, traffic, replicas, each, rise, reaction }: Scaled, side: Side): Case {
  const times = station.replica?.sigma ?? (station.language ? logSdOf(station.language.most.requests) : 0);
  const sigmas = [traffic.sigma, rise.sigma, times, reaction.sigma];
  const total = sigmas.reduce((sum, sigma) => sum + sigma, 0);
  // All at their ends at once would be rarer than a band says, so each goes only part of its own way.
  const share = total === 0 ? 0 : (BAND_SCORE * Math.hypot(...sigmas)) / total;
  const moved = (sigma: number): number => Math.exp(side * share * sigma);
  const to = traffic.value * moved(traffic.sigma);
  const from = rise.declared ? rise.from * moved(traffic.sigma) : Math.min(to, rise.from / moved(rise.sigma));
  const [worked, perReplica] = [1 - station.kept, each / moved(times)];
  const figures: Rise = {
    from: from * worked,
    to: to * worked,
    within: rise.within,
    perReplica,
    before: running(replicas, from * worked, perReplica),
    after: running(replicas, to * worked, perReplica),
    target: replicas.target,
    reaction: reaction.seconds * moved(reaction.sigma),
  };
  return { side, rise: figures, slowness: moved(times), response: riseResponse(figures) };
}

function figuresOf(setting: Setting, scaled: Scaled, bound: Estimated['bound']): SurgeFigures {
  const { traffic, rise, reaction, capacity } = scaled;
  const cases = SIDES.map((side) => caseOf(scaled, side));
  const [, now] = cases as [Case, Case, Case];
  const basis: Basis = {
    provenance: weakest(traffic.provenance, rise.provenance, reaction.provenance, capacity.provenance),
    inputs: [...rise.inputs, ...traffic.inputs, ...reaction.inputs, ...capacity.inputs],
    assumptions: [...new Set([...rise.assumptions, ...traffic.assumptions, ...reaction.assumptions, ...capacity.assumptions, 'the autoscaler asks for all replicas at once'])],
    bound,
  };
  const drains = now.response.drainTime !== undefined;
  const figure = (name: keyof RiseResponse, unit: string, formula: string): Estimated | undefined => ofCases(cases.map(({ response }) => response[name]), unit, formula, basis);
  const [longestWait, drainTime] = [figure('longestWait', 's', 'longest time between as many arrived and as many answered'), figure('drainTime', 's', 'backlog / (capacity after − traffic)')];
  return {
    from: rateOf(rise.from, rise.declared ? traffic.sigma : rise.sigma, traffic, rise, rise.declared ? 'traffic at the peak / factor of the ramp' : 'mean rate'),
    to: rateOf(traffic.value, traffic.sigma, traffic, undefined, 'traffic at the peak'),
    factor: traffic.value / rise.from,
    within: rise.within,
    declared: rise.declared,
    reaction: { value: reaction.seconds, ...bandOf(reaction.seconds, reaction.sigma), unit: 's', provenance: reaction.provenance, formula: 'delay of the autoscaler + start of a replica', inputs: reaction.inputs, assumptions: reaction.assumptions },
    before: now.rise.before,
    after: now.rise.after,
    backlog: figure('backlog', 'req', 'traffic less what running replicas take, over the time until new ones answer') as Estimated,
    ...((drains || bound === undefined) && { drains }),
    ...(drains && longestWait && { longestWait }),
    ...(drains && drainTime && { drainTime }),
    ...(capacity.atLeast !== true && headroomOf(setting, scaled, cases, basis)),
  };
}

type Basis = Pick<Estimated, 'provenance' | 'inputs' | 'assumptions' | 'bound'>;

/** The middle of three cases with the others as its band; where one of them has no end, at least so much. */
function ofCases(values: readonly (number | undefined)[], unit: string, formula: string, basis: Basis): Estimated | undefined {
  const middle = values[1];
  if (middle === undefined) return undefined;
  const known = values.filter((figure) => figure !== undefined);
  const { bound, ...source } = basis;
  const open = bound ?? (known.length < values.length ? ('at least' as const) : undefined);
  return { value: middle, low: Math.min(...known), high: Math.max(...known), unit, ...source, ...(open && { bound: open }), formula };
}

function rateOf(figure: number, sigma: number, traffic: Traffic, rise: RiseSource | undefined, formula: string): Estimated {
  const provenance: Provenance = rise && !rise.declared ? (rise.sigma > 0 ? 'assumed' : 'measured') : traffic.provenance;
  const inputs: readonly Input[] = rise ? [...rise.inputs, ...(rise.declared ? traffic.inputs : [])] : traffic.inputs;
  const bound = traffic.divided ? ('at most' as const) : traffic.unknown.length > 0 ? ('at least' as const) : undefined;
  return { value: figure, ...bandOf(figure, sigma), unit: 'req/s', provenance, ...(bound && { bound }), formula, inputs, assumptions: rise ? rise.assumptions : traffic.assumptions };
}

function headroomOf({ context, stations, states, paths }: Setting, { station, replicas }: Scaled, cases: readonly Case[], basis: Basis): Pick<SurgeFigures, 'headroom' | 'obstacle'> {
  const { architecture } = context;
  const timed = states(station, 1, 0).latency !== undefined || station.replica?.timed === true;
  const promised = timed ? promiseOver(architecture, paths, station.component.name) : undefined;
  const others = promised ? online(architecture, promised.path.from, promised.path.to).names.flatMap((name) => (name === station.component.name ? [] : (stations.get(name) ?? []))) : [];
  const full = others.filter((other) => states(other, 1, 0).overload !== undefined).map((other) => other.component.name);
  if (full.length > 0) return { obstacle: `${full.join(', ')} cannot take the peak` };
  const counts = cases.map(({ side, rise, slowness }) => replicasThrough({ architecture, station, stations, states, side, rise, slowness, promised }));
  const open = promised && promised.path.missing.length > 0 && basis.bound === undefined ? { ...basis, bound: 'at least' as const } : basis;
  const count = ofCases(counts, '1', promised ? 'fewest replicas with which the way keeps its objective until new ones answer' : 'fewest replicas that stay at or below the knee until new ones answer', open);
  if (!count) return { obstacle: 'the times of the steps without any waiting are beyond the objective' };
  const shares = cases.map(({ rise: { from, perReplica } }, index) => (counts[index] === undefined ? undefined : Math.min(1, from / ((counts[index] ?? 1) * perReplica))));
  const { bound: _, ...unbounded } = open;
  const target = ofCases(shares, '1', 'busy share of so many replicas before the rise', unbounded) as Estimated;
  const most = !replicas.unbounded && replicas.most < count.value ? replicas.most : undefined;
  return { headroom: { replicas: count, target, ...(promised && { objective: promised.objective }), ...(most !== undefined && { most }) } };
}
