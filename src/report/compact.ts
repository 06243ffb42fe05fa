import type { Finding, Question, Severity } from '../analysis/finding.ts';
import type { Span } from '../model/architecture.ts';
import { oneLine } from './escape-markdown.ts';
import { byPlace, type ReportInput } from './report-input.ts';

const WORDS: Readonly<Record<Severity, 'error' | 'warning' | 'info'>> = { critical: 'error', high: 'error', medium: 'warning', low: 'info' };

/**
 * One line for each item, as compilers write them, so that problem matchers, quickfix lists and `grep` can read them:
 * `main.mlarch:12:5: error: [ML09.1 critical] message`. Problems of the text come first, by place, then the findings of
 * each system from critical to low, then its questions.
 */
export function compact({ reviews, problems }: ReportInput): string {
  const lines = [
    ...[...problems].sort(byPlace).map(({ severity, code, message, span }) => line(span, severity, code, message)),
    ...reviews.flatMap(({ findings, questions, verdicts, file }) => [
      ...findings.map(ofFinding),
      ...questions.map(ofQuestion),
      ...verdicts.filter(({ verdict }) => verdict === 'failed').map(({ rule, because = '' }) => line(topOf(file), 'error', `${rule} failed`, `The rule could not be run: ${because}. This is a fault of mlarch; the other rules stand.`)),
    ]),
  ];
  return lines.join('');
}

const ofFinding = ({ rule, severity, message, span }: Finding): string => line(span, WORDS[severity], `${rule} ${severity}`, message);

const ofQuestion = ({ rule, message, span }: Question): string => line(span, 'info', `${rule} question`, message);

const topOf = (file: string): Span => ({ file, range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } } });

/** Whatever stands in a file, its text keeps to its line. */
function line({ file, range }: Span, word: 'error' | 'warning' | 'info', code: string, message: string): string {
  return `${oneLine(file)}:${range.start.line + 1}:${range.start.character + 1}: ${word}: [${oneLine(code)}] ${oneLine(message)}\n`;
}
