import type { Review } from '../analysis/review.ts';
import type { Span } from '../model/architecture.ts';

/** What every output of a review is made from. */
export interface ReportInput {
  readonly reviews: readonly Review[];
  readonly problems: readonly TextProblem[];
  readonly tool: { readonly name: string; readonly version: string };
}

/** A fault of the text, in the form in which the language reports it. */
export interface TextProblem {
  readonly severity: 'error' | 'warning';
  readonly code: string;
  readonly message: string;
  readonly span: Span;
}

/** Orders problems by place, so that output does not depend on the order in which files were read. */
export function byPlace(a: TextProblem, b: TextProblem): number {
  const [from, to] = [a.span.range.start, b.span.range.start];
  return compareText(a.span.file, b.span.file) || from.line - to.line || from.character - to.character || compareText(a.code, b.code);
}

/** By code unit: the same on every machine, whatever its locale. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
