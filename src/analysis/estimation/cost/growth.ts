/** When growth fills a capacity or a budget. */
export type Exhaustion =
  | { readonly when: 'already' }
  | {
      readonly when: 'later';
      /** Months from now: the middle, and the ends of the 80 % band; an end without limit is infinite. */
      readonly months: number;
      readonly earliest: number;
      readonly latest: number;
      /** Times today’s load at that time. */
      readonly multiple: number;
    }
  /** Not within the horizon, or because nothing grows. */
  | { readonly when: 'never' };

/** Nobody’s growth figure holds for longer. */
export const MOST_MONTHS = 120;

/**
 * The month in which a load that grows by the same share every month exceeds a limit: ln(limit/load) ÷ ln(1 + growth).
 *
 * @param load Today, in the unit of the limit.
 * @param growthPerMonth 0.08 for 8 % a month.
 * @param factor Band of limit ÷ load as a factor: the limit may be so many times lower or higher.
 * @returns Undefined where a number is no number, or the load is not above zero.
 */
export function capacityExhaustion(load: number, limit: number, growthPerMonth: number, factor = 1): Exhaustion | undefined {
  if (!(load > 0) || !(limit >= 0) || !Number.isFinite(growthPerMonth) || !(factor >= 1)) return undefined;
  if (load > limit) return { when: 'already' };
  if (growthPerMonth <= 0) return { when: 'never' };
  const after = (multiple: number): number => Math.max(0, Math.log(multiple) / Math.log1p(growthPerMonth));
  const multiple = limit / load;
  const months = after(multiple);
  return months > MOST_MONTHS ? { when: 'never' } : { when: 'later', months, earliest: after(multiple / factor), latest: after(multiple * factor), multiple };
}

/**
 * The first whole month in which a cost that depends on the load exceeds a budget. Costs of machines move in steps, so
 * months are reckoned by themselves, and halved until the first is found.
 *
 * @param costAt Money a month at a multiple of today’s load, never falling.
 */
export function budgetExhaustion(costAt: (multiple: number) => number, budget: number, growthPerMonth: number): Exhaustion | undefined {
  if (!(budget >= 0) || !Number.isFinite(growthPerMonth) || !Number.isFinite(costAt(1))) return undefined;
  if (costAt(1) > budget) return { when: 'already' };
  if (growthPerMonth <= 0) return { when: 'never' };
  const multipleIn = (month: number): number => (1 + growthPerMonth) ** month;
  const exceeds = (month: number): boolean => costAt(multipleIn(month)) > budget;
  let [within, beyond] = [0, 1];
  while (!exceeds(beyond)) {
    if (beyond === MOST_MONTHS) return { when: 'never' };
    [within, beyond] = [beyond, Math.min(MOST_MONTHS, 2 * beyond)];
  }
  while (beyond - within > 1) {
    const between = Math.floor((within + beyond) / 2);
    if (exceeds(between)) beyond = between;
    else within = between;
  }
  return { when: 'later', months: beyond, earliest: beyond, latest: beyond, multiple: multipleIn(beyond) };
}
