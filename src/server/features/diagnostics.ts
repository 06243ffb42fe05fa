import { DiagnosticSeverity, DiagnosticTag, type Diagnostic, type DiagnosticRelatedInformation } from 'vscode-languageserver-types';
import type { Finding, Hop, Question, Severity } from '../../analysis/finding.ts';
import type { Problem } from '../../language/problem.ts';
import type { Span } from '../../model/architecture.ts';
import type { ServerSettings } from '../../protocol/messages.ts';
import { docsUrl } from '../../report/links.ts';
import type { AnalysedSystem, Analysis, Snapshot } from '../analysis.ts';
import { comparePositions, firstLine, isShown, oneLine, ownName, plural } from './lookup.ts';

/**
 * What `mlarch check` fails at by default is an error, as it is in the annotations of a pull request, so that the
 * editor and the gate agree. Advice, of whatever severity, is a hint: nothing is wrong.
 */
const LEVELS: Readonly<Record<Severity, DiagnosticSeverity>> = {
  critical: DiagnosticSeverity.Error,
  high: DiagnosticSeverity.Error,
  medium: DiagnosticSeverity.Warning,
  low: DiagnosticSeverity.Information,
};

/** Rules that find what nothing uses, each with what its findings are about, where it finds other things too. */
const UNNECESSARY: ReadonlyMap<string, string | undefined> = new Map([
  ['accept/unused', undefined],
  ['ML08.6', 'use'],
]);

/** More in one file help nobody, and slow the editor down. */
const MOST = 1000;

/** More hops are not read one by one. */
const MOST_HOPS = 40;

/** What a diagnostic carries, so that a code action finds what it is about. */
export interface DiagnosticData {
  readonly finding?: string;
  readonly question?: string;
  readonly entry: string;
}

/**
 * The diagnostics of every file that was analysed, by URI; of one without fault an empty list. The worst come first,
 * and of those the first in the text. What two systems that share a file would say in the same words is said once.
 */
export function diagnosticsOf({ analyses }: Snapshot, settings: ServerSettings): Map<string, Diagnostic[]> {
  const files = new Map<string, Map<string, Diagnostic>>();
  // Which of two systems speaks for both must not depend on which was analysed first.
  for (const analysis of analyses.toSorted((a, b) => compare(a.entry, b.entry))) {
    for (const uri of analysis.files) if (!files.has(uri)) files.set(uri, new Map());
    for (const problem of analysis.problems) add(files, problem.span.file, ofProblem(problem));
    for (const system of analysis.systems) {
      const place = (span: Span): Span => (analysis.files.has(span.file) ? span : system.architecture.system.nameSpan);
      for (const finding of system.review.findings) {
        if (isShown(finding, settings)) add(files, place(finding.span).file, ofFinding(finding, place(finding.span), analysis));
      }
      if (settings.questions) for (const question of system.review.questions) add(files, place(question.span).file, ofQuestion(question, place(question.span), analysis));
      for (const diagnostic of failures(system)) add(files, system.architecture.system.nameSpan.file, diagnostic);
    }
  }
  return new Map([...files].map(([uri, diagnostics]) => [uri, bounded([...diagnostics.values()])]));
}

function add(files: Map<string, Map<string, Diagnostic>>, uri: string, diagnostic: Diagnostic): void {
  const { start } = diagnostic.range;
  const key = `${start.line}:${start.character} ${diagnostic.code} ${diagnostic.message}`;
  const known = files.get(uri);
  const earlier = known?.get(key);
  if (!known) files.set(uri, new Map([[key, diagnostic]]));
  else if (!earlier || level(diagnostic) < level(earlier)) known.set(key, diagnostic);
}

function ofProblem({ span, message, code, severity }: Problem): Diagnostic {
  return {
    range: span.range,
    message,
    code,
    source: 'mlarch',
    severity: severity === 'error' ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
    ...(code === 'repeated-property' ? { tags: [DiagnosticTag.Unnecessary] } : {}),
  };
}

/** The first line says what is wrong and the second what to do. Why it matters is in the hover and the documentation. */
function ofFinding(finding: Finding, { range }: Span, { entry, files }: Analysis): Diagnostic {
  const { id, rule, type, severity, message, remedy, path } = finding;
  const related = path.filter((hop) => files.has(hop.span.file)).slice(0, MOST_HOPS).map(hopInformation);
  return {
    range: firstLine(range),
    message: `${oneLine(message)}\nWhat to do: ${oneLine(remedy.title)}`,
    code: rule,
    codeDescription: { href: docsUrl(rule) },
    source: 'mlarch',
    severity: type === 'advisory' ? DiagnosticSeverity.Hint : LEVELS[severity],
    data: { finding: id, entry } satisfies DiagnosticData,
    ...(related.length > 0 ? { relatedInformation: related } : {}),
    ...(isUnnecessary(finding) ? { tags: [DiagnosticTag.Unnecessary] } : {}),
  };
}

function isUnnecessary({ id, rule, component }: Finding): boolean {
  const about = UNNECESSARY.get(rule);
  return UNNECESSARY.has(rule) && (about === undefined || id === `${rule}@${component}/${about}`);
}

function hopInformation({ component, span, note }: Hop): DiagnosticRelatedInformation {
  const name = ownName(component).replace('->', ' -> ');
  return { location: { uri: span.file, range: span.range }, message: note === undefined ? name : `${name}: ${oneLine(note)}` };
}

function ofQuestion({ id, rule, message }: Question, { range }: Span, { entry }: Analysis): Diagnostic {
  return {
    range: firstLine(range),
    message: oneLine(message),
    code: rule,
    ...(rule.startsWith('ML') ? { codeDescription: { href: docsUrl(rule) } } : {}),
    source: 'mlarch',
    severity: DiagnosticSeverity.Hint,
    data: { question: id, entry } satisfies DiagnosticData,
  };
}

/** A rule that broke says so where its system is declared; what the other rules say stands. */
function failures({ architecture, review }: AnalysedSystem): Diagnostic[] {
  return review.verdicts
    .filter(({ verdict }) => verdict === 'failed')
    .map(({ rule, because = '' }) => ({
      range: architecture.system.nameSpan.range,
      message: `Internal error of mlarch in rule ${rule}, so it was not checked; the other rules stand.\n${oneLine(because)}`.trim(),
      code: rule,
      source: 'mlarch',
      severity: DiagnosticSeverity.Warning,
    }));
}

function bounded(list: readonly Diagnostic[]): Diagnostic[] {
  const ordered = list.toSorted((a, b) => level(a) - level(b) || comparePositions(a.range.start, b.range.start) || compare(String(a.code), String(b.code)) || compare(String(a.message), String(b.message)));
  if (ordered.length <= MOST) return ordered;
  const top = { line: 0, character: 0 };
  const message = `${plural(ordered.length - MOST, 'more diagnostic')} of this file, the least severe, are not shown. mlarch check --all lists everything.`;
  return [...ordered.slice(0, MOST), { range: { start: top, end: top }, message, source: 'mlarch', code: 'too-many', severity: DiagnosticSeverity.Information }];
}

const level = ({ severity = DiagnosticSeverity.Error }: Diagnostic): number => severity;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
