import type { FalseAlarms } from './false-alarms.ts';

/** Statistics that a monitor may use, as in the vocabulary; others are accepted, and nothing is said of them. */
export type DriftTest = 'psi' | 'kl' | 'ks' | 'chi_squared' | 'js' | 'wasserstein' | 'mmd' | 'cosine' | 'classifier' | 'zscore' | (string & {});

/** Times are in seconds. */
export interface DriftMonitorInput {
  readonly test: DriftTest;
  /** Value at which it speaks: of the statistic, or of its p-value. */
  readonly threshold?: number;
  /**
   * Which of the two. Unless given, a threshold of `ks` up to 0.05 and one of `chi_squared` below 1 are p-values, as
   * the libraries have them, and others are statistics.
   */
  readonly thresholdOf?: 'statistic' | 'p';
  /** The threshold was written as a percentage, which a divergence is not. */
  readonly thresholdInPercent?: boolean;
  /** Level at which it speaks, instead of a threshold. */
  readonly alpha?: number;
  /** 10 */
  readonly bins?: number;
  readonly window?: number;
  /** Requests per second in the mean. */
  readonly ratePerSecond?: number;
  /** Part of them that is looked at: 1. */
  readonly sampled?: number;
  /** Rows in a window, instead of the three above. */
  readonly rows?: number;
  /** Rows of the reference; as many as in the window unless given. */
  readonly reference?: number;
  /** 1 */
  readonly features?: number;
  /** Once for each window unless given. */
  readonly checksPerDay?: number;
  /** Chance to see the smallest shift at one check: 0.8. */
  readonly power?: number;
  /** Shift that matters, in standard deviations of a feature. */
  readonly shift?: number;
  /** Until the truth is known, where the monitor needs it. */
  readonly labelDelay?: number;
}

/** Where a value is null, `reasons` says why under its name. */
export interface DriftMonitorPlan {
  readonly test: DriftTest;
  /** The value of the statistic at which it speaks. */
  readonly threshold: number | null;
  readonly rowsPerWindow: number | null;
  readonly referenceRows: number | null;
  /** Mean of the statistic while nothing changes. */
  readonly nullMean: number | null;
  /** The value that it exceeds in one of 20 checks while nothing changes. */
  readonly nullP95: number | null;
  /** Chance that one feature speaks at one check while nothing changes. */
  readonly falseAlarmChance: number | null;
  readonly falseAlarmsPerDay: number | null;
  /** Without any correction for the number of features. */
  readonly falseAlarmsPerMonth: number | null;
  readonly falseAlarms: FalseAlarms | null;
  /** Threshold at which all features together speak falsely in one of 20 checks (Bonferroni). */
  readonly correctedThreshold: number | null;
  /** Threshold at which one false alarm a month is expected from all features together. */
  readonly monthlyThreshold: number | null;
  /** Shift of the mean of a normal feature, in standard deviations, that one check sees with the power asked for. */
  readonly smallestShift: number | null;
  /** Rows of a window from which on the statistic says something. */
  readonly neededRows: number | null;
  readonly enoughRows: boolean | null;
  /** Seconds from a change of the smallest shift to the alarm, in the mean. */
  readonly detectionDelay: number | null;
  readonly assumptions: readonly string[];
  readonly suggestions: readonly string[];
  readonly reasons: Readonly<Partial<Record<DriftValue, string>>>;
}

export type DriftValue = 'threshold' | 'rowsPerWindow' | 'referenceRows' | 'nullMean' | 'nullP95' | 'falseAlarmChance' | 'falseAlarmsPerDay' | 'falseAlarmsPerMonth' | 'falseAlarms' | 'correctedThreshold' | 'monthlyThreshold' | 'smallestShift' | 'neededRows' | 'enoughRows' | 'detectionDelay';
