import type { Exhaustion } from '../../analysis/estimation/cost/growth.ts';
import type { BudgetGap } from '../../analysis/estimation/cost/budget.ts';
import type { UnitCost } from '../../analysis/estimation/cost/unit-cost.ts';
import { formatNumber } from '../../analysis/format.ts';
import type { Quantity } from '../../model/quantity.ts';
import { textOption, type Invocation } from '../command.ts';
import { Failure } from '../failure.ts';
import type { paint } from '../paint.ts';

type Palette = ReturnType<typeof paint>;

/** What a calculation says: the same figures for a program and for a person. */
export interface CostAnswer {
  readonly json: object;
  readonly text: (palette: Palette) => string;
}

/** The one currency of all that was given. */
export function currencyOf(invocation: Invocation, ...amounts: readonly (Quantity | undefined)[]): string {
  const named = textOption(invocation, 'currency')?.toUpperCase();
  if (named !== undefined && !['USD', 'EUR', 'GBP'].includes(named)) throw new Failure(`--currency takes USD, EUR, GBP; found ${named}.`);
  const found = new Set(amounts.flatMap((amount) => (amount ? [amount.unit.slice(0, 3)] : [])));
  if (named !== undefined) found.add(named);
  if (found.size > 1) throw new Failure(`Amounts are in ${[...found].join(' and ')}; give all in one currency.`);
  return [...found][0] ?? 'USD';
}

/** Without the noise of binary fractions. */
export const clean = (value: number): number => Number(value.toPrecision(12));

/** The answer for a program, without that noise; what has no limit, such as a break-even that is never reached, is null. */
export const jsonText = (json: object): string => JSON.stringify(json, (_, value: unknown) => (typeof value === 'number' ? clean(value) : value), 2);

/** An amount that follows from given numbers alone: no width. */
export const exact = (value: number, unit: string): object => ({ value, low: value, high: value, unit, provenance: 'measured' });

export const unitJson = ({ perPrediction, perThousand, currency, volume, utilisation }: UnitCost): object => ({
  perPrediction: exact(perPrediction, `${currency}/req`),
  perThousand: exact(perThousand, `${currency}/kreq`),
  predictionsPerMonth: volume,
  ...(utilisation === undefined ? {} : { utilisation }),
});

export const money = (amount: number, currency: string): string => `${formatNumber(amount)} ${currency}`;

export const percent = (share: number): string => `${formatNumber(Number((share * 100).toPrecision(3)))} %`;

export function budgetText({ gap, share, verdict }: BudgetGap, currency: string, { green, red }: Palette): string {
  return verdict === 'within' ? green(`within the budget: ${money(-gap, currency)} a month are left`) : red(`beyond the budget by ${money(gap, currency)} a month (${percent(share)} of it)`);
}

/** When growth fills something, in words: `full` and `free` say that it is, and that it is not. */
export function exhaustionText(full: string, free: string, exhaustion: Exhaustion | undefined): string | undefined {
  if (!exhaustion) return undefined;
  switch (exhaustion.when) {
    case 'already':
      return `${full} already today`;
    case 'never':
      return `${free} within ten years`;
    case 'later':
      return `${full} in ${formatNumber(Number(exhaustion.months.toPrecision(2)))} months, at ${formatNumber(Number(exhaustion.multiple.toPrecision(2)))} times today’s traffic`;
  }
}
