import { checksOf } from '../analysis/checklist.ts';
import type { Check } from '../analysis/rule.ts';
import type { Review } from '../analysis/review.ts';
import type { Finding } from '../analysis/finding.ts';
import type { Architecture, Span } from '../model/architecture.ts';
import { explanationMarkdown, explanationOf } from './explain.ts';
import type { TextProblem } from './report-input.ts';
import { answerFindings } from './tool-findings.ts';
import { answerFigures } from './tool-figures.ts';
import { listOf, oneLine } from './tool-text.ts';
import { readArguments, toolNamed, TOOLS, type ToolArguments } from './tool-definitions.ts';
import { answerValidate } from './tool-validate.ts';

/** What the tools answer from. */
export interface ToolInput {
  readonly reviews: readonly Review[];
  readonly problems: readonly TextProblem[];
  readonly architectures: readonly Architecture[];
  /** How a file is named to the model; as in its spans, if left out. */
  readonly display?: (file: string) => string;
  /** The remedy of a finding as edits of the text; none, if left out. */
  readonly editsOf?: (finding: Finding) => readonly ToolEdit[];
}

export interface ToolEdit {
  readonly span: Span;
  /** What stands there now, and what is to stand there. */
  readonly before: string;
  readonly text: string;
}

/** An answer for a language model. With `isError`, the text says what was wrong with the call and what to do. */
export interface ToolAnswer {
  readonly text: string;
  readonly isError: boolean;
}

/** Answers a call of a tool. The arguments are those that the model gave, unchecked; `path` is the caller's business (see `withinPath`). */
export function toolAnswer(name: string, given: unknown, input: ToolInput): ToolAnswer {
  const definition = toolNamed(name);
  if (!definition) return failed(`There is no tool ${oneLine(name, 80)}. Tools: ${TOOLS.map((tool) => tool.name).join(', ')}.`);
  const read = readArguments(definition, given);
  if ('error' in read) return failed(read.error);
  switch (definition.name) {
    case 'mlarch_validate':
      return answered(answerValidate(input));
    case 'mlarch_findings':
      return fromResult(answerFindings(input, read.arguments));
    case 'mlarch_explain':
      return explain(read.arguments, checksOf(input.reviews));
    case 'mlarch_estimate':
      return fromResult(answerFigures(input, read.arguments));
  }
}

export const failed = (text: string): ToolAnswer => ({ text, isError: true });
const answered = (text: string): ToolAnswer => ({ text, isError: false });
const fromResult = (result: string | { readonly error: string }): ToolAnswer => (typeof result === 'string' ? answered(result) : failed(result.error));

function explain({ id }: ToolArguments, checks: readonly Check[]): ToolAnswer {
  if (id === undefined) return answered(checks.map((check) => `${check.id} ${check.custom ? oneLine(check.title, 200) : check.title}: ${check.question}`).join('\n'));
  const explanation = explanationOf(String(id), checks);
  if (explanation) return answered(explanationMarkdown(explanation).trimEnd());
  return failed(`There is no check or rule ${oneLine(String(id), 40)}. Checks are ML01 to ML20, with rules ML09.1, ML09.2 and so on; criteria beyond them are REL-01, DG-04 and so on, in groups REL, DG. Call mlarch_explain without id for the list.`);
}

/**
 * The part of the input that stands in a file or folder, for callers that hold a whole workspace: its systems, with every
 * problem of the files they are made of where `filesOf` names those. Files may be URIs. A path is absolute, or a run of folders and perhaps a file name.
 */
export function withinPath(input: ToolInput, path: string, filesOf: (review: Review) => readonly string[] = ({ file }) => [file]): ToolInput | { readonly error: string } {
  const shown = (file: string): string => (input.display ?? String)(file).replaceAll('\\', '/');
  const wanted = path.replaceAll('\\', '/').replace(/^\.\//, '').replace(/\/+$/, '');
  if (wanted === '' || wanted === '.') return input;
  const isAbsolute = /^([a-z]:)?\//i.test(wanted);
  const isWithin = (file: string): boolean => [shown(file), pathOfUri(file)].some((name) => (isAbsolute ? `${name}/`.startsWith(`${wanted}/`) : `/${name}/`.includes(`/${wanted}/`)));
  const reviews = input.reviews.filter((review) => filesOf(review).some(isWithin));
  const files = new Set(reviews.flatMap((review) => [...filesOf(review)]));
  const problems = input.problems.filter(({ span }) => files.has(span.file) || isWithin(span.file));
  if (reviews.length > 0 || problems.length > 0) return { ...input, reviews, problems, architectures: input.architectures.filter(({ system }) => reviews.some((review) => review.system === system.name && review.file === system.span.file)) };
  const known = [...new Set(input.reviews.map((review) => shown(review.file)))];
  return { error: `No system is declared in ${oneLine(path, 200)}. ${known.length > 0 ? `Systems are declared in ${listOf(known, 20)}.` : 'No .mlarch file of the workspace declares one.'}` };
}

/** `file:///c%3A/a.mlarch` → `c:/a.mlarch`; what is no URI stays as it is. */
function pathOfUri(file: string): string {
  const path = /^[a-z][a-z0-9+.-]+:\/\/[^/]*(\/.*)$/i.exec(file)?.[1];
  if (path === undefined) return file.replaceAll('\\', '/');
  try {
    return decodeURIComponent(path).replace(/^\/(?=[a-z]:)/i, '');
  } catch {
    return path;
  }
}
