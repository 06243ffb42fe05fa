import { SECONDS_PER_MONTH } from '../../model/units.ts';
import { middle } from '../../model/quantity.ts';
import { value } from '../../model/statements.ts';
import type { Context } from '../rule.ts';
import { consumersOf } from '../serving/services.ts';

/** When declared growth fills a station. */
export interface Exhaustion {
  /** Months from the day of the estimate: middle, and ends of the band. */
  readonly months: { readonly value: number; readonly low: number; readonly high: number };
  /** `2027-08-01`: the middle of the band. */
  readonly date: string;
  readonly growth: readonly { readonly consumer: string; readonly perMonth: number }[];
}

/** Beyond this nobody’s growth figure holds. */
const MOST_MONTHS = 120;

/**
 * The months until growing traffic is so many times today’s. Undefined where nobody declares growth, or none within ten years.
 *
 * @param multiple Of today’s peak at which the station is full: middle and ends of its band.
 */
export function exhaustionOf(context: Context, component: string, multiple: { readonly value: number; readonly low: number; readonly high: number }): Exhaustion | undefined {
  const { architecture, today } = context;
  const growth = consumersOf(architecture, component).flatMap((consumer) => {
    const perMonth = growthOf(context, consumer);
    return perMonth === undefined ? [] : [{ consumer: consumer.name, perMonth }];
  });
  // Consumers that say nothing are taken not to grow; which share they have is in the traffic, so the fastest one bounds it.
  const fastest = Math.max(...growth.map(({ perMonth }) => perMonth));
  if (growth.length === 0 || fastest <= 0) return undefined;
  const months = (times: number): number => Math.max(0, Math.log(times) / Math.log1p(fastest));
  const found = { value: months(multiple.value), low: months(multiple.low), high: months(multiple.high) };
  if (found.value > MOST_MONTHS) return undefined;
  return { months: found, date: dateAfter(today, found.value), growth };
}

/** Share by which the traffic of a consumer grows a month: as declared, else from the users that are expected; undefined where nobody says. */
export function growthOf({ architecture }: Context, consumer: ReturnType<typeof consumersOf>[number]): number | undefined {
  const declared = value(consumer, 'growth');
  if (declared) return middle(declared);
  const [users, expected] = [value(consumer, 'users'), value(consumer, 'expected_users')];
  if (!users || !expected || middle(users) <= 0) return undefined;
  const horizon = value(architecture.system, 'horizon');
  const months = (horizon ? middle(horizon) : 12 * SECONDS_PER_MONTH) / SECONDS_PER_MONTH;
  return months > 0 ? (middle(expected) / middle(users)) ** (1 / months) - 1 : undefined;
}

/** A day so many months after another, as `2027-08-01`. */
export function dateAfter(today: string, months: number): string {
  return new Date(Date.parse(`${today}T00:00:00Z`) + months * SECONDS_PER_MONTH * 1000).toISOString().slice(0, 10);
}
