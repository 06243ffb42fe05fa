import { logGamma } from '../../statistics/special-functions.ts';

/** Shares of time; both are exact where they are tiny. */
export interface Availability {
  readonly available: number;
  readonly unavailable: number;
}

/**
 * That at least k of n replicas work, each for a share `replica` of the time and independently of the others:
 * Σ C(n, i) Aⁱ (1 − A)ⁿ⁻ⁱ for i from k to n. Failures in common, such as of a zone or a bad release, are not in it.
 */
export function availabilityOf(replica: number, needed: number, replicas: number): Availability {
  if (needed <= 0) return { available: 1, unavailable: 0 };
  if (needed > replicas || !(replica > 0)) return { available: 0, unavailable: 1 };
  if (replica >= 1) return { available: 1, unavailable: 0 };
  const [up, down] = [Math.log(replica), Math.log1p(-replica)];
  const exactly = (working: number): number => Math.exp(logGamma(replicas + 1) - logGamma(working + 1) - logGamma(replicas - working + 1) + working * up + (replicas - working) * down);
  // The tail on the far side of the mean is the small one; the other is what is left of one.
  const fewerIsRare = needed <= replicas * replica;
  let sum = 0;
  if (fewerIsRare) for (let working = 0; working < needed; working++) sum += exactly(working);
  else for (let working = needed; working <= replicas; working++) sum += exactly(working);
  const rare = Math.min(1, sum);
  return fewerIsRare ? { available: 1 - rare, unavailable: rare } : { available: rare, unavailable: 1 - rare };
}

export interface Zones {
  readonly zones: number;
  /** Share of time that a zone is up. */
  readonly zone: number;
  /** Share of time that a replica works while its zone is up. */
  readonly replica: number;
  readonly replicasPerZone: number;
}

/** That at least so many replicas work where zones fail as a whole, independently of each other. */
export function zonedAvailability({ zones, zone, replica, replicasPerZone }: Zones, needed: number): Availability {
  let [available, unavailable] = [0, 0];
  for (let up = 0; up <= zones; up++) {
    const chance = availabilityOf(zone, up, zones).available - availabilityOf(zone, up + 1, zones).available;
    const then = availabilityOf(replica, needed, up * replicasPerZone);
    available += chance * then.available;
    unavailable += chance * then.unavailable;
  }
  return { available, unavailable };
}

/** More replicas than this for one figure are a mistake in it. */
const MOST_REPLICAS = 10_000;

/** The fewest replicas of which at least k work for a share `target` of the time; undefined where no number of them does. */
export function replicasForAvailability(replica: number, needed: number, target: number): number | undefined {
  if (!(replica > 0) || !(target < 1)) return replica >= 1 ? needed : undefined;
  for (let replicas = Math.max(1, needed); replicas <= MOST_REPLICAS; replicas++) {
    if (availabilityOf(replica, needed, replicas).unavailable <= (1 - target) * (1 + 1e-9)) return replicas;
  }
  return undefined;
}
