import { value } from '../../model/statements.ts';
import { serviceBill } from '../estimation/costs.ts';
import { leavesOf, totalOf } from '../estimation/cost/tree.ts';
import { stationsOf } from '../estimation/stations.ts';
import type { Context } from '../rule.ts';
import { costBounds, type MonthlyCost } from './cost.ts';
import type { Service } from './services.ts';

/**
 * What a service costs a month: as declared; else its machines and tokens at their prices. Where machines follow the
 * traffic it is the bill of the estimate, within what the fewest and the most machines would cost.
 */
export function monthlyCost(context: Context, service: Service): MonthlyCost | undefined {
  const declared = value(service, 'cost');
  if (declared) return { value: declared, source: 'declared', derivation: 'as declared', certain: true };
  const bounds = costBounds(context, service);
  if (!bounds || value(service, 'autoscale') === undefined) return bounds;
  const bill = serviceBill(context, service, stationsOf(context).find(({ component }) => component === service));
  const total = totalOf(bill);
  const [low, high] = [Math.max(bounds.value.low, total.low), Math.min(bounds.value.high, total.high)];
  if (total.bound || `${total.currency}/month` !== bounds.value.unit || !(low <= high) || !(total.value > 0)) return bounds;
  const derivation = leavesOf(bill).flatMap(({ leaf }) => (leaf.kind === 'leaf' ? [leaf.formula] : [])).join('; ');
  return { ...bounds, value: { low, high, unit: bounds.value.unit }, least: bounds.value.low, derivation };
}
