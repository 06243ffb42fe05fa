import { normalCdf } from '../../statistics/special-functions.ts';
import { logSdOf } from './spread.ts';
import { totalOf, type CostNode, type CostTotal } from './tree.ts';

/** How a bill stands to what may be spent. */
export interface BudgetGap {
  /** Bill minus budget, money a month: what is missing, or below zero what is left. */
  readonly gap: number;
  /** The same at the ends of the band. */
  readonly low: number;
  readonly high: number;
  /** Bill over budget. */
  readonly share: number;
  /** Chance that the bill is beyond the budget, 0 to 1; of a bill with unknown parts the least chance. */
  readonly chanceBeyond: number;
  readonly verdict: 'within' | 'beyond' | 'may be beyond';
  /** Part of the bill is unknown: the gap is at least so large. */
  readonly bound?: 'at least';
}

/**
 * The gap between a bill and a budget in the same currency. `within` and `beyond` hold for the whole 80 % band; a bill of
 * which a part is unknown is never `within`.
 */
export function budgetGap({ value, low, high, spread, bound }: CostTotal, budget: number): BudgetGap | undefined {
  if (!(budget > 0) || !Number.isFinite(budget)) return undefined;
  const logSd = logSdOf(spread);
  const chanceBeyond = value === 0 ? 0 : logSd === 0 ? Number(value > budget) : normalCdf(Math.log(value / budget) / logSd);
  const verdict = low > budget ? 'beyond' : high <= budget && bound === undefined ? 'within' : 'may be beyond';
  return { gap: value - budget, low: low - budget, high: high - budget, share: value / budget, chanceBeyond, verdict, ...(bound ? { bound } : {}) };
}

/** What it costs to close a gap to an objective, such as a latency or an availability. */
export interface ObjectiveGap {
  /** Money a month beside today’s bill; below zero where the fix is cheaper. */
  readonly more: number;
  /** New bill over today’s; undefined where today’s is nothing. */
  readonly times?: number;
  /** What closing it does to the budget, where there is one. */
  readonly budget?: BudgetGap;
  /** One of the bills is known only in part, so the difference is not known for certain. */
  readonly uncertain: boolean;
}

/** The difference between today’s bill and that of the architecture which meets the objective. */
export function objectiveGap(today: CostNode, meeting: CostNode, currency: string, budget?: number): ObjectiveGap {
  const [now, then] = [totalOf(today, currency), totalOf(meeting, currency)];
  const beside = budget === undefined ? undefined : budgetGap(then, budget);
  return { more: then.value - now.value, ...(now.value > 0 ? { times: then.value / now.value } : {}), ...(beside ? { budget: beside } : {}), uncertain: now.bound !== undefined || then.bound !== undefined };
}
