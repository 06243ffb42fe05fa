import type { Component } from '../../model/architecture.ts';
import { middle, type Quantity } from '../../model/quantity.ts';
import { value } from '../../model/statements.ts';
import type { Service } from '../serving/services.ts';
import { serviceLawOf, USUAL_SCV } from './latency/service-law.ts';
import type { Provenance } from './provenance.ts';
import { isRefusal } from './quantity.ts';
import { batchLaw, linearised } from './work/batch-law.ts';

/**
 * How one replica of a service works, as the queue sees it. A batch of b requests takes `fixed + perItem · b` seconds;
 * where none form, b is one.
 */
export interface Replica {
  /** Seconds for a batch of any size. */
  readonly fixed: number;
  /** Seconds for each request in a batch. */
  readonly perItem: number;
  /** Variance of the service time over its squared mean. */
  readonly scv: number;
  /** Batches (or single requests) that it works on at once; a fraction where a declared throughput says so. */
  readonly streams: number;
  readonly batching?: Batching;
  /** Whether the time of a request is known, and not only how many it takes a second. */
  readonly timed: boolean;
  /** Standard deviation of the logarithm of its times. */
  readonly sigma: number;
  readonly provenance: Provenance;
  readonly inputs: readonly Input[];
  readonly assumptions: readonly string[];
  /** What is taken for granted is the least that can be true: it may take more. */
  readonly least: boolean;
}

export interface Batching {
  readonly max: number;
  /** Longest wait of a request for others to fill its batch, in seconds. */
  readonly delay: number;
  /** One queue for all replicas, or one in each. */
  readonly topology: 'central' | 'replica';
}

/** A declared value that went into a figure. */
export interface Input {
  readonly component: string;
  readonly property: string;
  readonly value: Quantity;
}

/** Standard deviation of the logarithm of what an author declares as one number: it was measured on another day, or rounded. */
export const DECLARED_SIGMA = 0.1;

/** A range that an author gives holds four fifths of what happens: its ends are 2 · 1.28 standard deviations apart. */
const BAND = 2 * 1.2816;

/** Batches are cut off somewhere even where nobody says where. Triton and TorchServe configurations rarely go beyond. */
const USUAL_MAX_BATCH = 32;

/** What one replica of a service does; undefined where neither a throughput nor a time is declared. */
export function replicaOf(service: Service): Replica | undefined {
  const times = value(service, 'service_time');
  const throughput = value(service, 'throughput');
  const law = times && serviceLawOf({ p50: times.p50 && middle(times.p50), p95: times.p95 && middle(times.p95), p99: times.p99 && middle(times.p99) });
  // A time of nothing says no more than none: capacity would be without end.
  if (law && law.mean > 0) return timedReplica(service, law, throughput);
  return throughput && untimedReplica(service, throughput);
}

/** A throughput alone says how much, and not how long: a replica may work on one request or on hundreds. */
function untimedReplica(service: Service, throughput: Quantity): Replica {
  const concurrency = value(service, 'concurrency');
  const streams = concurrency ? middle(concurrency) : 1;
  return {
    fixed: 0,
    perItem: streams / middle(throughput),
    scv: USUAL_SCV,
    streams,
    timed: false,
    sigma: sigmaOf(throughput),
    provenance: 'measured',
    inputs: [input(service, 'throughput', throughput)],
    assumptions: [],
    least: false,
  };
}

function timedReplica(service: Service, law: { readonly mean: number; readonly scv: number }, throughput: Quantity | undefined): Replica {
  const times = value(service, 'service_time');
  const concurrency = value(service, 'concurrency');
  const batching = batchingOf(service);
  const measuredBatch = times?.at?.batch ? middle(times.at.batch) : 1;
  const p50 = times?.p50 ?? times?.p99 ?? times?.p95;
  const inputs = [
    ...(p50 ? [input(service, 'service_time', p50)] : []),
    ...(concurrency ? [input(service, 'concurrency', concurrency)] : []),
    ...(throughput ? [input(service, 'throughput', throughput)] : []),
  ];
  const streams = concurrency ? middle(concurrency) : 1;
  const base = { scv: law.scv, timed: true, least: concurrency === undefined && throughput === undefined, inputs, sigma: p50 ? sigmaOf(p50) : DECLARED_SIGMA, provenance: 'measured' as const };
  if (!batching) {
    // Requests that are served as a batch by the caller's own making count one by one.
    const perItem = law.mean / measuredBatch;
    if (!throughput) return { ...base, fixed: 0, perItem: measuredBatch > 1 ? perItem : law.mean, streams, assumptions: concurrency ? [] : ['one request at a time in each replica'] };
    return { ...base, fixed: 0, perItem: law.mean, streams: middle(throughput) * law.mean, sigma: Math.hypot(base.sigma, sigmaOf(throughput)), assumptions: [] };
  }
  const sizes = [{ batch: measuredBatch, time: law.mean }, ...(throughput && batching.max > measuredBatch ? [{ batch: batching.max, time: (streams * batching.max) / middle(throughput) }] : [])];
  const curve = batchLaw(sizes);
  if (isRefusal(curve)) return { ...base, fixed: 0, perItem: law.mean, streams, assumptions: [] };
  const known = sizes.length > 1 || measuredBatch >= batching.max;
  return {
    ...base,
    ...linearised(curve, batching.max),
    streams,
    batching,
    sigma: Math.hypot(base.sigma, throughput ? sigmaOf(throughput) : curve.logSd(batching.max)),
    provenance: known ? 'measured' : 'assumed',
    assumptions: [...(known ? [] : [`batches of more than ${measuredBatch} take as long as those of published models usually do`]), ...(concurrency ? [] : ['one batch at a time in each replica'])],
  };
}

function batchingOf(service: Service): Batching | undefined {
  const declared = value(service, 'batching');
  if (!declared || declared.kind === 'off' || declared.kind === 'continuous') return undefined;
  const max = declared.max ? middle(declared.max) : USUAL_MAX_BATCH;
  return max > 1 ? { max, delay: declared.wait ? middle(declared.wait) : 0, topology: declared.at ?? 'replica' } : undefined;
}

/** Requests a second that a replica takes at most. Sharing one device, streams overlap the fixed part and not the rest. */
export function capacityOfReplica({ fixed, perItem, streams, batching }: Replica): number {
  const size = batching?.max ?? 1;
  const busy = (streams * size) / (fixed + perItem * size);
  return batching && perItem > 0 && streams > 1 ? Math.min(busy, Math.max(size / (fixed + perItem * size), 1 / perItem)) : busy;
}

/** Seconds for one request that meets no other. */
export const timeAlone = ({ fixed, perItem }: Replica): number => fixed + perItem;

/** The spread that a declared number has: that of a range, else that of any declared number. */
export const sigmaOf = ({ low, high }: Quantity): number => Math.max(DECLARED_SIGMA, low > 0 && high > low ? Math.log(high / low) / BAND : 0);

const input = (component: Component, property: string, quantity: Quantity): Input => ({ component: component.name, property, value: quantity });
