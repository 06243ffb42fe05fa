import { respond, type Response, type Saturated, type Station } from './station.ts';

/** What arrives and how long it takes, on as many servers as it needs. */
export type Work = Omit<Station, 'servers'>;

/** A share of the requests that is answered within a time. */
export interface Objective {
  /** Such as 0.99; between zero and one. */
  readonly percentile: number;
  /** Seconds. */
  readonly limit: number;
}

/** That no number of servers reaches the objective: the percentile of the service time without any waiting is beyond it. */
export interface Unreachable {
  readonly unreachable: true;
  /** Seconds. */
  readonly atBest: number;
}

/** Busy share up to which waiting grows slowly with the traffic. */
export const KNEE = 0.8;

/** Beyond twice the load, and some for small ones, another server changes nothing. */
const enough = (load: number): number => Math.ceil(2 * load + 100);

/** Whether a station keeps an objective; one that does not keep up has none. */
export function keeps(station: Station, { percentile, limit }: Objective): boolean {
  const response = respond(station);
  return !('saturated' in response) && response.tail(limit) <= 1 - percentile;
}

/** The fewest servers with which a station keeps its objective. More servers never make it slower, so halving finds them. */
export function serversFor(work: Work, objective: Objective): { readonly servers: number } | Unreachable {
  const load = work.arrivalRate * work.serviceTime;
  const isKept = (servers: number): boolean => keeps({ ...work, servers }, objective);
  if (!Number.isFinite(load) || load < 0) return { unreachable: true, atBest: work.serviceTime };
  let [few, many] = [Math.floor(load), Math.floor(load) + 1];
  for (let step = 1; !isKept(many); step *= 2) {
    if (many >= enough(load)) return { unreachable: true, atBest: fastest(work, objective.percentile) };
    [few, many] = [many, Math.min(enough(load), many + step)];
  }
  while (many - few > 1) {
    const middle = Math.floor((few + many) / 2);
    if (isKept(middle)) many = middle;
    else few = middle;
  }
  return { servers: many };
}

/** A percentile of the service time alone, in seconds. */
function fastest(work: Work, percentile: number): number {
  const idle = respond({ ...work, arrivalRate: 0, servers: 1 });
  return 'saturated' in idle ? work.serviceTime : idle.quantile(percentile);
}

/** The fewest servers that are busy for no more than a share of the time. */
export const serversAtKnee = (load: number, knee = KNEE): number => Math.max(1, Math.ceil((load / knee) * (1 - 1e-12)));

/** The largest share of today’s traffic, as a multiple, with which a station keeps its objective; zero where it never does. */
export function multipleFor(station: Station, objective: Objective): number {
  const full = station.servers / (station.arrivalRate * station.serviceTime);
  const isKept = (multiple: number): boolean => keeps({ ...station, arrivalRate: station.arrivalRate * multiple }, objective);
  if (!Number.isFinite(full) || !isKept(0)) return 0;
  let [low, high] = [0, full];
  for (let step = 0; step < 60 && high - low > 1e-9 * high; step++) {
    const middle = (low + high) / 2;
    if (isKept(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** What is left when some servers are lost at the same traffic. */
export const respondWithout = (station: Station, lost: number): Response | Saturated =>
  station.servers - lost >= 1 ? respond({ ...station, servers: station.servers - lost }) : { saturated: true, utilisation: Infinity, multiple: 0 };

/** Fleets of replicas, each of which works on so many requests at once. */
export interface FleetWish extends Objective {
  /** Requests that a replica works on at once; one unless given. */
  readonly concurrency?: number;
  /** Zones that the replicas are spread over evenly, of which any may be lost; one or none means that no zone may. */
  readonly zones?: number;
}

export interface Fleet {
  /** Replicas that keep the objective, and none to spare. */
  readonly needed: number;
  /** As many that it is kept when one is lost. */
  readonly withoutOne: number;
  /** As many that it is kept when a zone is lost, where there are several. */
  readonly withoutZone?: number;
  /** At the traffic given, with what is needed. */
  readonly utilisation: number;
}

/** Replicas for an objective, with one more, and with a zone more: c·(z − 1)/z of them must be as many as are needed. */
export function fleetFor(work: Work, { concurrency = 1, zones = 1, ...objective }: FleetWish): Fleet | Unreachable {
  const found = serversFor(work, objective);
  if ('unreachable' in found) return found;
  const needed = Math.ceil(found.servers / concurrency);
  return {
    needed,
    withoutOne: needed + 1,
    ...(zones > 1 && { withoutZone: needed + Math.ceil(needed / (zones - 1)) }),
    utilisation: (work.arrivalRate * work.serviceTime) / (needed * concurrency),
  };
}
