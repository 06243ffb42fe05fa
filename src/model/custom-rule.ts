import type { Quantity } from './quantity.ts';
import type { Span } from './span.ts';
import type { Kind } from './vocabulary/vocabulary.ts';

/** A rule that a team declared in the language, as plain data. It knows neither syntax nor files beyond its spans. */
export interface CustomRule {
  /** `ACME-01`: a prefix of its own, a dash, a number. */
  readonly id: string;
  readonly title: string;
  /** Why it matters: the comment before the rule. */
  readonly why: string;
  /** Title of the group of its prefix, from the comment at the head of its file. */
  readonly group?: string;
  readonly type: 'gap' | 'weak' | 'contradiction';
  readonly severity: 'low' | 'medium' | 'high' | 'critical';
  /** The context of a system does not move the severity. */
  readonly fixed: boolean;
  readonly effort: 'S' | 'M' | 'L';
  readonly subjects: Subjects;
  /** What has to hold of each subject. */
  readonly require: Condition;
  /** With placeholders in braces; see `PLACEHOLDERS`. */
  readonly message: string;
  readonly remedy?: string;
  /** Properties of the subject that would put it right. */
  readonly set: readonly { readonly property: string; readonly value: unknown }[];
  readonly sources: readonly string[];
  readonly span: Span;
  readonly nameSpan: Span;
}

/** What a rule looks at: the system, each of its flows, or components. */
export type Subjects = ({ readonly of: 'system' | 'flow' } & Choice) | ({ readonly of: 'components' } & Selector);

/** What is chosen by what it declares. */
export interface Choice {
  /** Has to hold; where it is not known, nothing is chosen. */
  readonly where?: Condition;
  /** Leaves out what is declared to be so: an exception has to be claimed. */
  readonly except?: Condition;
}

/** Components by kind, variant and what is declared of them. */
export interface Selector extends Choice {
  /** Every kind, if empty. */
  readonly kinds: readonly Kind[];
  readonly variant?: string;
  /** As it was written, for messages. */
  readonly text: string;
}

export type Relation = 'reaches' | 'reached-by' | 'calls' | 'called-by' | 'dominates' | 'dominated-by';
export type Comparison = '<' | '<=' | '>' | '>=' | '=';

/** A condition on an element. It is true, false, or not known, where nobody declared what it asks for. */
export type Condition =
  | { readonly op: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly op: 'not'; readonly part: Condition }
  /** The property is declared, whatever it says. */
  | { readonly op: 'declared'; readonly property: PropertyPath }
  /** It is there: not `none`, not `no`. */
  | { readonly op: 'present'; readonly property: PropertyPath }
  /** It has one of the values. */
  | { readonly op: 'is'; readonly property: PropertyPath; readonly values: readonly (string | boolean)[] }
  /** The list holds all of the members, or any of them. */
  | { readonly op: 'has'; readonly property: PropertyPath; readonly members: readonly string[]; readonly any: boolean }
  | { readonly op: 'compare'; readonly property: PropertyPath; readonly comparison: Comparison; readonly quantity: Quantity; readonly written: string }
  /** There is such a component in the system. */
  | { readonly op: 'some'; readonly selector: Selector }
  | { readonly op: 'related'; readonly relation: Relation; readonly selector: Selector }
  /** Every way from the subject to the others (or from them to it) passes a gate. */
  | { readonly op: 'every-path'; readonly direction: 'to' | 'from'; readonly others: Selector; readonly gates: Selector };

/** The key of a property, and of a field of it where it is a record: `slo.p99`. */
export interface PropertyPath {
  readonly key: string;
  readonly field?: string;
}

/** What a message may name: the subject, its kind, the system, the component at the other end of a relation, the way to it. */
export const PLACEHOLDERS = ['name', 'kind', 'system', 'target', 'path'] as const;

export const RULE_ID = /^[A-Z][A-Z0-9]*-\d+$/;

/** `ACME` of `ACME-01`. */
export const prefixOf = (id: string): string => id.slice(0, id.lastIndexOf('-'));

export const pathText = ({ key, field }: PropertyPath): string => (field === undefined ? key : `${key}.${field}`);

/** Prefixes of the ids of the checks and criteria that every review has. */
export const RESERVED_PREFIXES: ReadonlySet<string> = new Set(['ML', 'DG', 'SEC', 'LLM', 'RAG', 'AGT', 'REL', 'COST', 'CICD', 'EVAL', 'EDGE', 'BATCH', 'LOOP', 'OWN', 'COMP']);

/** Whether an id, of a rule or of a group, is of a team and not of the checklist. */
export const isOfTeam = (id: string): boolean => /^[A-Z][A-Z0-9]*(?:-\d+)?$/.test(id) && !/^ML\d/.test(id) && !RESERVED_PREFIXES.has(id.split('-')[0] ?? '');
