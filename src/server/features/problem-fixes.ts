import { CodeActionKind, type CodeAction, type Diagnostic } from 'vscode-languageserver-types';
import type { TextEdit } from '../../language/printing/change-edits.ts';
import type { Problem, ProblemCode } from '../../language/problem.ts';
import type { Range } from '../../model/architecture.ts';
import type { Snapshot } from '../analysis.ts';
import { apart, removal, workspaceEdit } from './edits.ts';
import { comparePositions, findingsIn, isAt, type Found } from './lookup.ts';

/** What each problem at a place can be put right with: the word that was meant, or taking out what stands there twice. */
export function problemActions({ analyses, textOf }: Snapshot, uri: string, range: Range, diagnostics: readonly Diagnostic[]): CodeAction[] {
  const problems = analyses.flatMap((analysis) => analysis.problems).filter(({ span }) => isAt(span, uri, range));
  return distinct(problems).flatMap((problem) => {
    const edit = problemEdit(problem, textOf);
    if (!edit) return [];
    const title = problem.instead === undefined ? 'Remove the repeated statement' : `Change to ${problem.instead}`;
    const linked = diagnosticsOf(problem, diagnostics);
    return [{ title, kind: CodeActionKind.QuickFix, isPreferred: true, ...(linked.length > 0 ? { diagnostics: linked } : {}), edit: workspaceEdit([edit]) }];
  });
}

/** The same fragment may have been read for several systems. */
const distinct = (problems: readonly Problem[]): Problem[] => [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];

export const diagnosticsOf = ({ code, span }: Problem, diagnostics: readonly Diagnostic[]): Diagnostic[] =>
  diagnostics.filter((diagnostic) => diagnostic.code === code && comparePositions(diagnostic.range.start, span.range.start) === 0);

function problemEdit({ span, instead, removable }: Problem, textOf: Snapshot['textOf']): TextEdit | undefined {
  if (instead !== undefined) return { span, text: instead };
  return removable && removal(textOf(removable.span.file), removable.span);
}

/**
 * What can be corrected in a file without anybody looking: misspelt words of the language, statements that say again
 * what was said, acceptances that match nothing. None of it says anything new of the system. Names, units and entries
 * of the catalogue are left alone, since the nearest one may be another thing; and remedies declare what is not there
 * yet, so somebody has to mean them.
 */
export function safeEdits(snapshot: Snapshot, uri: string): TextEdit[] {
  const { analyses, textOf } = snapshot;
  const problems = distinct(analyses.flatMap((analysis) => analysis.problems).filter(({ span }) => span.file === uri));
  const corrections = problems.filter((problem) => problem.removable?.redundant ?? isSlip(problem, textOf)).flatMap((problem) => problemEdit(problem, textOf) ?? []);
  const unused = [...findingsIn(snapshot)].filter((found) => found.finding.span.file === uri && isSurelyUnused(found));
  return apart([...corrections, ...unused.map((found) => removal(textOf(uri), found.finding.span))]);
}

/** Words that the language itself fixes. */
const WORDS: ReadonlySet<ProblemCode> = new Set(['unknown-property', 'unknown-variant', 'unknown-word']);
const SHORTEST = 5;

/** Whether a word of the language is off by its case or by one letter, and too long to be near another by chance. */
function isSlip({ code, span, instead }: Problem, textOf: Snapshot['textOf']): boolean {
  if (instead === undefined || !WORDS.has(code) || span.range.start.line !== span.range.end.line) return false;
  const line = textOf(span.file).split('\n')[span.range.start.line] ?? '';
  const word = line.slice(span.range.start.character, span.range.end.character).toLowerCase();
  return word === instead || (Math.min(word.length, instead.length) >= SHORTEST && !/\d/.test(word + instead) && isOneSlip(word, instead));
}

/** One letter too many, too few or another, or two that changed places. */
function isOneSlip(a: string, b: string): boolean {
  let start = 0;
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start += 1;
  const [restA, restB] = [a.slice(start), b.slice(start)];
  return restA.slice(1) === restB.slice(1) || restA === restB.slice(1) || restA.slice(1) === restB || (restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2));
}

/** Whether an acceptance would match nothing even if all of the file could be read and every rule had run. */
export function isSurelyUnused({ finding, analysis, system }: Found): boolean {
  if (finding.rule !== 'accept/unused') return false;
  return !analysis.problems.some(({ severity }) => severity === 'error') && !system.review.verdicts.some(({ verdict }) => verdict === 'failed');
}
