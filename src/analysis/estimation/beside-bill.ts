import type { Context } from '../rule.ts';
import { budgetStandings, type BudgetStanding } from './budget-gap.ts';
import { estimate } from './estimate.ts';
import { monitoringCost, type MonitoringCost } from './monitoring-cost.ts';
import { objectiveCosts, type ObjectiveCost } from './objective-cost.ts';
import { platformStanding, type PlatformStanding } from './platform-cost.ts';
import { retrainingCosts, type RetrainingCost } from './retraining-cost.ts';
import { servingAlternatives, type ServingAlternatives } from './serving-alternatives.ts';

/**
 * What a bill leads to and what stands beside it; none of it is added to the bill. Published figures are claims of a guide to
 * compare with. It takes some tenths of a second, so it is made for a report and not while somebody types.
 */
export interface BesideBill {
  readonly budgets: readonly BudgetStanding[];
  readonly objectives: readonly ObjectiveCost[];
  readonly alternatives: readonly ServingAlternatives[];
  readonly platform?: PlatformStanding;
  readonly monitoring: MonitoringCost;
  readonly retraining: readonly RetrainingCost[];
}

/** Everything at today’s traffic. */
export function besideBill(context: Context): BesideBill {
  const estimation = estimate(context, [1]);
  const { cost, monitors } = estimation;
  const platform = platformStanding(context, cost);
  return {
    budgets: budgetStandings(context, cost.tree),
    objectives: objectiveCosts(context, estimation),
    alternatives: servingAlternatives(context, estimation),
    ...(platform && { platform }),
    monitoring: monitoringCost(context, monitors),
    retraining: retrainingCosts(context, cost.tree),
  };
}
