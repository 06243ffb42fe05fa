import type { Change, Span } from '../model/architecture.ts';

/** What a review says. Plain data: the same objects reach the editor, the command line and the reports. */

export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

export const FINDING_TYPES = ['contradiction', 'gap', 'weak', 'advisory'] as const;
/**
 * `contradiction`: declared facts cannot all hold. `gap`: declared absent, or absent from a complete part.
 * `weak`: present but not enough. `advisory`: more than is needed, or a saving.
 */
export type FindingType = (typeof FINDING_TYPES)[number];

/** How sure a finding is: what a contradiction states follows from the declaration alone. */
export const CONFIDENCE: Readonly<Record<FindingType, number>> = { contradiction: 1, gap: 0.9, weak: 0.7, advisory: 0.7 };

export interface Finding {
  /** `ML09.3@CardFraud.Scorer`: rule and element, never a line number. */
  readonly id: string;
  readonly rule: string;
  readonly check: string;
  readonly type: FindingType;
  readonly severity: Severity;
  readonly confidence: number;
  /** What is wrong, with the values that show it. */
  readonly message: string;
  /** Why it matters here. */
  readonly why: string;
  /** `CardFraud.Scorer`, or `CardFraud` for the system. */
  readonly component: string;
  readonly span: Span;
  /** The elements that prove it, hop by hop. */
  readonly path: readonly Hop[];
  readonly remedy: Remedy;
  /** It is about something that the file says nobody knows; whether it is there is open. */
  readonly statedUnknown?: true;
}

export interface Hop {
  readonly component: string;
  readonly span: Span;
  /** What this hop adds to the proof, e.g. `p50 40 ms`. */
  readonly note?: string;
}

export interface Remedy {
  readonly title: string;
  /** Empty where the remedy is an action outside the file. */
  readonly changes: readonly Change[];
  readonly effort: Effort;
  /** What gets better. */
  readonly impact: string;
  /** Rules whose findings should be closed first. */
  readonly prerequisites: readonly string[];
}

/** Person-days. S is up to a week, M one to four weeks, L more. */
export interface Effort {
  readonly size: 'S' | 'M' | 'L';
  readonly days: { readonly low: number; readonly likely: number; readonly high: number };
}

export const EFFORTS: Readonly<Record<Effort['size'], Effort>> = {
  S: { size: 'S', days: { low: 1, likely: 3, high: 5 } },
  M: { size: 'M', days: { low: 5, likely: 10, high: 20 } },
  L: { size: 'L', days: { low: 20, likely: 40, high: 80 } },
};

/** Something that nobody said and that the review needs to know. */
export interface Question {
  readonly id: string;
  readonly rule: string;
  readonly check: string;
  readonly message: string;
  readonly component: string;
  readonly span: Span;
  /** The property that would answer it. */
  readonly property?: string;
  /** Expected risk removed for each minute of answering; orders the questions. */
  readonly value: number;
}

export interface NotApplicable {
  readonly rule: string;
  readonly check: string;
  readonly component?: string;
  readonly because: string;
}

export interface AcceptedRisk {
  readonly finding: Finding;
  readonly because: string;
  readonly by: string;
  readonly until: string;
  readonly span: Span;
}
