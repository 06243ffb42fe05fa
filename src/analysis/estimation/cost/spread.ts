import { BAND_SCORE } from '../quantity.ts';

/**
 * How far a cost may be off: for each source of error the change of the cost’s logarithm when that source is one standard
 * deviation high. Sources of the same name are the same unknown and move together, as the traffic does in every part of a
 * bill; different names are independent. A negative number is a cost that falls where the source rises.
 */
export type Spread = Readonly<Record<string, number>>;

/** Nothing to be wrong about, such as a contract. */
export const EXACT: Spread = {};

/** Of independent factors the variances of the logarithms add. */
export const quadrature = (logSds: Iterable<number>): number => Math.hypot(...logSds);

/** Standard deviation of the logarithm of a cost: its sources in quadrature. */
export const logSdOf = (spread: Spread): number => quadrature(Object.values(spread));

/** Spread of a product of factors: what has the same name adds up, with its sign. */
export function productSpread(...spreads: readonly Spread[]): Spread {
  const sum: Record<string, number> = {};
  for (const spread of spreads) for (const [source, logSd] of Object.entries(spread)) sum[source] = (sum[source] ?? 0) + logSd;
  return sum;
}

/** Spread of a sum, to first order: that of each part, weighted by its share of the sum. */
export function sumSpread(parts: readonly { readonly value: number; readonly spread: Spread }[]): Spread {
  const total = parts.reduce((sum, { value }) => sum + value, 0);
  if (!(total > 0)) return EXACT;
  return productSpread(...parts.map(({ value, spread }) => Object.fromEntries(Object.entries(spread).map(([source, logSd]) => [source, (logSd * value) / total]))));
}

/** The middle and the log standard deviation of an 80 % band; undefined where an end is not above zero or they are in the wrong order. */
export function fromRange(low: number, high: number): { readonly value: number; readonly logSd: number } | undefined {
  if (!(low > 0) || !(high >= low) || !Number.isFinite(high)) return undefined;
  return { value: Math.sqrt(low * high), logSd: Math.log(high / low) / (2 * BAND_SCORE) };
}
