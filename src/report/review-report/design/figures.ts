import { formatNumber, formatQuantity } from '../../../analysis/format.ts';
import type { Estimated } from '../../../analysis/estimation/estimated.ts';
import type { CostTotal } from '../../../analysis/estimation/cost/tree.ts';

/** Two digits: no estimate knows more. */
export const few = (number: number): string => formatNumber(Number(number.toPrecision(2)));

/** Three digits, for rates that people read off dashboards. */
export const rate = (perSecond: number): string => formatQuantity({ low: Number(perSecond.toPrecision(3)), high: Number(perSecond.toPrecision(3)), unit: 'req/s' });

/** Whole things: people, requests of a sample. */
export const counted = (number: number): string => formatNumber(number < 100_000 ? Math.round(number) : Number(number.toPrecision(3)));

/** `64 %`; with its bound. */
export const busy = ({ value, bound }: Pick<Estimated, 'value' | 'bound'>): string => `${bound === undefined ? '' : `${bound} `}${few(value * 100)} %`;

/** `6.2 times (3.4 to 12)` */
export function times({ value, low, high, bound }: Estimated): string {
  return `${bound === undefined ? '' : `${bound} `}${few(value)} times${few(low) === few(high) ? '' : ` (${few(low)} to ${few(high)})`}`;
}

export function money(total: Pick<CostTotal, 'value' | 'currency' | 'bound'>): string {
  return total.value > 0 ? `${total.bound === undefined ? '' : `${total.bound} `}${formatNumber(Number(total.value.toPrecision(3)))} ${total.currency}` : 'not known';
}
