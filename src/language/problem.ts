import type { Span } from '../model/architecture.ts';

/** Something in the text that cannot be what the author meant: shown at the place, with what to do. */
export interface Problem {
  readonly severity: 'error' | 'warning';
  readonly code: ProblemCode;
  readonly message: string;
  readonly span: Span;
  /** What the author most likely meant, to be put in place of the span. */
  readonly instead?: string;
  /** What can be taken out to put it right. */
  readonly removable?: Removable;
}

export interface Removable {
  readonly span: Span;
  /** It says only what is said elsewhere. */
  readonly redundant: boolean;
}

export const PROBLEM_CODES = {
  syntax: 'The text does not follow the grammar.',
  'unterminated-string': 'A string is not closed on its line.',
  'unknown-property': 'The kind has no such property.',
  'unknown-variant': 'The kind has no such variant.',
  'repeated-property': 'A property is stated twice.',
  'missing-value': 'A property lacks its value.',
  'unexpected-value': 'There is more on the line than the property takes.',
  'wrong-type': 'A value is of another type than the property takes.',
  'wrong-unit': 'A quantity has a unit of another dimension, or none.',
  'unknown-unit': 'There is no such unit.',
  'out-of-range': 'A quantity is outside what is possible.',
  'contradictory-values': 'Two values of a declaration cannot both hold.',
  'invalid-date': 'There is no such day.',
  'unknown-word': 'A word is not among those that the property takes.',
  'unresolved-name': 'Nothing of that name is declared or imported.',
  'wrong-kind': 'A name refers to something of another kind than the property takes.',
  'unknown-catalogue-entry': 'The catalogue has no such entry.',
  'duplicate-name': 'Two declarations have the same name.',
  'reserved-name': 'A name that cannot be used.',
  'unresolved-import': 'An imported file cannot be read.',
  'import-cycle': 'Files import each other in a circle.',
  'not-exported': 'An imported file does not declare the name.',
  'missing-evidence': 'A path given as evidence does not exist.',
  'invalid-configuration': 'The configuration file is not as its schema says.',
  'failing-test': 'The test of a rule does not come out as it says.',
  'no-system': 'A file declares nothing to review.',
} as const;

export type ProblemCode = keyof typeof PROBLEM_CODES;
