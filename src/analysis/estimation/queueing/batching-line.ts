import type { BatchingStation } from './batching-capacity.ts';

/** What one line of requests sees of the instances behind it: one that begins groups as often as all of them. */
export interface Line {
  /** Requests per second in this line. */
  readonly arrivalRate: number;
  /** Groups that are served at once. */
  readonly servers: number;
  /** Longest wait for others where an instance is free, in seconds. */
  readonly delay: number;
  /** Seconds from the start of a group of so many requests until an instance is free again. */
  readonly gap: (requests: number) => number;
  /** Variance of that time over its squared mean. */
  readonly gapScv: number;
  /** How unevenly several instances get free; it makes waits for the next of them longer, and not the line. */
  readonly phaseScv: number;
  /** Seconds that a group of so many requests is served. */
  readonly serve: (requests: number) => number;
  readonly serviceScv: number;
}

/**
 * Several instances get free at moments that are as uneven as points on a circle, (m − 1)/(m + 1), and more: the one that
 * is free first takes all, the others follow with little, and so they bunch. Twice fits simulations of two to eight best.
 */
const BUNCHING = 2;

/** @param inTurn Instances of one accelerator are all at work and compute one after the other; else nothing holds them up. */
export function lineOf({ arrivalRate, fixed, perItem, serviceScv = 0, delay = 0, instances = 1, replicas = 1, topology = 'replica' }: BatchingStation, inTurn: boolean): Line {
  const accelerators = topology === 'central' ? replicas : 1;
  const servers = instances * accelerators;
  const serve = (requests: number): number => Math.max(fixed + perItem * requests, inTurn ? instances * perItem * requests : 0);
  return {
    arrivalRate: (arrivalRate * accelerators) / replicas,
    servers,
    delay,
    gap: (requests) => serve(requests) / servers,
    gapScv: serviceScv / servers,
    phaseScv: (BUNCHING * (servers - 1)) / (servers + 1),
    serve,
    serviceScv,
  };
}
