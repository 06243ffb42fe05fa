import type { Component } from '../model/architecture.ts';
import { availabilityOf } from '../model/graph/availability.ts';
import { peakOf, type Reckoned } from '../model/graph/capacity.ts';
import { over } from '../model/graph/interval.ts';
import type { Percentile } from '../model/graph/latency-figures.ts';
import { latencyOf } from '../model/graph/latency.ts';
import type { Quantity } from '../model/quantity.ts';
import { value } from '../model/statements.ts';
import { formatQuantity, formatShare } from './format.ts';
import type { Context } from './rule.ts';
import { capacityAt, loadOf } from './serving/load.ts';
import { consumersOf, entriesOf, requestServices } from './serving/services.ts';

/** A number that follows from what is declared, with what it was made from. The rules reckon with the same functions. */
export interface Figure {
  /** `CardFraud.Scorer` */
  readonly component: string;
  readonly name: 'peak demand' | 'capacity' | 'utilisation at the peak' | `latency ${Percentile}` | 'availability';
  /** As it is read: `1,200 req/s`, `at least 24 ms`. */
  readonly text: string;
  /** In the canonical unit: the middle of the band, and its ends. */
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly unit: string;
  /** `derived` from what is declared alone; `assumed` where something was taken for granted, which is then among the inputs. */
  readonly provenance: 'derived' | 'assumed';
  readonly formula: string;
  readonly inputs: readonly { readonly name: string; readonly text: string }[];
  /** The property beside which it says most; the name of the component, if left out. */
  readonly property?: string;
}

type Service = Component<'service'>;

/** The figures of every service that answers requests. One whose inputs are missing is left out. */
export function figuresOf(context: Context): Figure[] {
  const { architecture } = context;
  const asked = new Map<string, Component<'consumer'>[]>();
  for (const { consumer, service } of entriesOf(architecture)) asked.set(service.name, [...(asked.get(service.name) ?? []), consumer]);
  return requestServices(architecture).flatMap((service) => {
    const [entry] = asked.get(service.name) ?? [];
    return [...loadFigures(context, service), ...(entry ? pathFigures(context, service, entry) : [])];
  });
}

function loadFigures(context: Context, service: Service): Figure[] {
  const { architecture, settings } = context;
  const load = loadOf(context, service.name);
  const capacity = capacityAt(architecture, service.name);
  const figures: Figure[] = [];
  const inputs = consumersOf(architecture, service.name).flatMap((consumer) => {
    const peak = peakOf(architecture, consumer, settings.thresholds.peakFactor);
    return peak ? [{ name: `peak of ${consumer.name}`, text: formatQuantity(peak.value) }, ...peak.assumptions.map((text) => ({ name: 'assumed', text }))] : [];
  });
  // Where requests are divided in unknown shares, the rate is an upper bound; where a consumer is silent, a lower one.
  const bound = !load ? '' : load.divided ? 'at most ' : load.unknown.length > 0 ? 'at least ' : '';
  if (load && !(load.divided && load.unknown.length > 0)) {
    figures.push(figure(context, service, { name: 'peak demand', quantity: load.peak, bound, assumed: load.assumed, formula: 'peaks of the consumers × calls for each request', inputs }));
  }
  // What is taken for granted of a capacity is the least that can be true.
  const least = capacity !== undefined && capacity.assumptions.length > 0;
  if (capacity) figures.push(figure(context, service, { name: 'capacity', quantity: capacity.value, bound: least ? 'at least ' : '', assumed: least, formula: capacity.formula, inputs: capacityInputs(capacity), property: 'replicas' }));
  if (load && capacity && bound === '' && capacity.value.low > 0) {
    const share = over(load.peak, capacity.value, '1');
    const from = [{ name: 'peak demand', text: formatQuantity(load.peak) }, { name: 'capacity', text: formatQuantity(capacity.value) }];
    figures.push(figure(context, service, { name: 'utilisation at the peak', quantity: share, bound: least ? 'at most ' : '', assumed: load.assumed || least, formula: 'peak demand / capacity', inputs: from, property: 'replicas' }));
  }
  return figures;
}

const capacityInputs = ({ inputs, assumptions }: Reckoned): Figure['inputs'] => [
  ...inputs.map(({ component, property, value: quantity }) => ({ name: `${property} of ${component}`, text: formatQuantity(quantity) })),
  ...assumptions.map((text) => ({ name: 'assumed', text })),
];

/** What a consumer sees of the service that it asks first. */
function pathFigures(context: Context, service: Service, consumer: Component<'consumer'>): Figure[] {
  const { architecture } = context;
  const latency = latencyOf(architecture, consumer, service);
  const promised = (['p99', 'p95', 'p50'] as const).find((percentile) => value(service, 'slo')?.[percentile] !== undefined) ?? 'p99';
  const { total, terms, missing } = latency[promised];
  const figures: Figure[] = [];
  if (terms.length > 0) {
    const inputs = [...terms.map((term) => ({ name: `${term.property} of ${term.component}`, text: formatQuantity(term.value) })), ...missing.map((name) => ({ name, text: 'not declared' }))];
    figures.push(figure(context, service, { name: `latency ${promised}`, quantity: total, bound: missing.length > 0 ? 'at least ' : '', formula: 'sum along the slowest branch of synchronous calls', inputs, property: 'slo' }));
  }
  const availability = availabilityOf(architecture, consumer, service);
  if (availability.terms.length > 0) {
    const inputs = [...availability.terms.map((term) => ({ name: term.components.join(' or '), text: formatShare(term.value) })), ...availability.missing.map((name) => ({ name, text: 'not declared' }))];
    figures.push(figure(context, service, { name: 'availability', quantity: availability.total, bound: availability.missing.length > 0 ? 'at most ' : '', formula: 'product of everything that must work, failures taken as independent', inputs, property: 'slo' }));
  }
  return figures;
}

interface Parts extends Pick<Figure, 'name' | 'formula' | 'inputs' | 'property'> {
  readonly quantity: Quantity;
  readonly bound?: string;
  readonly assumed?: boolean;
}

function figure({ architecture }: Context, component: Component, { quantity, bound = '', assumed = false, ...rest }: Parts): Figure {
  const { low, high, unit } = quantity;
  const text = `${bound}${unit === '1' ? formatShare(quantity) : formatQuantity(quantity)}`;
  return { ...rest, component: `${architecture.system.name}.${component.name}`, text, value: (low + high) / 2, low, high, unit, provenance: assumed ? 'assumed' : 'derived' };
}
