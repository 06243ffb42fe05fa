import type { Provenance } from '../provenance.ts';
import { fleetCost, type Fleet, type Scaling } from './machines.ts';
import type { Spread } from './spread.ts';
import { scaledProfile, type TrafficProfile } from './traffic-profile.ts';
import { group, leaf, unknown, type CostNode } from './tree.ts';
import { HOURS_PER_MONTH } from './unit-cost.ts';

/** What a fleet is called, and how sure its inputs are. */
export interface FleetSource {
  readonly name: string;
  readonly currency: string;
  /** The weakest of what the price, the traffic and the capacity come from. */
  readonly provenance: Provenance;
  /** Standard deviations of the logarithms of the inputs; those left out are exact. */
  readonly logSd?: { readonly traffic?: number; readonly capacity?: number; readonly price?: number };
}

/** The bill of a fleet by what is bought: machines that run, and starts. With unusable inputs it is one unknown leaf. */
export function fleetTree(fleet: Fleet, profile: TrafficProfile, scaling: Scaling, source: FleetSource): CostNode {
  const cost = fleetCost(fleet, profile, scaling);
  const { name, currency, provenance } = source;
  if ('problem' in cost) return unknown(name, cost.problem, 'inputs with which the machines can be counted');
  const common = { currency, provenance, spread: fleetSpread(fleet, profile, scaling, source.logSd ?? {}) };
  const price = `${fleet.pricePerHour} ${currency}/h${cost.spot > 0 ? ', in part at the spot price' : ''}`;
  const running = leaf({ name: 'machines', value: cost.paid - cost.causes.startUp, formula: `${Number(cost.replicas.mean.toPrecision(4))} × ${HOURS_PER_MONTH} h × ${price}`, ...common });
  const starting = leaf({ name: 'start-ups', value: cost.causes.startUp, formula: `${Math.round(cost.starts)} starts a month × ${fleet.startUpSeconds ?? 0} s × ${price}${cost.spot > 0 ? ', and restarts after interruptions' : ''}`, ...common });
  return group(name, cost.causes.startUp > 0 ? [running, starting] : [running]);
}

/**
 * How the errors of traffic and capacity show in the bill: by how much it changes between one standard deviation below and
 * above. Replicas that are always on cost the same whatever the traffic; those that follow it hardly move where few do.
 */
function fleetSpread(fleet: Fleet, profile: TrafficProfile, scaling: Scaling, { traffic = 0, capacity = 0, price = 0 }: NonNullable<FleetSource['logSd']>): Spread {
  const paid = (trafficScore: number, capacityScore: number): number => {
    const [demand, supply] = [Math.exp(trafficScore * traffic), Math.exp(capacityScore * capacity)];
    const cost = fleetCost({ ...fleet, capacity: fleet.capacity * supply, throughput: (fleet.throughput ?? fleet.capacity) * supply }, scaledProfile(profile, demand), scaling);
    return 'problem' in cost ? Number.NaN : cost.paid;
  };
  const change = (high: number, low: number): number => (low > 0 && high > 0 ? Math.log(high / low) / 2 : 0);
  return {
    ...(traffic > 0 ? { traffic: change(paid(1, 0), paid(-1, 0)) } : {}),
    ...(capacity > 0 ? { capacity: change(paid(0, 1), paid(0, -1)) } : {}),
    ...(price > 0 ? { price } : {}),
  };
}
