import type { Architecture } from '../../model/architecture.ts';
import { callsOf } from '../../model/graph/calls.ts';
import { peakOf } from '../../model/graph/capacity.ts';
import { demandFrom } from '../../model/graph/demand.ts';
import { plus, times } from '../../model/graph/interval.ts';
import { exactly, middle, type Quantity } from '../../model/quantity.ts';
import { value } from '../../model/statements.ts';
import type { Context } from '../rule.ts';
import { loadOf } from '../serving/load.ts';
import { consumersOf, isStreaming, type Consumer, type Service } from '../serving/services.ts';
import { streamRatesTo } from '../serving/load.ts';
import { sigmaOf, type Input } from './replica.ts';
import type { Provenance } from './provenance.ts';

/** Requests per second that reach a component at today’s peak. */
export interface Traffic {
  readonly value: number;
  /** Standard deviation of its logarithm; zero where the author gave one number. */
  readonly sigma: number;
  readonly provenance: Provenance;
  readonly inputs: readonly Input[];
  readonly assumptions: readonly string[];
  /** Consumers whose rate nobody declares: the traffic leaves them out. */
  readonly unknown: readonly Consumer[];
  /** Requests are divided before it and nobody says how: the traffic is an upper bound. */
  readonly divided: boolean;
}

/** Peaks of web traffic are 2 to 10 times its mean; so much is taken for granted where only the mean is known. */
const PEAK_FACTOR_SIGMA = 0.5;

const cache = new WeakMap<Architecture, ReadonlyMap<string, Quantity>>();

/** Today’s peak at a component, copies for shadow versions included; undefined where no rate that reaches it is declared. */
export function trafficOf(context: Context, name: string): Traffic | undefined {
  const load = loadOf(context, name);
  const copies = shadowTraffic(context).get(name);
  // Where somebody is silent, only what the others are sure to send is a lower bound.
  const certain = load !== undefined && load.unknown.length > 0;
  const own = certain ? load.certain : load?.peak;
  const rate = own && copies ? plus(own, copies) : (own ?? copies);
  if (!rate || rate.high <= 0) return undefined;
  // An upper bound that rests on an assumption, or that leaves somebody out, is none.
  if (load?.divided === true && (load.assumed || load.unknown.length > 0)) return undefined;
  const { inputs, assumptions } = sourcesOf(context, name);
  const assumed = load?.assumed === true && !certain;
  return {
    value: middle(rate),
    sigma: Math.hypot(rate.high > rate.low ? sigmaOf(rate) : 0, assumed ? PEAK_FACTOR_SIGMA : 0),
    provenance: assumed ? 'assumed' : 'measured',
    inputs,
    assumptions: assumed ? assumptions : [],
    unknown: load?.unknown ?? [],
    divided: load?.divided ?? false,
  };
}

/** Copies of requests that shadow versions get, and what they in turn call. Nobody waits for them, but machines work on them. */
function shadowTraffic(context: Context): ReadonlyMap<string, Quantity> {
  const { architecture } = context;
  let found = cache.get(architecture);
  if (!found) cache.set(architecture, (found = computeShadows(context)));
  return found;
}

function computeShadows(context: Context): ReadonlyMap<string, Quantity> {
  const starts = new Map<string, Quantity>();
  for (const flow of context.architecture.flows) {
    if (value(flow, 'shadow') !== true) continue;
    const here = value(flow, 'rate') ?? rateFrom(context, flow.from);
    const copied = here && times(here, value(flow, 'share') ?? exactly(1, '1'));
    if (copied) starts.set(flow.to, plus(starts.get(flow.to) ?? { ...copied, low: 0, high: 0 }, copied));
  }
  return starts.size === 0 ? starts : demandFrom(context.architecture, starts);
}

const rateFrom = (context: Context, name: string): Quantity | undefined => loadOf(context, name)?.peak ?? consumerPeak(context, name);

function consumerPeak({ architecture, settings }: Context, name: string): Quantity | undefined {
  const component = architecture.components.get(name);
  return component?.kind === 'consumer' ? peakOf(architecture, component as Consumer, settings.thresholds.peakFactor)?.value : undefined;
}

/** The declared values that the traffic at a component is made from. */
function sourcesOf(context: Context, name: string): Pick<Traffic, 'inputs' | 'assumptions'> {
  const { architecture, settings } = context;
  const inputs: Input[] = [];
  const assumptions = new Set<string>();
  for (const consumer of consumersOf(architecture, name)) {
    const peak = peakOf(architecture, consumer, settings.thresholds.peakFactor);
    if (!peak) continue;
    inputs.push(...peak.inputs.filter((input) => input.property !== 'peak_factor' || peak.assumptions.length === 0));
    for (const assumption of peak.assumptions) assumptions.add(assumption);
  }
  const component = architecture.components.get(name);
  if (component?.kind === 'service' && isStreaming(architecture, component as Service)) {
    for (const { from, rate } of streamRatesTo(architecture, component as Service)) inputs.push({ component: from, property: 'rate', value: rate });
  }
  for (const { edge } of callsOf(architecture).to.get(name) ?? []) {
    const { flow } = edge;
    for (const property of flow ? (['rate', 'share', 'fan_out'] as const) : []) {
      const stated = flow && value(flow, property);
      if (flow && stated) inputs.push({ component: `${flow.from} -> ${flow.to}`, property, value: stated });
    }
  }
  const volume = value(architecture.system, 'volume');
  if (inputs.length === 0 && volume) {
    inputs.push({ component: architecture.system.name, property: 'volume', value: volume });
    assumptions.add(`peak factor ${settings.thresholds.peakFactor}`);
  }
  return { inputs, assumptions: [...assumptions] };
}
