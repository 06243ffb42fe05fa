import { estimate, type Estimation } from '../estimation/estimate.ts';
import { scaledEstimate, type Estimated } from '../estimation/estimated.ts';
import { exhaustionOf, type Exhaustion } from '../estimation/exhaustion.ts';
import { grownBill } from '../estimation/grown-bill.ts';
import { KNEE } from '../estimation/sizing.ts';
import type { StationEstimate } from '../estimation/station-estimate.ts';
import { totalOf, type CostTotal } from '../estimation/cost/tree.ts';
import { eachOf, stationsOf } from '../estimation/stations.ts';
import type { Context } from '../rule.ts';

/** Multiples of today’s peak that a plan is made for. */
export const PLANNED_MULTIPLES: readonly number[] = [1, 2, 5, 10];

/** What a system takes and costs at multiples of today’s peak, and what has to be done when. */
export interface CapacityPlan {
  readonly estimation: Estimation;
  readonly steps: readonly CapacityStep[];
  /** Everything of which it is known when it is full, the first one first. */
  readonly limits: readonly CapacityLimit[];
  /** What was taken for granted of how the bill grows. */
  readonly assumptions: readonly string[];
}

export interface CapacityStep {
  readonly multiple: number;
  /** What cannot take the traffic, the tightest first. */
  readonly full: readonly string[];
  /** What takes it, but above the knee, where waiting grows fast. */
  readonly tight: readonly string[];
  /** Today as declared; beyond it with the machines that the traffic then takes. */
  readonly cost: CostTotal;
}

export interface CapacityLimit {
  readonly component: string;
  readonly kind: string;
  /** Replicas can be added; anything else has to be made larger, or asked for. */
  readonly replicated: boolean;
  /** Requests per second that it takes at most. */
  readonly capacity: Estimated;
  /** Multiple of today’s peak at which it is full, and at which it is as busy as it should become. */
  readonly full: Estimated;
  readonly act: Estimated;
  /** When declared growth leads to `act`. */
  readonly actBy?: Exhaustion;
}

/** It takes some tenths of a second, so it is made for a report and not while somebody types. */
export function capacityPlan(context: Context, multiples: readonly number[] = PLANNED_MULTIPLES): CapacityPlan {
  const estimation = estimate(context, multiples);
  const assumptions = new Set<string>();
  const steps = multiples.map((multiple): CapacityStep => {
    const stations = estimation.stations.flatMap((station) => {
      const at = station.at.find((candidate) => candidate.multiple === multiple);
      return at ? [{ name: station.component, at }] : [];
    });
    const full = stations.filter(({ at }) => at.takes !== undefined).sort((a, b) => (a.at.takes ?? 1) - (b.at.takes ?? 1));
    return { multiple, full: full.map(({ name }) => name), tight: stations.filter(({ at }) => at.takes === undefined && (at.utilisation?.value ?? 0) > KNEE + 1e-9).map(({ name }) => name), cost: costAt(context, estimation, multiple, assumptions) };
  });
  return { estimation, steps, limits: limitsOf(context, estimation.stations), assumptions: [...assumptions] };
}

function costAt(context: Context, { cost }: Estimation, multiple: number, assumptions: Set<string>): CostTotal {
  if (multiple === 1) return cost.total;
  const grown = grownBill(context, () => multiple);
  for (const assumption of grown.assumptions) assumptions.add(assumption);
  return totalOf(grown.tree);
}

function limitsOf(context: Context, stations: readonly StationEstimate[]): CapacityLimit[] {
  const replicated = new Set(stationsOf(context).flatMap((station) => (eachOf(station) === undefined ? [] : [station.component.name])));
  const limits = stations.flatMap(({ component, kind, capacity, breaksAt }): CapacityLimit[] => {
    if (!capacity || !breaksAt) return [];
    const act = scaledEstimate(breaksAt, KNEE);
    const actBy = exhaustionOf(context, component, { value: Math.max(1, act.value), low: Math.max(1, act.low), high: Math.max(1, act.high) });
    return [{ component, kind, replicated: replicated.has(component), capacity, full: breaksAt, act, ...(actBy && { actBy }) }];
  });
  return limits.sort((a, b) => a.full.value - b.full.value);
}
