import type { Guardrail } from './adjustments.ts';
import type { Duration } from './duration.ts';
import type { PlannedLook } from './group-sequential.ts';
import type { MeanFormula } from './means.ts';
import type { ProportionFormula } from './two-proportions.ts';

/** One look at the end, or several with boundaries, or any number of them. */
export type ExperimentMethod = 'fixed' | 'obf' | 'pocock' | 'lan-demets-obf' | 'lan-demets-pocock' | 'msprt';

/** Shares and rates are 0 to 1, times in seconds. Either `baseline` with one of its three ends, or `sd` with `delta`. */
export interface ExperimentInput {
  /** Share in the control arm, as it is now. */
  readonly baseline?: number;
  /** Share in the treatment arm that must be told from it. */
  readonly target?: number;
  /** The same as a relative change: 0.1 makes 11 % of 10 %. */
  readonly lift?: number;
  /** The same as an absolute change: 0.01 makes 11 % of 10 %. */
  readonly difference?: number;
  /** Standard deviation of one unit, where the metric is a mean. */
  readonly sd?: number;
  /** Difference of the means, in the unit of `sd`. */
  readonly delta?: number;
  /** Chance of any false difference: 0.05. */
  readonly alpha?: number;
  /** 0.8 */
  readonly power?: number;
  readonly sides?: 1 | 2;
  /** Size of a treatment arm by that of the control arm: 1. */
  readonly ratio?: number;
  /** Arms, the control among them: 2. Comparisons with the control share the level evenly (Bonferroni). */
  readonly arms?: number;
  /** Metrics that decide: 1. They share the level as well. */
  readonly metrics?: number;
  /** `pooled` for shares and `t` for means, as R has them. */
  readonly formula?: ProportionFormula;
  readonly meanFormula?: MeanFormula;
  /** `obf` where looks are given, else `fixed`. */
  readonly method?: ExperimentMethod;
  /** Number of looks, the last one included: 5 where there are several. */
  readonly looks?: number;
  /** Share of the largest sample at each look, instead of `looks`. */
  readonly times?: readonly number[];
  /** Correlation of the metric with a covariate from before the experiment (CUPED). */
  readonly covariateCorrelation?: number;
  /** Units that are assigned together, and how alike they are. */
  readonly cluster?: { readonly size: number; readonly correlation: number };
  readonly guardrails?: readonly Guardrail[];
  /** Units that could take part, per second in the mean. */
  readonly eligiblePerSecond?: number;
  /** Part of them that takes part: 1. */
  readonly share?: number;
  /** Length that was chosen beforehand, in seconds. */
  readonly length?: number;
}

/** A difference, and for shares what it leads to. */
export interface Effect {
  readonly difference: number;
  readonly target: number | null;
  /** Relative to the baseline. */
  readonly lift: number | null;
}

export interface GuardrailPlan {
  readonly name: string;
  /** Units in the control arm that show that it is not harmed by more than its margin. */
  readonly perArm: number | null;
  /** Whether the experiment has as many. */
  readonly enough: boolean | null;
  readonly reason?: string;
}

export interface ExperimentLook extends PlannedLook {
  /** Units in all arms together at this look. */
  readonly total: number;
}

/** Where a value is null, `reasons` says why under its name. */
export interface ExperimentPlan {
  readonly method: ExperimentMethod;
  readonly formula: ProportionFormula | MeanFormula;
  /** Level of each comparison. */
  readonly alpha: number;
  readonly power: number;
  readonly sides: 1 | 2;
  readonly ratio: number;
  readonly arms: number;
  readonly effect: Effect | null;
  /** Units in the control arm, at most. */
  readonly perArm: number | null;
  /** Units in each treatment arm, at most. */
  readonly treatment: number | null;
  /** Units in all arms together, at most. */
  readonly total: number | null;
  /** The same in the mean, where the difference is as planned and one stops when it is found. */
  readonly expectedTotal: number | null;
  /** Largest sample, by that of a test with one look. */
  readonly inflation: number | null;
  readonly boundaries: readonly ExperimentLook[] | null;
  readonly duration: Pick<Duration, 'seconds' | 'weeks'> | null;
  /** Whether the chosen length has a whole week and the sample; null where it is not given or cannot be judged. */
  readonly longEnough: boolean | null;
  /** The smallest difference that two weeks of the traffic show. */
  readonly mdeInTwoWeeks: Effect | null;
  readonly guardrails: readonly GuardrailPlan[];
  readonly warnings: readonly string[];
  readonly reasons: Readonly<Partial<Record<ExperimentValue, string>>>;
}

export type ExperimentValue = 'effect' | 'perArm' | 'treatment' | 'total' | 'expectedTotal' | 'inflation' | 'boundaries' | 'duration' | 'mdeInTwoWeeks';
