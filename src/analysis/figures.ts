import type { Component } from '../model/architecture.ts';
import { availabilityOf } from '../model/graph/availability.ts';
import { callsOf } from '../model/graph/calls.ts';
import { peakOf, type Reckoned } from '../model/graph/capacity.ts';
import { over } from '../model/graph/interval.ts';
import type { Percentile } from '../model/graph/latency-figures.ts';
import { latencySum } from '../model/graph/latency.ts';
import { online, type Online } from '../model/graph/online.ts';
import type { Quantity } from '../model/quantity.ts';
import { componentsOf, statementOf, value } from '../model/statements.ts';
import { formatQuantity, formatShare } from './format.ts';
import type { Context } from './rule.ts';
import { capacityAt, loadOf, streamRatesTo, type Load } from './serving/load.ts';
import { consumersOf, entriesOf, requestServices, streamServices, type Consumer, type Service } from './serving/services.ts';

/** A number that follows from what is declared, with what it was made from. The rules reckon with the same functions. */
export interface Figure {
  /** `CardFraud.Scorer` */
  readonly component: string;
  readonly name: 'peak demand' | 'capacity' | 'utilisation at the peak' | `sum of the ${Percentile} figures` | 'availability of the whole';
  /** As it is read: `1,200 req/s`, `at least 24 ms`. */
  readonly text: string;
  /** In the canonical unit: the middle of the band, and its ends. */
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly unit: string;
  /** How the number is to be taken, where it is not exact: `about` rests on an assumption. */
  readonly bound?: Bound;
  /** `derived` from what is declared alone; `assumed` where something was taken for granted, which is then among the inputs. */
  readonly provenance: 'derived' | 'assumed';
  readonly formula: string;
  readonly inputs: readonly FigureInput[];
  /** The stated property beside which it says most; the name of the component, if left out. */
  readonly property?: string;
}

export interface FigureInput {
  readonly name: string;
  readonly text: string;
}

type Bound = 'at least' | 'at most' | 'about';

/** A figure before it has its text. */
interface Reckoning extends Pick<Figure, 'name' | 'formula' | 'inputs' | 'bound' | 'property'> {
  readonly quantity: Quantity;
  /** What was taken for granted; with a bound on the safe side it is still derived. */
  readonly assumptions?: readonly string[];
}

interface Ways {
  readonly context: Context;
  /** Somebody states an availability; where nobody does there is none to reckon. */
  readonly available: boolean;
}

/** More would not be read. */
const MOST_INPUTS = 12;

/** The figures of what answers requests or events, and of who asks. One whose inputs are missing is left out. */
export function figuresOf(context: Context): Figure[] {
  const { architecture } = context;
  const services = requestServices(architecture);
  const ways: Ways = { context, available: [...architecture.components.values()].some((component) => statementOf(component, 'availability') ?? value(component as Service, 'slo')?.availability) };
  const met = new Map<Consumer, Service[]>();
  for (const { consumer, service } of entriesOf(architecture)) met.set(consumer, [...(met.get(consumer) ?? []), service]);
  return [
    ...[...services, ...streamServices(architecture)].flatMap((service) => loadFigures(context, service)),
    ...services.flatMap((service) => wayFigures(ways, service, online(architecture, service.name, service.name), service)),
    // Which way counts is clear only where the requests of a consumer meet one service.
    ...[...met].flatMap(([consumer, [service, ...others]]) => (service && others.length === 0 ? wayFigures(ways, consumer, online(architecture, consumer.name, service.name), service) : [])),
  ];
}

function loadFigures(context: Context, service: Service): Figure[] {
  const load = loadOf(context, service.name);
  const demand = load && demandOf(context, service, load);
  const capacity = capacityFigure(context, service);
  const use = demand && capacity && utilisation(demand, capacity, service);
  return [demand, capacity, use].flatMap((reckoning) => (reckoning ? [figure(context, service, reckoning)] : []));
}

/**
 * Where a consumer is silent, what the others are sure to send is a lower bound; where nobody says how requests are
 * divided, all of them together are an upper one. Where both hold, or an upper bound would rest on a usual factor,
 * nothing can be said.
 */
function demandOf(context: Context, service: Service, load: Load): Reckoning | undefined {
  const { inputs, assumptions } = demandInputs(context, service, load.unknown.length > 0);
  const base = { name: 'peak demand', formula: 'peaks of the consumers × calls for each request on the way', inputs } as const;
  if (load.unknown.length > 0) return load.divided || load.certain.high === 0 ? undefined : { ...base, quantity: load.certain, bound: 'at least', inputs: [...inputs, ...load.unknown.map(({ name }) => ({ name: `peak of ${name}`, text: 'not declared' }))] };
  if (load.divided) return load.assumed ? undefined : { ...base, quantity: load.peak, bound: 'at most', inputs: [...inputs, { name: 'shares of the flows', text: 'not declared' }] };
  return load.assumed ? { ...base, quantity: load.peak, bound: 'about', assumptions } : { ...base, quantity: load.peak };
}

function demandInputs({ architecture, settings }: Context, service: Service, certain: boolean): { inputs: FigureInput[]; assumptions: string[] } {
  const factor = certain ? 1 : settings.thresholds.peakFactor;
  const inputs: FigureInput[] = [];
  const assumptions = new Set<string>();
  for (const consumer of consumersOf(architecture, service.name)) {
    const peak = peakOf(architecture, consumer, factor);
    if (!peak) continue;
    // A factor that nobody declared is an assumption; of what is certain it is no part.
    for (const { component, property, value: quantity } of peak.inputs) if (property !== 'peak_factor' || peak.assumptions.length === 0) inputs.push({ name: `${property} of ${component}`, text: formatQuantity(quantity) });
    if (!certain) for (const assumption of peak.assumptions) assumptions.add(assumption);
  }
  for (const { from, rate } of streamRatesTo(architecture, service)) inputs.push({ name: `rate of ${from}`, text: formatQuantity(rate) });
  for (const { caller, edge } of callsOf(architecture).to.get(service.name) ?? []) {
    const { flow } = edge;
    for (const property of flow ? (['rate', 'share', 'fan_out'] as const) : []) {
      const stated = flow && value(flow, property);
      if (stated) inputs.push({ name: `${property} of ${caller} -> ${service.name}`, text: property === 'share' ? formatShare(stated) : formatQuantity(stated) });
    }
  }
  const volume = value(architecture.system, 'volume');
  if (inputs.length === 0 && volume && componentsOf(architecture, 'consumer').length === 0) {
    inputs.push({ name: `volume of ${architecture.system.name}`, text: formatQuantity(volume) });
    assumptions.add(`peak factor ${settings.thresholds.peakFactor}`);
  }
  return { inputs, assumptions: [...assumptions] };
}

/** What is taken for granted of a capacity is the least that can be true. */
function capacityFigure({ architecture }: Context, service: Service): Reckoning | undefined {
  const capacity = capacityAt(architecture, service.name);
  if (!capacity || capacity.value.low <= 0 || !Number.isFinite(capacity.value.high)) return undefined;
  const { value: quantity, formula, assumptions } = capacity;
  return { name: 'capacity', quantity, formula, inputs: capacityInputs(capacity), ...(assumptions.length > 0 ? { bound: 'at least', assumptions } : {}), property: placeOf(service, capacity) };
}

const capacityInputs = ({ inputs }: Reckoned): FigureInput[] => inputs.map(({ component, property, value: quantity }) => ({ name: `${property} of ${component}`, text: formatQuantity(quantity) }));

/** Beside the replicas, which are what is changed first; else beside what limits. */
const placeOf = (service: Service, { inputs }: Reckoned): string | undefined => ['replicas', 'autoscale', ...inputs.map(({ property }) => property)].find((property) => inputs.some((input) => input.property === property) && statementOf(service, property));

function utilisation(demand: Reckoning, capacity: Reckoning, { name: service }: Service): Reckoning | undefined {
  const bound = boundOfShare(demand.bound, capacity.bound);
  if (bound === 'unknown') return undefined;
  const inputs = [demand, capacity].map((reckoning) => ({ name: `${reckoning.name} of ${service}`, text: textOf(reckoning) }));
  const assumptions = [...(demand.assumptions ?? []), ...(capacity.assumptions ?? [])];
  return { name: 'utilisation at the peak', quantity: over(demand.quantity, capacity.quantity, '1'), formula: 'peak demand / capacity', inputs, ...(bound && { bound }), ...(assumptions.length > 0 ? { assumptions } : {}), property: capacity.property };
}

/** A bound of the divisor is the opposite one of the quotient; two that point in different directions leave nothing. */
function boundOfShare(demand: Bound | undefined, capacity: Bound | undefined): Bound | 'unknown' | undefined {
  if (capacity === undefined) return demand;
  return demand === undefined || demand === 'at most' ? 'at most' : 'unknown';
}

/**
 * What is waited for on the way from somebody who promises a latency. Sums of medians and tails are not the median and
 * tail of the whole, so they are called sums, as the rules do; one figure alone is no sum and is left out.
 */
function wayFigures({ context, available }: Ways, holder: Service | Consumer, subgraph: Online, service: Service): Figure[] {
  const { architecture } = context;
  const slo = value(holder as Service, 'slo');
  const tail = slo?.p99 ? 'p99' : slo?.p95 ? 'p95' : undefined;
  const sums: readonly Percentile[] = tail ? ['p50', tail] : ['p50'];
  const property = slo ? 'slo' : undefined;
  const figures: Figure[] = [];
  for (const percentile of sums) {
    const { total, terms, missing } = latencySum(architecture, subgraph, percentile);
    if (terms.length < 2 || total.high <= 0) continue;
    const inputs = [...terms.map((term) => ({ name: `${term.property} of ${term.flow ? `${term.flow.from} -> ${term.flow.to}` : term.component}`, text: formatQuantity(term.value) })), ...undeclared(missing)];
    figures.push(figure(context, holder, { name: `sum of the ${percentile} figures`, quantity: total, ...(missing.length > 0 ? { bound: 'at least' } : {}), formula: 'added up along the slowest way of what is waited for', inputs, property }));
  }
  if (!available) return figures;
  const { total, terms, missing } = availabilityOf(architecture, holder, service);
  if (terms.length >= 2) {
    const inputs = [...terms.map((term) => ({ name: term.components.join(' or '), text: formatShare(term.value) })), ...undeclared(missing)];
    figures.push(figure(context, holder, { name: 'availability of the whole', quantity: total, bound: missing.length > 0 ? 'at most' : 'about', formula: 'product of all that must work', inputs, assumptions: ['failures are independent of each other'], property }));
  }
  return figures;
}

const undeclared = (names: readonly string[]): FigureInput[] => names.map((name) => ({ name, text: 'not declared' }));

const textOf = ({ quantity, bound }: Reckoning): string => `${bound === undefined ? '' : `${bound} `}${quantity.unit === '1' ? formatShare(quantity) : formatQuantity(quantity)}`;

function figure({ architecture }: Context, component: Component, reckoning: Reckoning): Figure {
  const { name, quantity, bound, formula, inputs, assumptions = [], property } = reckoning;
  const { low, high, unit } = quantity;
  const shown = inputs.length > MOST_INPUTS ? [...inputs.slice(0, MOST_INPUTS - 1), { name: 'and', text: `${inputs.length - MOST_INPUTS + 1} more` }] : inputs;
  return {
    component: `${architecture.system.name}.${component.name}`,
    name,
    text: textOf(reckoning),
    value: (low + high) / 2,
    low,
    high,
    unit,
    ...(bound && { bound }),
    provenance: assumptions.length > 0 ? 'assumed' : 'derived',
    formula,
    inputs: [...shown, ...assumptions.map((text) => ({ name: 'assumed', text }))],
    ...(property !== undefined && statementOf(component, property)?.state === 'present' ? { property } : {}),
  };
}
