import type { Change } from '../../model/architecture.ts';
import type { Finding } from '../finding.ts';

/** Something to be done that closes findings: the remedies of one rule on all it is about, or of several rules that ask for the same. */
export interface Action {
  /** The most severe finding it was made for, which names it: `ML09.3@CardFraud.Scorer`. */
  readonly id: string;
  readonly title: string;
  /** Whose remedy it carries, most severe first. All of them are gone once it is done. */
  readonly findings: readonly Finding[];
  /** Empty where the action is outside the file: a load test, a runbook. */
  readonly changes: readonly Change[];
  /** Person-days: the sum over what it is done to. */
  readonly effort: { readonly size: 'S' | 'M' | 'L'; readonly days: Days };
  /** Actions that come before it. */
  readonly prerequisites: readonly string[];
  /** Who answers for what it is about, where the file says so. */
  readonly owner?: string;
}

export interface Days {
  readonly low: number;
  readonly likely: number;
  readonly high: number;
}
