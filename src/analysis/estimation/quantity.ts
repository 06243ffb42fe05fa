import { weakest, type Provenance } from './provenance.ts';

/** A figure with its 80 % band: one time in ten what is measured lies below `low`, one time in ten above `high`. */
export interface Banded {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Canonical unit: `s`, `req/s`, `tok/s`, `B`. */
  readonly unit: string;
  readonly provenance: Provenance;
}

/** Why a figure is not given. */
export interface Refusal {
  readonly refused: string;
}

export const isRefusal = (result: object): result is Refusal => 'refused' in result;

/** Distance from the middle of a normal distribution to its 90th percentile, in standard deviations. */
export const BAND_SCORE = 1.2815515655446004;

/**
 * Standard deviation of the logarithm of a figure by where it comes from, when nothing narrower is known. The error of an
 * estimate is multiplicative, so its logarithm is taken as normal.
 */
export const USUAL_LOG_SD: Readonly<Record<Provenance, number>> = { measured: 0.1, published: 0.2, transferred: 0.25, roofline: 0.5, assumed: 0.8 };

/** Errors that have nothing to do with each other: their standard deviations add as the sides of a right triangle. */
export const inQuadrature = (...logSds: readonly number[]): number => Math.hypot(...logSds);

/** A figure with the band of a log-normal error of this size. */
export function banded(value: number, unit: string, provenance: Provenance, logSd: number = USUAL_LOG_SD[provenance]): Banded {
  const factor = Math.exp(BAND_SCORE * logSd);
  return { value, low: value / factor, high: value * factor, unit, provenance };
}

/** The standard deviation of the logarithm that a band stands for. */
export const logSdOf = ({ low, high }: Pick<Banded, 'low' | 'high'>): number => (low > 0 && high > low ? Math.log(high / low) / (2 * BAND_SCORE) : 0);

/** A figure times an exact number; a negative one is no scale of a quantity. */
export const scaled = ({ value, low, high, unit, provenance }: Banded, factor: number, newUnit: string = unit): Banded => ({ value: value * factor, low: low * factor, high: high * factor, unit: newUnit, provenance });

/** The product of figures whose errors are independent; it comes from where the least sure of them comes from. */
export const product = (unit: string, ...factors: readonly Banded[]): Banded =>
  banded(factors.reduce((result, { value }) => result * value, 1), unit, weakest(...factors.map(({ provenance }) => provenance)), inQuadrature(...factors.map(logSdOf)));

/** One figure by another, their errors independent. */
export const quotient = (unit: string, numerator: Banded, denominator: Banded): Banded =>
  banded(numerator.value / denominator.value, unit, weakest(numerator.provenance, denominator.provenance), inQuadrature(logSdOf(numerator), logSdOf(denominator)));
