import type { Architecture, Component } from '../architecture.ts';
import { PEAK_FACTOR } from '../constants.ts';
import { exactly, type Quantity } from '../quantity.ts';
import { componentsOf, value } from '../statements.ts';
import { over, times } from './interval.ts';

/** A rate with how it was found. */
export interface Reckoned {
  /** Requests per second. */
  readonly value: Quantity;
  /** In words and names of properties, e.g. `replicas × throughput`. */
  readonly formula: string;
  readonly inputs: readonly { readonly component: string; readonly property: string; readonly value: Quantity }[];
  /** What was taken for granted where nothing is declared. A figure with assumptions proves nothing by itself. */
  readonly assumptions: readonly string[];
}

type Input = Reckoned['inputs'][number];

const RATE = 'req/s';

/**
 * Requests per second that a component can take at most; undefined where nothing declared says so. The replicas of a
 * service count at their upper end: a range says how far it scales, not that it is uncertain.
 *
 * @param tokens Tokens of one request and its answer, where a provider limits tokens.
 */
export function capacityOf(component: Component, tokens?: Quantity): Reckoned | undefined {
  switch (component.kind) {
    case 'service':
      return serviceCapacity(component as Component<'service'>, tokens);
    case 'store':
      return storeCapacity(component as Component<'store'>);
    case 'gateway':
    case 'cache':
    case 'knowledge':
    case 'ingestion':
      return stated(component, 'capacity', value(component as Component<'gateway'>, 'capacity'));
    case 'source':
      return stated(component, 'quota', value(component as Component<'source'>, 'quota'));
    default:
      return undefined;
  }
}

/** The tightest of what its replicas can do and what a provider allows. */
function serviceCapacity(service: Component<'service'>, tokens: Quantity | undefined): Reckoned | undefined {
  const tokenQuota = value(service, 'token_quota');
  const limits = [
    replicaCapacity(service),
    stated(service, 'quota', value(service, 'quota')),
    tokenQuota && tokens && reckoned(over(tokenQuota, tokens, RATE), 'token_quota / tokens', [input(service, 'token_quota', tokenQuota), input(service, 'tokens', tokens)]),
  ].filter((limit) => limit !== undefined);
  return limits.reduce<Reckoned | undefined>((least, limit) => (!least || limit.value.high < least.value.high ? limit : least), undefined);
}

function replicaCapacity(service: Component<'service'>): Reckoned | undefined {
  const replica = perReplica(service);
  // Devices answer for themselves, so their number does not carry the load of others.
  if (!replica || service.variant === 'edge') return undefined;
  const replicas = value(service, 'replicas');
  const autoscale = value(service, 'autoscale');
  const most = autoscale?.max && (!replicas || autoscale.max.high > replicas.high) ? autoscale.max : replicas;
  // Where replicas are added without a declared bound there is no capacity to speak of.
  if (!most && autoscale) return undefined;
  const count = exactly(most?.high ?? 1, '1');
  return {
    value: times(replica.value, count, RATE),
    formula: `replicas × ${replica.formula}`,
    inputs: [input(service, most && most === autoscale?.max ? 'autoscale' : 'replicas', count), ...replica.inputs],
    assumptions: most ? replica.assumptions : ['one replica', ...replica.assumptions],
  };
}

/** What one replica can take: as stated, or requests at work over the time that they take, in batches where that was measured. */
function perReplica(service: Component<'service'>): Reckoned | undefined {
  const throughput = value(service, 'throughput');
  if (throughput) return stated(service, 'throughput', throughput);
  const serviceTime = value(service, 'service_time');
  if (!serviceTime?.p50) return undefined;
  const batch = serviceTime.at?.batch;
  const concurrency = value(service, 'concurrency');
  const workers = concurrency ?? exactly(1, '1');
  const atWork = batch ? times(workers, batch) : workers;
  return {
    value: over(atWork, serviceTime.p50, RATE),
    formula: batch ? 'concurrency × batch / service_time p50' : 'concurrency / service_time p50',
    inputs: [
      input(service, 'concurrency', workers),
      ...(batch ? [input(service, 'service_time at batch', batch)] : []),
      input(service, 'service_time', serviceTime.p50),
    ],
    assumptions: concurrency ? [] : ['one request (or batch) at a time in each replica'],
  };
}

/** A pool of connections bounds a store as well: by Little’s law it turns over connections / hold_time requests. */
function storeCapacity(store: Component<'store'>): Reckoned | undefined {
  const capacity = stated(store, 'capacity', value(store, 'capacity'));
  const connections = value(store, 'connections');
  const holdTime = value(store, 'hold_time');
  if (!connections || !holdTime) return capacity;
  const pool = reckoned(over(connections, holdTime, RATE), 'connections / hold_time', [input(store, 'connections', connections), input(store, 'hold_time', holdTime)]);
  return capacity && capacity.value.high <= pool.value.high ? capacity : pool;
}

/**
 * Highest rate of requests of a consumer: its `peak`, else its `volume` or `average` times its `peak_factor`, else
 * for the only consumer the volume of the system.
 */
export function peakOf(architecture: Architecture, consumer: Component<'consumer'>, defaultPeakFactor: number = PEAK_FACTOR): Reckoned | undefined {
  const peak = value(consumer, 'peak');
  if (peak) return stated(consumer, 'peak', peak);
  const only = componentsOf(architecture, 'consumer').length === 1;
  const mean = meanOf(consumer) ?? (only ? meanOfSystem(architecture) : undefined);
  if (!mean) return undefined;
  const declared = value(consumer, 'peak_factor');
  const factor = declared ?? exactly(defaultPeakFactor, '1');
  return {
    value: times(mean.value, factor, RATE),
    formula: `${mean.property} × peak_factor`,
    inputs: [mean, input(consumer, 'peak_factor', factor)],
    assumptions: declared ? [] : [`peak factor ${defaultPeakFactor}`],
  };
}

function meanOf(consumer: Component<'consumer'>): Input | undefined {
  for (const property of ['volume', 'average'] as const) {
    const mean = value(consumer, property);
    if (mean) return input(consumer, property, mean);
  }
  return undefined;
}

function meanOfSystem(architecture: Architecture): Input | undefined {
  const volume = value(architecture.system, 'volume');
  return volume && { component: architecture.system.name, property: 'volume', value: volume };
}

/** Tokens of a request and its answer, as a consumer declares them. */
export function tokensPerRequest(consumer: Component<'consumer'>): Quantity | undefined {
  const tokens = value(consumer, 'tokens');
  const parts = [tokens?.input, tokens?.output].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.reduce((a, b) => ({ low: a.low + b.low, high: a.high + b.high, unit: a.unit }));
}

const input = (component: Component, property: string, quantity: Quantity): Input => ({ component: component.name, property, value: quantity });

const reckoned = (quantity: Quantity, formula: string, inputs: readonly Input[]): Reckoned => ({ value: quantity, formula, inputs, assumptions: [] });

const stated = (component: Component, property: string, quantity: Quantity | undefined): Reckoned | undefined =>
  quantity && reckoned(quantity, property, [input(component, property, quantity)]);
