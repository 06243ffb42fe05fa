import { dimensions, unitOf, type DimensionName } from './units.ts';

/** A number or a range of numbers in a canonical unit; `low` equals `high` where the author gave one number. */
export interface Quantity {
  readonly low: number;
  readonly high: number;
  /** Canonical unit of its dimension; money carries its currency (`USD/month`). */
  readonly unit: string;
}

export const exactly = (value: number, unit: string): Quantity => ({ low: value, high: value, unit });

/** `of(45, 'ms', 'duration')` → 0.045 s. Throws on a unit that the dimension does not have. */
export function quantityOf(value: number, unit: string, dimension: DimensionName): Quantity {
  const known = unitOf(dimension, unit);
  if (!known && unit !== '') throw new Error(`${unit} is not a unit of ${dimension}`);
  return exactly(value * (known?.factor ?? 1), canonicalUnit(dimension, known?.currency));
}

/** The canonical unit, with the currency put in for `money`. */
export function canonicalUnit(dimension: DimensionName, currency = 'USD'): string {
  return dimensions[dimension].canonical.replace('money', currency);
}

export const middle = (quantity: Quantity): number => (quantity.low + quantity.high) / 2;
