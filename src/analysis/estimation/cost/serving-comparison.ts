import type { ServingNeed, ServingOption } from './serving-options.ts';
import { meanOf } from './traffic-profile.ts';
import { totalOf, type CostTotal } from './tree.ts';
import { unitCost, type UnitCost } from './unit-cost.ts';

/** One way to serve, with its bill and whether it does. */
export interface ComparedOption {
  readonly name: string;
  readonly total: CostTotal;
  /** Undefined where nothing is asked for. */
  readonly unit?: UnitCost;
  /** `open` where something that is not known may be an obstacle. */
  readonly feasible: 'yes' | 'no' | 'open';
  readonly obstacles: readonly string[];
  readonly open: readonly string[];
  /** Its bill over that of the cheapest feasible way. */
  readonly timesCheapest?: number;
}

/** All ways for the same volume, the cheapest first. */
export interface ServingComparison {
  readonly options: readonly ComparedOption[];
  /** The feasible way with the smallest bill that is known in full; undefined where there is none. */
  readonly cheapest?: string;
  /** Ways that may turn out cheaper once something is known: their known part is below, and they are open or at least so dear. */
  readonly mayBeCheaper: readonly string[];
}

/** Bills for the same volume side by side, all in one currency. A way whose bill is known only in part can not be the cheapest. */
export function compareServing(need: ServingNeed, options: readonly ServingOption[], currency = 'USD'): ServingComparison {
  const compared = options.map((option): ComparedOption => {
    const total = totalOf(option.bill, currency);
    const { name, obstacles, open, utilisation } = option;
    const unit = unitCost(total, meanOf(need.profile), utilisation);
    return { name, total, ...(unit ? { unit } : {}), feasible: obstacles.length > 0 ? 'no' : open.length > 0 ? 'open' : 'yes', obstacles, open };
  });
  const sorted = [...compared].sort((a, b) => a.total.value - b.total.value);
  const cheapest = sorted.find(({ feasible, total }) => feasible === 'yes' && total.bound === undefined);
  const below = sorted.filter(({ feasible, total }) => feasible !== 'no' && (feasible === 'open' || total.bound !== undefined) && (!cheapest || total.value < cheapest.total.value));
  return {
    options: cheapest && cheapest.total.value > 0 ? sorted.map((option) => ({ ...option, timesCheapest: option.total.value / cheapest.total.value })) : sorted,
    ...(cheapest ? { cheapest: cheapest.name } : {}),
    mayBeCheaper: below.map(({ name }) => name),
  };
}
