import type { Architecture, Change, Component, Element, Evidence, Span } from '../model/architecture.ts';
import type { Pack } from './criteria/packs.ts';
import type { Settings } from './settings.ts';
import type { Effort, FindingType, Hop, Severity } from './finding.ts';

/** A check is one of the 20 points of the review, or a group of the criteria beyond them; its rules are what can be decided. */
export interface Check {
  /** `ML09` */
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly category: Category;
  readonly question: string;
  readonly redFlag: string;
  /** What kind of failure its findings lead to; weighs the risk. */
  readonly failureMode: FailureMode;
  /** Ids in public frameworks that ask the same. */
  readonly sources: readonly string[];
  /** True, or why the check does not apply to this system. */
  applies(context: Context): true | string;
  readonly rules: readonly Rule[];
  /** Its rules are criteria of the wider checklist: they are counted by themselves and do not enter the score. */
  readonly beyond?: true;
  /** Its rules are of the team's own; there are no pages about them. */
  readonly custom?: true;
}

export interface Rule {
  /** `ML09.3`; never changes its meaning. */
  readonly id: string;
  readonly slug: string;
  /** One line, under 100 characters. */
  readonly title: string;
  readonly type: FindingType;
  readonly severity: Severity;
  readonly why: string;
  readonly remediation: string;
  readonly effort: Effort['size'];
  /** When a finding may be wrong, and how to say so in the file. */
  readonly falsePositives: string;
  /** Not every finding may be accepted; true if left out. */
  readonly acceptable?: boolean;
  /** Ids in public frameworks that ask the same, with their edition; those of its check if left out. */
  readonly sources?: readonly string[];
  /** What its findings lead to, where that differs from its check. */
  readonly failureMode?: FailureMode;
  /** The pack that switches it on; always on if left out. */
  readonly pack?: Pack;
  /** It is about personal data, security or law: an early stage does not make its findings milder. */
  readonly counts?: 'at every stage';
  /** The context does not move the severity of its findings. */
  readonly fixed?: true;
  /** True, or why it does not apply to this system. */
  applies?(context: Context): true | string;
  evaluate(context: Context): Iterable<Outcome>;
}

/** A rule of the wider checklist: a criterion by itself, with its own sources and its own reason to apply. */
export interface Criterion extends Rule {
  readonly sources: readonly string[];
  applies(context: Context): true | string;
}

/** Ids in public frameworks that ask the same as the rule, or as its check. */
export const sourcesOf = (check: Check, rule: Rule): readonly string[] => rule.sources ?? check.sources;

export const CATEGORIES = {
  training: 'Training infrastructure',
  data: 'Data pipeline',
  serving: 'Serving',
  monitoring: 'Monitoring',
  deployment: 'Deployment and operations',
} as const;
export type Category = keyof typeof CATEGORIES;

export const BEYOND = 'Beyond the 20 checks';
/** The parts of the checklist in order: the categories of the 20 checks, then the criteria beyond them. */
export const PARTS: readonly string[] = [...Object.values(CATEGORIES), BEYOND];
export const partOf = ({ beyond, category }: Check): string => (beyond ? BEYOND : CATEGORIES[category]);

/** Weights are ordinal: they say which failures are commoner, not how likely one is. */
export const FAILURE_MODES = {
  reproducibility: 0.45,
  skew: 0.4,
  drift: 0.35,
  leakage: 0.3,
  data_quality: 0.3,
  infrastructure: 0.35,
  cost: 0.25,
  rollout: 0.15,
  imbalance: 0.3,
  /** No source weighs it; it is taken to be as common as runaway cost. */
  security: 0.25,
} as const;
export type FailureMode = keyof typeof FAILURE_MODES;

export interface Context {
  readonly architecture: Architecture;
  readonly settings: Settings;
  /** The day of the review, `2026-11-21`. */
  readonly today: string;
}

/** What a rule says of one subject. */
export type Outcome = FindingOutcome | QuestionOutcome | SatisfiedOutcome | NotApplicableOutcome;

export interface FindingDetails {
  readonly message: string;
  /** Replaces the rule’s general reason by one in this system’s own numbers. */
  readonly why?: string;
  /** Replaces the rule’s base severity, before the context moves it. */
  readonly severity?: Severity;
  /** Which of the three reasons for Critical holds; without one a finding is at most High. */
  readonly critical?: 'silent' | 'outage' | 'harm';
  /** Nobody would notice: no monitor sees the effect. */
  readonly silent?: boolean;
  /** Something independent already detects or absorbs it. */
  readonly mitigated?: boolean;
  readonly path?: readonly Hop[];
  /** The property that is wrong: the finding is shown there and not on the name. */
  readonly at?: string;
  readonly span?: Span;
  /** Tells two findings of one rule on one element apart; part of the id. */
  readonly about?: string;
  readonly remedy?: string;
  readonly changes?: readonly Change[];
  readonly impact?: string;
  readonly effort?: Effort['size'];
  readonly prerequisites?: readonly string[];
}

export interface FindingOutcome extends FindingDetails {
  readonly outcome: FindingType;
  readonly subject: Element;
}

export interface QuestionOutcome {
  readonly outcome: 'question';
  readonly subject: Element;
  readonly property?: string;
  readonly message: string;
  readonly about?: string;
  /** The team said `unknown`: at high criticality in production that is a weakness of its own. */
  readonly statedUnknown?: boolean;
}

/** How well something satisfied is backed. */
export type Basis = 'declared' | 'linked' | 'verified';

export interface SatisfiedOutcome {
  readonly outcome: 'satisfied';
  readonly subject: Element;
  readonly basis: Basis;
  /** Why it is satisfied, where that is not obvious. */
  readonly because?: string;
}

export interface NotApplicableOutcome {
  readonly outcome: 'not-applicable';
  readonly subject?: Element;
  readonly because: string;
}

export const contradiction = (subject: Element, details: FindingDetails): FindingOutcome => ({ outcome: 'contradiction', subject, ...details });
export const gap = (subject: Element, details: FindingDetails): FindingOutcome => ({ outcome: 'gap', subject, ...details });
export const weak = (subject: Element, details: FindingDetails): FindingOutcome => ({ outcome: 'weak', subject, ...details });
export const advice = (subject: Element, details: FindingDetails): FindingOutcome => ({ outcome: 'advisory', subject, ...details });

export const question = (subject: Element, property: string | undefined, message: string, about?: string): QuestionOutcome => ({
  outcome: 'question',
  subject,
  property,
  message,
  about,
});

export const notApplicable = (because: string, subject?: Element): NotApplicableOutcome => ({ outcome: 'not-applicable', because, subject });

export function satisfied(subject: Element, options: { because?: string; evidence?: readonly Evidence[] } = {}): SatisfiedOutcome {
  return { outcome: 'satisfied', subject, basis: basisOf(options.evidence), because: options.because };
}

export function basisOf(evidence: readonly Evidence[] | undefined): Basis {
  if (!evidence?.length) return 'declared';
  return evidence.some((item) => item.status === 'found') ? 'verified' : 'linked';
}

export type { Component };
