import type { Quantity } from '../../model/quantity.ts';
import type { Estimated } from '../estimation/estimated.ts';
import type { Provenance } from '../estimation/provenance.ts';
import type { Input } from '../estimation/replica.ts';
import type { ProportionTest } from './two-proportions.ts';

/**
 * What the architecture says about the experiments, rollouts and monitors that it declares. A figure that cannot be said is
 * missing, and `reasons` says why under its name. The ends of a figure are not percentiles: they are the least and the most
 * over the ranges that are declared and over what is left open (whether a share rises or falls, how large a reference is).
 */
export interface DeclaredPlans {
  readonly experiments: readonly DeclaredComparison[];
  readonly monitors: readonly DeclaredMonitor[];
}

/** Counts have the unit 1, times s, differences 1 (0.01 is a percentage point). */
export interface ComparisonFigures {
  /** Units that the smaller arm needs. */
  readonly perArm: Estimated;
  /** The same in all arms together. */
  readonly total: Estimated;
  /** Until they have taken part, at the mean traffic; of a rollout: in its largest step. */
  readonly time: Estimated;
  /** Units that the smaller arm sees in the time that is declared; of a rollout: in its largest step. */
  readonly seen: Estimated;
  /** The smallest absolute difference that so many show (minimum detectable effect). */
  readonly detectable: Estimated;
  /** Units in all arms at most, with five looks after O'Brien and Fleming. */
  readonly sequentialTotal: Estimated;
  /** The same in the mean, where the difference is there and one stops when it is found. */
  readonly sequentialExpected: Estimated;
}

export interface DeclaredComparison extends Partial<ComparisonFigures> {
  readonly component: string;
  readonly kind: 'experiment' | 'rollout';
  /** Where the traffic is counted: a service, an agent or a gateway. */
  readonly counted?: string;
  readonly unit: Unit;
  readonly arms: number;
  /** Share of the traffic that the smaller arm gets. */
  readonly share: Quantity;
  /** The declared time: of an experiment its duration, of a rollout that of a step. */
  readonly declaredTime?: Quantity;
  /** What the sample is for. */
  readonly aim: Aim;
  /** The most units that the smaller arm can see in that time, where what is declared bounds it. */
  readonly most?: Most;
  /** First step of a rollout, where it is not the largest. */
  readonly first?: Step;
  readonly reasons: Readonly<Partial<Record<keyof ComparisonFigures, string>>>;
}

/** What is assigned to an arm; `unknown` where nobody says it. */
export type Unit = 'user' | 'session' | 'request' | 'account' | 'region' | 'device' | 'unknown';

/** A difference that must be seen, or a number of units that was settled on elsewhere. */
export interface Aim {
  readonly difference?: Quantity;
  readonly from?: Quantity;
  readonly sample?: Quantity;
}

export interface Most {
  readonly units: number;
  /** What bounds it. */
  readonly of: 'users' | 'requests';
}

export interface Step extends Partial<Pick<ComparisonFigures, 'perArm' | 'seen'>> {
  /** Share of the traffic that its smaller arm gets. */
  readonly share: Quantity;
  readonly most?: Most;
}

/** Counts have the unit 1, times s, shifts sd (standard deviations of a feature), alarms 1/month; statistics have the unit 1. */
export interface MonitorFigures {
  readonly rowsPerWindow: Estimated;
  /** Rows from which on chance alone stays below the threshold in 19 of 20 checks. */
  readonly neededRows: Estimated;
  /** Value of the statistic at which it speaks. */
  readonly threshold: Estimated;
  /** Mean of the statistic while nothing changes. */
  readonly nullMean: Estimated;
  /** The value that it exceeds in one of 20 checks while nothing changes. */
  readonly nullP95: Estimated;
  /** Chance that one feature speaks at one check while nothing changes. */
  readonly falseAlarmChance: Estimated;
  readonly falseAlarmsPerMonth: Estimated;
  /** Threshold at which one false alarm a month is expected from all features together. */
  readonly monthlyThreshold: Estimated;
  /** Shift of the mean of a normal feature that one check sees with a power of 80 %. */
  readonly smallestShift: Estimated;
  /** From such a shift to the alarm, in the mean. */
  readonly detectionDelay: Estimated;
}

export interface DeclaredMonitor extends Partial<MonitorFigures> {
  readonly component: string;
  readonly test: string;
  readonly counted?: string;
  readonly window?: Quantity;
  readonly every?: Quantity;
  readonly features: Quantity;
  readonly assumptions: readonly string[];
  readonly suggestions: readonly string[];
  readonly reasons: Readonly<Partial<Record<keyof MonitorFigures, string>>>;
}

/** What a figure was made from. */
export interface Origin {
  readonly inputs: readonly Input[];
  readonly assumptions: readonly string[];
  readonly provenance: Provenance;
}

/** A figure between its ends. */
export const figure = (value: number, { low, high }: { readonly low: number; readonly high: number }, unit: string, formula: string, { inputs, assumptions, provenance }: Origin, bound?: Estimated['bound']): Estimated => ({
  value,
  low: Math.min(low, value),
  high: Math.max(high, value),
  unit,
  provenance,
  ...(bound && { bound }),
  formula,
  inputs,
  assumptions,
});

export const joined = (...origins: readonly Origin[]): Origin => ({
  inputs: [...new Map(origins.flatMap(({ inputs }) => inputs).map((input) => [`${input.component}.${input.property}`, input])).values()],
  assumptions: [...new Set(origins.flatMap(({ assumptions }) => assumptions))],
  provenance: origins.some(({ provenance }) => provenance === 'assumed') ? 'assumed' : 'measured',
});

/** Tests of a share: 5 % significance of both sides together, 80 % power. */
export const LEVEL = { alpha: 0.05, power: 0.8 } as const satisfies Partial<ProportionTest> & { power: number };
