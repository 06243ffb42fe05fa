import { SECONDS_PER_MONTH } from '../../../model/units.ts';
import type { CostTotal } from './tree.ts';

/** Hours of the product’s month, a twelfth of a Julian year: 730.5 (price lists often take 730). */
export const HOURS_PER_MONTH = SECONDS_PER_MONTH / 3600;

/** A month’s cost divided by what it buys. It is always derived from a volume and says at what utilisation it holds. */
export interface UnitCost {
  /** Money for one prediction, for a thousand, and for the month. */
  readonly perPrediction: number;
  readonly perThousand: number;
  readonly perMonth: number;
  /** Ends of the 80 % band of `perPrediction`. */
  readonly low: number;
  readonly high: number;
  readonly currency: string;
  /** Predictions a month. */
  readonly volume: number;
  /** Mean share of the machines’ throughput that is used (0 to 1); nothing where it is paid by use. */
  readonly utilisation?: number;
  /** Part of the bill is unknown. */
  readonly bound?: 'at least';
}

/**
 * Cost of a prediction. Undefined where there is no volume: a service that nobody asks has a bill and no unit cost.
 *
 * @param ratePerSecond Mean predictions a second over the month.
 * @param utilisation Mean share of the throughput that is used, 0 to 1.
 */
export function unitCost({ value, low, high, currency, bound }: CostTotal, ratePerSecond: number, utilisation?: number): UnitCost | undefined {
  const volume = ratePerSecond * SECONDS_PER_MONTH;
  if (!(volume > 0) || !Number.isFinite(volume)) return undefined;
  return {
    perPrediction: value / volume,
    perThousand: (1000 * value) / volume,
    perMonth: value,
    low: low / volume,
    high: high / volume,
    currency,
    volume,
    ...(utilisation === undefined ? {} : { utilisation }),
    ...(bound ? { bound } : {}),
  };
}
