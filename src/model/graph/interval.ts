import type { Quantity } from '../quantity.ts';

/** Arithmetic with quantities that may be ranges: each result runs from the least to the greatest possible value. */

export const zero = (unit: string): Quantity => ({ low: 0, high: 0, unit });

export const plus = (a: Quantity, b: Quantity): Quantity => ({ low: a.low + b.low, high: a.high + b.high, unit: a.unit });

/** The later, the larger: of two ranges the range of the maximum. */
export const larger = (a: Quantity, b: Quantity): Quantity => ({ low: Math.max(a.low, b.low), high: Math.max(a.high, b.high), unit: a.unit });

export const smaller = (a: Quantity, b: Quantity): Quantity => ({ low: Math.min(a.low, b.low), high: Math.min(a.high, b.high), unit: a.unit });

/** Product of quantities that are not negative. */
export const times = (a: Quantity, b: Quantity, unit = a.unit): Quantity => ({ low: a.low * b.low, high: a.high * b.high, unit });

export const scaled = (a: Quantity, factor: number, unit = a.unit): Quantity => ({ low: a.low * factor, high: a.high * factor, unit });

/** Quotient of quantities that are not negative; infinite where the divisor can be zero. */
export const over = (a: Quantity, b: Quantity, unit: string): Quantity => ({ low: quotient(a.low, b.high), high: quotient(a.high, b.low), unit });

const quotient = (a: number, b: number): number => (b === 0 ? Number.POSITIVE_INFINITY : a / b);

/** One minus a share. */
export const complement = (share: Quantity): Quantity => ({ low: 1 - share.high, high: 1 - share.low, unit: share.unit });

export const total = (terms: readonly Quantity[], unit: string): Quantity => terms.reduce(plus, zero(unit));
