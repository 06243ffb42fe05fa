import { capacityExhaustion, type Exhaustion } from './growth.ts';

/** What a plain web server around a model, on a machine or two, does not give (S2.13). Whatever is left out is not known. */
export interface ServerNeeds {
  /** Replicas that follow the requests. */
  readonly scalesWithRequests?: boolean;
  /** Versions side by side, each for a share of the traffic. */
  readonly splitsTraffic?: boolean;
  /** Several models that must not disturb each other. */
  readonly isolatesModels?: boolean;
  /** Batching and memory of accelerators looked after by the server. */
  readonly optimisesAccelerators?: boolean;
}

/** How much it is asked for and takes, in requests a second, and how fast that grows. */
export interface ServerLoad {
  readonly peak: number;
  readonly capacity: number;
  readonly growthPerMonth: number;
}

/** Whether a plain server is still enough, and when it no longer is. */
export interface ServerVerdict {
  readonly verdict: 'enough' | 'move' | 'open';
  /** Needs that speak for a serving platform. */
  readonly reasons: readonly (keyof ServerNeeds)[];
  /** Needs of which nobody says whether they are there. */
  readonly open: readonly (keyof ServerNeeds)[];
  /** When growth fills it: the trigger to migrate. */
  readonly full?: Exhaustion;
}

const NEEDS = ['scalesWithRequests', 'splitsTraffic', 'isolatesModels', 'optimisesAccelerators'] as const;

/**
 * A plain server is enough for little traffic and simple logic; a platform is for needs, not for size alone. Nobody is sent
 * to one before a need or a limit is there, but the day on which growth reaches the limit is told (S2.13, S2.15).
 */
export function simpleServer(needs: ServerNeeds, load?: ServerLoad): ServerVerdict {
  const reasons = NEEDS.filter((need) => needs[need] === true);
  const open = NEEDS.filter((need) => needs[need] === undefined);
  const full = load && capacityExhaustion(load.peak, load.capacity, load.growthPerMonth);
  const verdict = reasons.length > 0 || full?.when === 'already' ? 'move' : open.length > 0 ? 'open' : 'enough';
  return { verdict, reasons, open, ...(full ? { full } : {}) };
}
