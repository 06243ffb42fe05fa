import { PUBLISHED_BANDS, type PublishedBand } from './published-bands.ts';
import type { Range } from './retraining.ts';

/** Kinds of failure of ML systems that have a published cost of prevention. */
export const FAILURE_KINDS = ['skew', 'drift', 'dataQuality', 'infrastructure', 'rollout'] as const;
export type FailureKind = (typeof FAILURE_KINDS)[number];

const BANDS: Readonly<Record<FailureKind, PublishedBand>> = {
  skew: PUBLISHED_BANDS.skewPrevention,
  drift: PUBLISHED_BANDS.driftPrevention,
  dataQuality: PUBLISHED_BANDS.dataQualityPrevention,
  infrastructure: PUBLISHED_BANDS.infrastructurePrevention,
  rollout: PUBLISHED_BANDS.rolloutPrevention,
};

/**
 * What preventing the kinds of failure costs that nothing prevents yet, in USD once: the sum of those that are missing, not
 * a lump sum. The frequencies that are published beside them add up to 145 %, so they are no chances, and no expected loss
 * is made of them.
 */
export function preventionCost(missing: readonly FailureKind[]): Range & { readonly parts: readonly PublishedBand[] } {
  const parts = FAILURE_KINDS.filter((kind) => missing.includes(kind)).map((kind) => BANDS[kind]);
  return { parts, low: parts.reduce((sum, { low }) => sum + low, 0), high: parts.reduce((sum, { high }) => sum + high, 0) };
}

/**
 * Months until prevention has paid for itself, from one’s own figures: cost ÷ loss that it saves a month. Infinite where it
 * saves nothing; undefined where a number is below zero or none.
 *
 * @param incidentsPerYear Incidents of the kind without prevention.
 * @param lossPerIncident In the money of the cost.
 * @param prevented Share of the incidents that it prevents, 0 to 1.
 */
export function preventionPaysAfter(cost: number, incidentsPerYear: number, lossPerIncident: number, prevented: number): number | undefined {
  if (![cost, incidentsPerYear, lossPerIncident].every((number) => number >= 0 && Number.isFinite(number)) || !(prevented >= 0 && prevented <= 1)) return undefined;
  const saved = (incidentsPerYear * lossPerIncident * prevented) / 12;
  return cost === 0 ? 0 : saved > 0 ? cost / saved : Number.POSITIVE_INFINITY;
}
