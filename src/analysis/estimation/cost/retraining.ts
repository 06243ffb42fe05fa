/** From the least to the most, in the same unit. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/** Retraining by hand or automated, in money. */
export interface Automation {
  /** To build it, once. */
  readonly build: Range;
  /** For one run by hand, and for one automated run. */
  readonly manualRun: Range;
  readonly automatedRun: Range;
}

/** After how many runs an automation has paid for itself. */
export interface RetrainingBreakEven {
  /** Runs with the middle of each range: infinite where an automated run saves nothing. */
  readonly runs: number;
  /** Runs in the best and in the worst corner of the ranges. */
  readonly best: number;
  readonly worst: number;
  /** Months at the given cadence. */
  readonly months?: number;
}

/** Inputs with which there is no answer, and why. */
export interface Unusable {
  readonly problem: string;
}

/**
 * build ÷ (manual − automated), from the user’s own numbers. A span such as “5 to 15 runs” that compares only like with
 * like hides the corners, so these are told.
 *
 * @param runsPerYear How often the model is retrained.
 */
export function retrainingBreakEven({ build, manualRun, automatedRun }: Automation, runsPerYear?: number): RetrainingBreakEven | Unusable {
  for (const [what, { low, high }] of [['the automation', build], ['a run by hand', manualRun], ['an automated run', automatedRun]] as const) {
    if (!(low >= 0 && high >= low) || !Number.isFinite(high)) return { problem: `${what} costs ${low} to ${high}` };
  }
  if (runsPerYear !== undefined && !(runsPerYear >= 0)) return { problem: `${runsPerYear} runs a year are made` };
  const runs = after(middle(build), middle(manualRun) - middle(automatedRun));
  return {
    runs,
    best: after(build.low, manualRun.high - automatedRun.low),
    worst: after(build.high, manualRun.low - automatedRun.high),
    ...(runsPerYear === undefined ? {} : { months: runs === 0 ? 0 : (runs / runsPerYear) * 12 }),
  };
}

const middle = ({ low, high }: Range): number => (low + high) / 2;

const after = (build: number, saved: number): number => (saved > 0 ? build / saved : build === 0 && saved === 0 ? 0 : Number.POSITIVE_INFINITY);

/** Money a year for training: what runs cost, at their cadence. Undefined where a number is missing or below zero. */
export function annualTrainingCost(perRun: Range, runsPerYear: number): Range | undefined {
  if (!(perRun.low >= 0 && perRun.high >= perRun.low && runsPerYear >= 0) || !Number.isFinite(perRun.high * runsPerYear)) return undefined;
  return { low: perRun.low * runsPerYear, high: perRun.high * runsPerYear };
}
