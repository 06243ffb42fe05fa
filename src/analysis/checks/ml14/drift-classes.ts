import type { Component } from '../../../model/architecture.ts';
import { SECONDS_PER_MONTH } from '../../../model/units.ts';
import { value } from '../../../model/statements.ts';

const DAY = 86_400;

/** How fast the world of a model changes, and the longest interval of retraining that keeps up with it, in seconds. */
export interface DriftClass {
  readonly name: string;
  readonly retrainWithin: number;
  /** Retraining by hand, when somebody asks for it, is enough. */
  readonly onDemand?: true;
  readonly severity: 'medium' | 'high';
}

/**
 * Published practice: fraud daily to weekly, recommendation every week or two, demand monthly, churn monthly to
 * quarterly, documents quarterly to half-yearly, medical diagnosis yearly or on demand. The longer end is taken.
 */
export const DRIFT_CLASSES = {
  very_high: { name: 'very high', retrainWithin: 7 * DAY, severity: 'high' },
  high: { name: 'high', retrainWithin: 14 * DAY, severity: 'medium' },
  medium: { name: 'medium', retrainWithin: 31 * DAY, severity: 'medium' },
  medium_low: { name: 'medium to low', retrainWithin: 3 * SECONDS_PER_MONTH, severity: 'medium' },
  low: { name: 'low', retrainWithin: 6 * SECONDS_PER_MONTH, severity: 'medium' },
  very_low: { name: 'very low', retrainWithin: 12 * SECONDS_PER_MONTH, onDemand: true, severity: 'medium' },
} as const satisfies Record<string, DriftClass>;

/** Use cases that the published table lacks stand with their nearest relative; those that say nothing of drift are left out. */
const CLASS_OF_USE_CASE: Readonly<Record<string, keyof typeof DRIFT_CLASSES>> = {
  fraud_detection: 'very_high',
  malware_detection: 'very_high',
  spam_filtering: 'high',
  identity_verification: 'high',
  bot_detection: 'very_high',
  recommendation: 'high',
  ranking: 'high',
  search: 'high',
  moderation: 'high',
  demand_forecasting: 'medium',
  eta: 'medium',
  pricing: 'medium',
  churn: 'medium_low',
  credit_scoring: 'medium_low',
  document_classification: 'low',
  medical_diagnosis: 'very_low',
};

/** What the author says of the drift of a model counts more than its use case. */
export function driftClassOf(model: Component<'model'>): DriftClass | undefined {
  const name = value(model, 'drift') ?? CLASS_OF_USE_CASE[value(model, 'use_case') ?? ''];
  return name && DRIFT_CLASSES[name];
}
