import type { Finding, Severity } from '../analysis/finding.ts';
import type { Review } from '../analysis/review.ts';
import type { Span } from '../model/architecture.ts';
import { byPlace, type ReportInput } from './report-input.ts';

const COMMANDS: Readonly<Record<Severity, 'error' | 'warning' | 'notice'>> = { critical: 'error', high: 'error', medium: 'warning', low: 'notice' };

/**
 * Workflow commands, one a line, which GitHub shows as annotations of the changed files. It shows only the first ten
 * of each kind in a step: problems of the text come first, then findings, the most severe before the others.
 */
export function githubAnnotations({ reviews, problems }: ReportInput): string {
  const lines = [
    ...[...problems].sort(byPlace).map(({ severity, code, message, span }) => command(severity, span, `mlarch ${code}`, message)),
    ...reviews.flatMap((review) => review.findings.map(annotation)),
    ...reviews.map(summary),
  ];
  return lines.join('');
}

function annotation({ rule, severity, component, message, why, remedy, span }: Finding): string {
  return command(COMMANDS[severity], span, `${rule} ${severity}: ${component}`, `${message}\nWhy: ${why}\nRemedy: ${remedy.title}`);
}

/** What has no place of its own in the list of annotations is at least counted. */
function summary({ system, file, score, findings, questions, accepted, notApplicable }: Review): string {
  const top = { line: 0, character: 0 };
  const { assured, potential } = score.index;
  const text = [
    `${score.headline}: readiness ${assured} to ${potential} of 4, bar ${score.bar}.`,
    `${findings.length} findings, ${questions.length} open questions, ${accepted.length} accepted risks, ${notApplicable.length} points that do not apply.`,
    ...accepted.map(({ finding, because, by, until }) => `Accepted: ${finding.rule} ${finding.component} (${finding.severity}): ${because} (${by}, until ${until})`),
  ];
  return command('notice', { file, range: { start: top, end: top } }, `mlarch review of ${system}`, text.join('\n'));
}

function command(name: 'error' | 'warning' | 'notice', { file, range: { start, end } }: Span, title: string, message: string): string {
  // Columns count only where a place is within one line.
  const columns = start.line === end.line ? { col: start.character + 1, endColumn: Math.max(end.character, start.character + 1) } : {};
  const values = { file, line: start.line + 1, endLine: end.line + 1, ...columns, title };
  const properties = Object.entries(values).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${name} ${properties.join(',')}::${escapeData(message)}\n`;
}

/** As the runner reads it back: the percent sign first, or it would be escaped twice. */
const escapeData = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
