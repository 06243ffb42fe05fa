import type { Provenance } from './provenance.ts';
import type { Input } from './replica.ts';

/** A figure with its band, where it comes from, and what it was made from. */
export interface Estimated {
  readonly value: number;
  /** Ends of the band in which the true value lies in four of five cases (10th and 90th percentile). */
  readonly low: number;
  readonly high: number;
  /** Canonical unit: `s`, `req/s`, `B`, `1`, `USD/month`. */
  readonly unit: string;
  readonly provenance: Provenance;
  /** Where more is known of one side than of the other: what is shown is a bound. */
  readonly bound?: 'at least' | 'at most';
  readonly formula: string;
  readonly inputs: readonly Input[];
  /** What was taken for granted where nothing is declared. */
  readonly assumptions: readonly string[];
}

/** Standard deviations from the middle of a normal law to its 10th and 90th percentile. */
export const BAND_SCORE = 1.2815515655446004;

/** The band of a log-normal figure: the value divided and multiplied by the same factor. */
export const bandOf = (value: number, sigma: number): { low: number; high: number } => {
  const factor = Math.exp(BAND_SCORE * sigma);
  return { low: value / factor, high: value * factor };
};
