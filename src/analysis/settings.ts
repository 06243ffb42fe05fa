import type { Pack } from './criteria/packs.ts';

/**
 * Every threshold of the review, in one place, with where it comes from. A configuration file may override each.
 */
export interface Settings {
  readonly thresholds: Thresholds;
  /** Rules or checks that are off, with the reason; listed in every output. */
  readonly off: readonly { readonly rule: string; readonly because: string }[];
  /** Severity in place of the rule’s base. */
  readonly severities: Readonly<Record<string, 'low' | 'medium' | 'high' | 'critical'>>;
  /** How the roadmap weighs and places what is to be done. */
  readonly roadmap: RoadmapWeights;
  /** Packs of criteria that are on or off whatever the file declares. */
  readonly packs: Readonly<Partial<Record<Pack, 'on' | 'off'>>>;
}

export const DEFAULT_THRESHOLDS = {
  /** Multiple of today’s peak to be taken without a new architecture. ML architecture review, check 9. */
  headroom: 5,
  /** Peak over average where only a volume is declared. Common planning value for consumer traffic. */
  peakFactor: 5,
  /** Days back for which training must be repeatable. Review check 3: six months. */
  reproduceWithinDays: 183,
  /** Longest acceptable way back to the previous version, in seconds. Review check 10: minutes. */
  rollbackSeconds: 900,
  /** How long a fall in quality may go unnoticed, in seconds: at high criticality, and otherwise. */
  detectWithinHighSeconds: 86_400,
  detectWithinSeconds: 604_800,
  /** Age in days after which a review, a drill or a document counts as old. */
  staleDays: 180,
  /** Age in days after which a copy of production data is too old to stage on, where the drift of the models does not say otherwise. */
  stagingDataDays: 30,
  /** Requests per second and accelerator above which batching pays. */
  batchingRatePerDevice: 10,
  /** Parallel calls from which the tail of the slowest rules. 0.99^10 = 90 %. */
  fanOut: 10,
  /** Accelerator utilisation below which it idles. */
  idleUtilisation: 0.15,
  /** Share of repeated requests from which a cache pays. */
  cacheRepeats: 0.7,
  /**
   * Upper end of what serving one million predictions a day usually costs, in USD a month: on processors, and on
   * accelerators. Planning values of a published cost guide for ML systems, not measurements.
   */
  costBandProcessor: 5_000,
  costBandAccelerator: 20_000,
  /** Multiple of the usual cost from which it is worth a look. */
  costExcess: 2,
  /** Share of inputs that drift monitoring should cover. */
  driftCoverage: 0.8,
} as const;

/**
 * Weights of the roadmap. They order actions and promise nothing else: a weight is no probability, and a sum of them no loss.
 */
export const DEFAULT_ROADMAP = {
  /** How many actions are recommended; the rest is the backlog. */
  size: 5,
  /** Risk is divided by effort to this power: below 1, so that a long but decisive action keeps its place. */
  effortExponent: 0.7,
  /** What a unit of risk counts that an action only makes removable, by being a prerequisite. */
  unlock: 0.5,
  /** Points of a severity. Each is three times the one below it, so that twenty of the lowest do not outrank one of the highest. */
  severityLow: 1,
  severityMedium: 3,
  severityHigh: 9,
  severityCritical: 27,
  /** What hides a failure: nothing would show it, something else would, a monitor with an alert watches it. */
  unseen: 1,
  shown: 0.6,
  watched: 0.3,
  /** Exposure of a prototype, a pilot and a production system, and of one that answers more than ten million times a month. */
  prototype: 0.5,
  pilot: 0.75,
  production: 1,
  busy: 1.5,
  /** For each further consumer or model behind a component; no exposure is above 2. */
  dependant: 0.1,
  /** People who work on it at a time. */
  engineers: 1,
} as const;

export type RoadmapWeights = { readonly [K in keyof typeof DEFAULT_ROADMAP]: number };

export type Thresholds = { readonly [K in keyof typeof DEFAULT_THRESHOLDS]: number };

export const DEFAULT_SETTINGS: Settings = { thresholds: DEFAULT_THRESHOLDS, off: [], severities: {}, roadmap: DEFAULT_ROADMAP, packs: {} };

/** The file that states them, in the folder of an architecture or above. */
export const CONFIG_NAME = 'mlarch.config.json';
