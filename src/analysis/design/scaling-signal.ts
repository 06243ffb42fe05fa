import { value } from '../../model/statements.ts';
import type { Estimation } from '../estimation/estimate.ts';
import type { Estimated } from '../estimation/estimated.ts';
import { KNEE } from '../estimation/sizing.ts';
import { eachOf, type Station } from '../estimation/stations.ts';
import { isGenerative, acceleratorsOf, type Service } from '../serving/services.ts';
import type { Context } from '../rule.ts';

/** By what the replicas of a service should be added, from what one takes and how long a new one needs. */
export interface ScalingSignal {
  readonly signal: 'concurrency' | 'queue' | 'utilisation' | 'rate' | 'cpu' | 'memory' | 'gpu' | 'latency' | 'schedule';
  /** Why this signal. */
  readonly because: string;
  /** The author says it; otherwise it is proposed. */
  readonly declared: boolean;
  /** Busy share that scaling aims at, as declared. */
  readonly aims?: number;
  /** Busy share that it should aim at: never above the knee. */
  readonly target: number;
  readonly targetBecause: 'knee' | 'surge';
  /** The same in requests per second and replica, answers from a cache included; undefined where it is not known what a replica takes. */
  readonly perReplica?: number;
  /** Replicas that must run before the rise, where that is more than the least that is declared. */
  readonly least?: Estimated;
  /** What the figure rests on that is not declared, as `loads_in of Scorer`. */
  readonly missing: readonly { readonly component: string; readonly property: string }[];
  /** Why no number of replicas would do. */
  readonly obstacle?: string;
}

/** Undefined for what has no replicas of the team’s own. */
export function scalingSignal({ architecture }: Context, { surges }: Estimation, station: Station): ScalingSignal | undefined {
  const service = station.component as Service;
  if (service.kind !== 'service' || service.variant === 'llm_api' || service.variant === 'batch' || service.variant === 'edge') return undefined;
  const autoscale = value(service, 'autoscale');
  const surge = surges.find(({ component }) => component === service.name);
  const headroom = surge?.figures?.headroom;
  // Where the least that runs is enough for the rise, the busy share may be what the knee allows.
  const least = headroom && headroom.replicas.value > (station.replicas?.least ?? 1) ? headroom.replicas : undefined;
  const target = least && headroom ? Math.min(KNEE, headroom.target.value) : KNEE;
  const each = eachOf(station);
  return {
    ...(autoscale?.on === undefined ? proposed(service, acceleratorsOf(architecture, service) !== undefined, isGenerative(architecture, service)) : { signal: autoscale.on, because: 'as declared', declared: true }),
    ...(station.replicas?.target !== undefined && autoscale?.at && { aims: station.replicas.target }),
    target,
    targetBecause: target < KNEE ? 'surge' : 'knee',
    ...(each !== undefined && { perReplica: (target * each) / (1 - station.kept) }),
    ...(least && { least }),
    missing: surge?.missing ?? [],
    ...(surge?.figures?.obstacle !== undefined && { obstacle: surge.figures.obstacle }),
  };
}

/** A busy processor says nothing of an accelerator, and a busy accelerator little of how many wait. */
function proposed(service: Service, accelerated: boolean, generative: boolean): Pick<ScalingSignal, 'signal' | 'because' | 'declared'> {
  const batches = value(service, 'batching')?.kind;
  if (batches !== undefined && batches !== 'off') return { signal: 'queue', because: 'batches fill while requests wait, so the queue shows a shortage before the machines do', declared: false };
  if (generative) return { signal: 'concurrency', because: 'answers differ in length, so requests in flight say more than requests a second', declared: false };
  if (accelerated) return { signal: 'concurrency', because: 'an accelerator looks busy long before it is full, and its processor never does', declared: false };
  return { signal: 'concurrency', because: 'requests in flight rise at once when replicas are too few', declared: false };
}
