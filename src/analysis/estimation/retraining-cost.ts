import type { Component } from '../../model/architecture.ts';
import { modelsMadeBy } from '../../model/graph/cones.ts';
import { componentsOf, value } from '../../model/statements.ts';
import type { Context } from '../rule.ts';
import { PUBLISHED_BANDS, type PublishedBand } from './cost/published-bands.ts';
import { annualTrainingCost, retrainingBreakEven, type Range, type RetrainingBreakEven } from './cost/retraining.ts';
import { totalOf, type CostGroup } from './cost/tree.ts';
import { trainingRunsPerMonth } from './costs.ts';

/** What retraining a model costs a year, and after how many runs automating it has paid for itself. */
export interface RetrainingCost {
  readonly training: string;
  /** How a run is started and made, from trigger, variant and manual steps. */
  readonly way: 'automated' | 'by hand' | 'not known';
  /** By the clock alone: runs after drift or a fall in quality come on top. */
  readonly runsPerYear?: number;
  /** What the bill has for it a year: machines, or declared cost of a run. */
  readonly billed?: { readonly perYear: number; readonly currency: string };
  /** What a run of this way is told to cost; no part of the bill. */
  readonly published?: PublishedBand;
  /** The same for a year at its cadence, USD. */
  readonly publishedPerYear?: Range;
  /** What a year is told to cost for the use of its model. */
  readonly useCase?: PublishedBand;
  /** Of a training by hand: runs until automating it has paid for itself, from published figures alone: `cost_per_run` has no people in it. */
  readonly breakEven?: RetrainingBreakEven & { readonly build: PublishedBand };
  readonly unknown?: string;
}

const USE_CASES: Readonly<Record<string, PublishedBand>> = {
  fraud_detection: PUBLISHED_BANDS.fraudRetraining,
  recommendation: PUBLISHED_BANDS.recommendationRetraining,
  demand_forecasting: PUBLISHED_BANDS.demandRetraining,
  churn: PUBLISHED_BANDS.churnRetraining,
  document_classification: PUBLISHED_BANDS.documentRetraining,
  medical_diagnosis: PUBLISHED_BANDS.diagnosisRetraining,
};

/** Triggers that need nobody. */
const BY_ITSELF: ReadonlySet<string> = new Set(['schedule', 'hourly', 'daily', 'weekly', 'monthly', 'quarterly', 'drift', 'performance', 'new_data', 'code_change']);

export const retrainingCosts = ({ architecture }: Context, tree: CostGroup): RetrainingCost[] =>
  componentsOf(architecture, 'training').map((training) => {
    const way = wayOf(training);
    const monthly = trainingRunsPerMonth(training);
    const runsPerYear = monthly === undefined ? undefined : monthly * 12;
    const part = tree.parts.find(({ name }) => name === training.name);
    const billed = part && totalOf(part);
    const published = { automated: PUBLISHED_BANDS.automatedRetraining, 'by hand': PUBLISHED_BANDS.manualRetraining, 'not known': undefined }[way];
    const perYear = published && runsPerYear !== undefined ? annualTrainingCost(published, runsPerYear) : undefined;
    const use = modelsMadeBy(architecture, training).flatMap((model) => USE_CASES[value(model, 'use_case') ?? ''] ?? [])[0];
    const breakEven = way === 'by hand' ? breakEvenOf(runsPerYear) : undefined;
    return {
      training: training.name,
      way,
      ...(runsPerYear !== undefined && { runsPerYear }),
      ...(billed && billed.value > 0 && { billed: { perYear: billed.value * 12, currency: billed.currency } }),
      ...(published && { published }),
      ...(perYear && { publishedPerYear: perYear }),
      ...(use && { useCase: use }),
      ...(breakEven && { breakEven }),
      ...(runsPerYear === undefined ? { unknown: `how often it runs is not declared: \`every\` of ${training.name}` } : way === 'not known' ? { unknown: `what starts it is not declared: \`trigger\` of ${training.name}` } : {}),
    };
  });

/** A person who starts it, or has a step in it, makes it a training by hand. */
function wayOf(training: Component<'training'>): RetrainingCost['way'] {
  const [trigger, steps] = [value(training, 'trigger') ?? [], value(training, 'manual_steps')];
  if (training.variant === 'manual' || (steps && steps.low > 0) || (trigger.length > 0 && trigger.every((word) => word === 'manual'))) return 'by hand';
  return training.variant === 'scheduled' || training.variant === 'online' || trigger.some((word) => BY_ITSELF.has(word)) ? 'automated' : 'not known';
}

/** Build ÷ (run by hand − automated run). */
function breakEvenOf(runsPerYear: number | undefined): RetrainingCost['breakEven'] {
  const build = PUBLISHED_BANDS.retrainingAutomation;
  const found = retrainingBreakEven({ build, manualRun: PUBLISHED_BANDS.manualRetraining, automatedRun: PUBLISHED_BANDS.automatedRetraining }, runsPerYear);
  return 'problem' in found ? undefined : { ...found, build };
}
