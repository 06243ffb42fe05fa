import { weakest, type Provenance } from './provenance.ts';
import { BAND_SCORE, type Banded } from './quantity.ts';
import type { Input } from './replica.ts';

/** A figure with its band, where it comes from, and what it was made from. */
export interface Estimated extends Banded {
  /** Where more is known of one side than of the other: what is shown is a bound. */
  readonly bound?: 'at least' | 'at most';
  readonly formula: string;
  readonly inputs: readonly Input[];
  /** What was taken for granted where nothing is declared. */
  readonly assumptions: readonly string[];
}

/** The band of a log-normal figure: the value divided and multiplied by the same factor. */
export const bandOf = (value: number, sigma: number): { low: number; high: number } => {
  const factor = Math.exp(BAND_SCORE * sigma);
  return { low: value / factor, high: value * factor };
};

export function estimated(figure: number, sigma: number, unit: string, provenance: Provenance, formula: string, inputs: readonly Input[], assumptions: readonly string[], bound?: Estimated['bound']): Estimated {
  return { value: figure, ...bandOf(figure, sigma), unit, provenance, ...(bound && { bound }), formula, inputs, assumptions };
}

/** A figure whose band begins no lower than what was measured. */
export const atLeast = (least: number | undefined, figure: Estimated): Estimated => (least === undefined ? figure : { ...figure, low: Math.min(figure.value, Math.max(figure.low, least)) });

export function scaledEstimate(figure: Estimated, factor: number): Estimated {
  return { ...figure, value: figure.value * factor, low: figure.low * factor, high: figure.high * factor };
}

/**
 * A quotient of independent figures: spreads of the logarithms add in quadrature. Undefined where bounds point in different
 * directions, so that nothing can be said.
 */
export function quotient(a: Estimated, b: Estimated, unit: string, formula: string): Estimated | undefined {
  const bounds = new Set([a.bound, b.bound && OPPOSITE[b.bound]].filter((bound) => bound !== undefined));
  if (bounds.size > 1) return undefined;
  const sigma = Math.hypot(Math.log(a.high / a.value), Math.log(b.high / b.value)) / BAND_SCORE;
  return estimated(a.value / b.value, sigma, unit, weakest(a.provenance, b.provenance), formula, [...a.inputs, ...b.inputs], [...a.assumptions, ...b.assumptions], [...bounds][0]);
}

const OPPOSITE = { 'at least': 'at most', 'at most': 'at least' } as const;
