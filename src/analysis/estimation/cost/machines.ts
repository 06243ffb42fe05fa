import { meanOf, type TrafficProfile } from './traffic-profile.ts';
import { HOURS_PER_MONTH } from './unit-cost.ts';

/** Equal machines that share the traffic. Rates are requests a second of one replica. */
export interface Fleet {
  /** Money an hour for one replica. */
  readonly pricePerHour: number;
  /** The rate at which one replica still keeps the latency objective: at most `throughput`. */
  readonly capacity: number;
  /** The rate at which one replica is saturated; the capacity, if left out. */
  readonly throughput?: number;
  /** Seconds from the start of a machine until it serves: boot, image, weights. */
  readonly startUpSeconds?: number;
  readonly redundancy?: Redundancy;
  readonly spot?: Spot;
}

/** What may fail while the objective holds: nothing, some replicas, or one of so many zones over which they are spread. */
export type Redundancy = { readonly spare: number } | { readonly zones: number };

/** Interruptible machines. A restart is paid and serves nobody. */
export interface Spot {
  /** Share of the replicas, 0 to 1. */
  readonly share: number;
  /** Spot price over on-demand price, 0 to 1. */
  readonly priceFactor: number;
  readonly interruptionsPerHour?: number;
}

/** How many replicas run: always the same, or as many as the slot needs between bounds. */
export type Scaling = { readonly replicas: number } | { readonly min: number; readonly max?: number };

/**
 * A month of a fleet. The bill is cut in two ways that have the same total: by why it is paid (used, headroom, idle), and by
 * what causes it (`causes`). All amounts are money a month.
 */
export interface FleetCost {
  readonly paid: number;
  /** Machine time that works on requests: rate ÷ throughput. */
  readonly used: number;
  /** Machine time that must stay free while the load is as it is: for the latency objective (capacity below throughput), and for what may fail. */
  readonly headroom: number;
  /** The rest: off-peak hours of machines that stay, minimum replicas, rounding up to whole machines, start-ups. */
  readonly idle: number;
  readonly causes: Causes;
  /** Of what is paid, that on spot machines, with their restarts. */
  readonly spot: number;
  readonly replicas: { readonly least: number; readonly mean: number; readonly most: number };
  /** Starts of machines a month, restarts after interruptions left out. */
  readonly starts: number;
  /** Mean rate over the mean throughput that is paid for, 0 to 1. */
  readonly utilisation: number;
  /** Share of the time in which the replicas are too few for the latency objective, and in which they are saturated. */
  readonly beyondCapacity: number;
  readonly saturated: number;
}

/** What makes the bill: the money each cause adds to the ones before it. */
export interface Causes {
  /** The requests themselves, on machines that are always full. */
  readonly work: number;
  /** That machines must not be full, for the latency objective. */
  readonly latency: number;
  /** What may fail. */
  readonly redundancy: number;
  /** That machines come whole. */
  readonly rounding: number;
  /** Machines that run although the load of the hour does not need them: always on for the peak, or a minimum. */
  readonly offPeak: number;
  readonly startUp: number;
}

/** Inputs with which there is no answer, and why. */
export interface Unusable {
  readonly problem: string;
}

/** The least whole number of replicas that carries a rate with some to spare. No rate needs none. */
export function replicasFor(rate: number, capacity: number, redundancy: Redundancy = { spare: 0 }): number {
  // 3.0000000000000004 replicas are three.
  const needed = Math.ceil((rate / capacity) * (1 - 1e-12));
  if (needed === 0) return 0;
  if ('spare' in redundancy) return needed + redundancy.spare;
  // Of c replicas in z zones the fullest holds ⌈c/z⌉; the others must do, so c (z − 1)/z must be as many as are needed.
  return needed + Math.ceil(needed / (redundancy.zones - 1));
}

/**
 * The cost of a fleet under a profile of traffic. Where replicas follow the load they are started before the slot that
 * needs them; the time until they serve is paid.
 */
export function fleetCost(fleet: Fleet, profile: TrafficProfile, scaling: Scaling): FleetCost | Unusable {
  const problem = problemOf(fleet, profile, scaling);
  if (problem !== undefined) return { problem };
  const { pricePerHour, capacity, throughput = capacity, startUpSeconds = 0, redundancy = { spare: 0 }, spot } = fleet;
  const counts = profile.rates.map((rate) => replicasIn(rate, capacity, redundancy, scaling));
  const slots = profile.rates.length;
  const sum = { used: 0, latency: 0, redundancy: 0, rounding: 0, offPeak: 0, count: 0, started: 0, beyond: 0, saturated: 0 };
  profile.rates.forEach((rate, slot) => {
    const count = counts[slot] ?? 0;
    const needed = replicasFor(rate, capacity);
    // Each part is what is left of the replicas after the parts before it, so that they add up also where there are too few.
    let left = count;
    const take = (wanted: number): number => {
      const taken = Math.min(Math.max(0, wanted), left);
      left -= taken;
      return taken;
    };
    sum.used += take(rate / throughput);
    sum.latency += take(rate / capacity - rate / throughput);
    sum.rounding += take(needed - rate / capacity);
    sum.redundancy += take(replicasFor(rate, capacity, redundancy) - needed);
    sum.offPeak += left;
    sum.count += count;
    sum.started += Math.max(0, count - (counts[(slot + slots - 1) % slots] ?? 0));
    if (needed > count) sum.beyond++;
    if (rate > count * throughput) sum.saturated++;
  });
  const starts = (sum.started * HOURS_PER_MONTH * 3600) / (slots * profile.slotSeconds);
  const [share, factor] = [spot?.share ?? 0, spot?.priceFactor ?? 1];
  const mixedPrice = pricePerHour * (1 - share + share * factor);
  const month = HOURS_PER_MONTH * mixedPrice;
  const replicaHours = (sum.count / slots) * HOURS_PER_MONTH;
  const startHours = (starts * startUpSeconds) / 3600;
  const restarts = (share * replicaHours * (spot?.interruptionsPerHour ?? 0) * startUpSeconds * pricePerHour * factor) / 3600;
  const startUp = startHours * mixedPrice + restarts;
  const money = (replicaSlots: number): number => (replicaSlots / slots) * month;
  const causes: Causes = { work: money(sum.used), latency: money(sum.latency), redundancy: money(sum.redundancy), rounding: money(sum.rounding), offPeak: money(sum.offPeak), startUp };
  return {
    paid: causes.work + causes.latency + causes.redundancy + causes.rounding + causes.offPeak + causes.startUp,
    used: causes.work,
    headroom: causes.latency + causes.redundancy,
    idle: causes.rounding + causes.offPeak + causes.startUp,
    causes,
    spot: (replicaHours + startHours) * pricePerHour * share * factor + restarts,
    replicas: { least: Math.min(...counts), mean: sum.count / slots, most: Math.max(...counts) },
    starts,
    utilisation: sum.count === 0 ? 0 : Math.min(1, (meanOf(profile) * slots) / (sum.count * throughput)),
    beyondCapacity: sum.beyond / slots,
    saturated: sum.saturated / slots,
  };
}

function replicasIn(rate: number, capacity: number, redundancy: Redundancy, scaling: Scaling): number {
  if ('replicas' in scaling) return scaling.replicas;
  return Math.min(scaling.max ?? Number.POSITIVE_INFINITY, Math.max(scaling.min, replicasFor(rate, capacity, redundancy)));
}

function problemOf({ pricePerHour, capacity, throughput = capacity, startUpSeconds = 0, redundancy, spot }: Fleet, { slotSeconds }: TrafficProfile, scaling: Scaling): string | undefined {
  const isAmount = (value: number): boolean => value >= 0 && Number.isFinite(value);
  const isCount = (value: number): boolean => Number.isInteger(value) && value >= 0;
  if (!isAmount(pricePerHour)) return `the price an hour is ${pricePerHour}`;
  if (!(capacity > 0) || !Number.isFinite(capacity)) return `a replica carries ${capacity} requests a second within the objective`;
  if (!(throughput >= capacity) || !Number.isFinite(throughput)) return `a replica is saturated at ${throughput} requests a second, below the ${capacity} that it should carry`;
  if (!isAmount(startUpSeconds)) return `a start takes ${startUpSeconds} s`;
  if (redundancy && ('zones' in redundancy ? !(Number.isInteger(redundancy.zones) && redundancy.zones >= 2) : !isCount(redundancy.spare))) return 'redundancy takes a whole number of spare replicas, or two or more zones';
  if (spot && !(isShare(spot.share) && isShare(spot.priceFactor) && isAmount(spot.interruptionsPerHour ?? 0))) return 'spot machines take a share and a price factor from 0 to 1, and interruptions an hour';
  if ('replicas' in scaling) return isCount(scaling.replicas) ? undefined : `${scaling.replicas} replicas run`;
  if (startUpSeconds > slotSeconds) return `a start takes ${startUpSeconds} s, longer than the ${slotSeconds} s for which the profile is the same: the replicas cannot follow it`;
  const { min, max = min } = scaling;
  return isCount(min) && isCount(max) && max >= min ? undefined : `between ${min} and ${max} replicas run`;
}

const isShare = (value: number): boolean => value >= 0 && value <= 1;

