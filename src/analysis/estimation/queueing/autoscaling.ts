/** How much the metric may be off its target before anything happens; the default of Kubernetes. */
export const TOLERANCE = 0.1;

export interface ScalingRule {
  /** Busy share, or another metric of a replica, that is aimed at. */
  readonly target: number;
  readonly least?: number;
  readonly most?: number;
  readonly tolerance?: number;
}

/**
 * The replicas that the Horizontal Pod Autoscaler of Kubernetes wants: ⌈current · metric / target⌉, or the current ones while
 * the metric is within the tolerance (Kubernetes documentation, Horizontal Pod Autoscaling, algorithm details).
 */
export function desiredReplicas(current: number, metric: number, { target, least = 1, most = Infinity, tolerance = TOLERANCE }: ScalingRule): number {
  const ratio = metric / target;
  const wanted = Math.abs(ratio - 1) <= tolerance * (1 + 1e-12) ? current : Math.ceil(current * ratio * (1 - 1e-12));
  return Math.min(most, Math.max(least, wanted));
}

/**
 * Replicas on which the rule comes to rest from above, ⌈a/u⌉, for a load a in busy replicas and a target u of their busy
 * share. Coming from below it stops as soon as the metric is within the tolerance, with up to that share fewer.
 */
export const steadyReplicas = (load: number, { target, least = 1, most = Infinity }: ScalingRule): number => Math.min(most, Math.max(least, Math.ceil((load / target) * (1 - 1e-12))));

/** A sudden change of the traffic, and what serves it before and after the autoscaler has reacted. */
export interface Step {
  /** Requests per second after the step. */
  readonly rate: number;
  /** Requests per second that a replica takes. */
  readonly perReplica: number;
  /** Replicas at the step, and once the new ones are ready. */
  readonly before: number;
  readonly after: number;
  /** Seconds from the step until new replicas answer: metric, decision, start, loading of the model. */
  readonly reaction: number;
}

export interface StepResponse {
  /** Requests that wait when the new replicas are ready. */
  readonly backlog: number;
  /** Seconds that the last of them would wait if no replica were added: backlog over the capacity before. */
  readonly extraLatency: number;
  /** Seconds that the longest wait lasts, the new replicas helping: (1 − capacity before / rate) · reaction. */
  readonly longestWait: number;
  /** Seconds from then until nobody waits; undefined where the new replicas do not keep up either. */
  readonly drainTime?: number;
}

/** What piles up until the autoscaler has reacted, as a fluid: chance comes on top. Figures that are no numbers give no backlog. */
export function stepResponse({ rate, perReplica, before, after, reaction }: Step): StepResponse {
  const [had, has] = [before * perReplica, after * perReplica];
  const backlog = Math.max(0, rate - had) * reaction;
  if (!(backlog > 0)) return { backlog: 0, extraLatency: 0, longestWait: 0, drainTime: 0 };
  return { backlog, extraLatency: backlog / had, longestWait: backlog / rate, ...(has > rate && { drainTime: backlog / (has - rate) }) };
}

/** A jump that replicas must bear until others come. */
export interface Jump {
  /** Requests per second before and after. */
  readonly from: number;
  readonly to: number;
  readonly perReplica: number;
  /** Seconds until new replicas answer. */
  readonly reaction: number;
  /** Seconds between the latency at the usual load and the objective. */
  readonly slack: number;
}

export interface Headroom {
  /** Replicas that must run before the jump for the objective to hold through it. */
  readonly replicas: number;
  /** Their busy share before the jump: the target that gives an autoscaler so much headroom. */
  readonly utilisation: number;
}

/** From c·μ ≥ λ − slack·c·μ/reaction: what waits at the end of the reaction is worked off within the slack. */
export function headroomFor({ from, to, perReplica, reaction, slack }: Jump): Headroom {
  const bearable = reaction > 0 ? 1 + Math.max(0, slack) / reaction : Infinity;
  const least = from / perReplica;
  const replicas = Math.max(1, Math.ceil(Math.max(to / bearable, from) / perReplica * (1 - 1e-12)));
  return { replicas, utilisation: least / replicas };
}

/** How a new replica comes to answer; all in seconds but for the size in bytes and its rate in bytes a second. */
export interface ReplicaStart {
  /** The window that the metric is averaged over, and the time between two looks at it. */
  readonly metricDelay?: number;
  /** Until there is a machine, where none is free. */
  readonly machineStart?: number;
  /** Pulling the image, starting the process. */
  readonly processStart?: number;
  readonly weights?: number;
  /** The slowest of disk, network and copy to the accelerator. */
  readonly loadRate?: number;
}

/** Seconds to load the weights of a model: 140 GB at 1 GB/s are 140 s. */
export const loadTime = (weights: number, loadRate: number): number => (weights > 0 ? weights / loadRate : 0);

/** Seconds from a change of the traffic until a new replica answers. */
export const reactionTime = ({ metricDelay = 0, machineStart = 0, processStart = 0, weights = 0, loadRate = Infinity }: ReplicaStart): number => metricDelay + machineStart + processStart + loadTime(weights, loadRate);
