import { middle } from '../../model/quantity.ts';
import { value } from '../../model/statements.ts';
import { estimate } from '../estimation/estimate.ts';
import { formatNumber, formatQuantity } from '../format.ts';
import type { Action } from '../roadmap/action.ts';
import { subjectOf } from '../roadmap/risk.ts';
import type { TradeOff } from '../roadmap/trade-off.ts';
import type { Context } from '../rule.ts';

/** Capacity that is used up to this share is no headroom any more. */
const NEARLY_FULL = 0.7;

/** When to think again about a change: in the numbers of the target where they are known, else what holds for the remedy of its rule. */
export function revisitOf(context: Context, { findings }: Action, tradeOff: TradeOff | undefined): string {
  const [worst] = findings;
  const own = worst && OWN_NUMBERS.get(worst.rule);
  return (worst && own?.(context, subjectOf(context.architecture, worst)?.name)) ?? tradeOff?.revisit ?? 'At the next review.';
}

/** Remedies that are outgrown by traffic alone, or by the bill alone. */
const OWN_NUMBERS = new Map([...['ML09.1', 'ML09.2', 'ML09.3', 'ML09.4'].map((rule) => [rule, capacityText] as const), ['ML12.2', budgetText] as const]);

function capacityText(context: Context, name: string | undefined): string | undefined {
  const station = estimate(context, [1]).stations.find(({ component }) => component === name);
  const { capacity, breaksAt } = station ?? {};
  if (!capacity || !breaksAt) return undefined;
  const rate = formatQuantity({ low: capacity.value * NEARLY_FULL, high: capacity.value * NEARLY_FULL, unit: capacity.unit });
  return `The peak at ${name ?? ''} passes ${rate}, ${formatNumber(NEARLY_FULL * 100)} % of what the target can take (estimated; ${formatNumber(Number((breaksAt.value * NEARLY_FULL).toPrecision(2)))} times today’s peak).`;
}

function budgetText({ architecture }: Context): string | undefined {
  const budget = value(architecture.system, 'budget');
  return budget && `The bill passes ${formatQuantity({ low: middle(budget), high: middle(budget), unit: budget.unit })}, the declared budget.`;
}
