import { DiagnosticSeverity, DiagnosticTag, type Diagnostic } from 'vscode-languageserver-types';
import { SEVERITIES, type Finding, type Question, type Severity } from '../../analysis/finding.ts';
import type { Problem } from '../../language/problem.ts';
import type { Range } from '../../model/architecture.ts';
import type { ServerSettings } from '../../protocol/messages.ts';
import { docsUrl } from '../../report/links.ts';
import type { AnalysedSystem, Analysis, Snapshot } from '../analysis.ts';
import { ownName } from './lookup.ts';

/** What `mlarch check` fails at by default is an error, so that the editor and the pull request agree. */
const LEVELS: Readonly<Record<Severity, DiagnosticSeverity>> = {
  critical: DiagnosticSeverity.Error,
  high: DiagnosticSeverity.Error,
  medium: DiagnosticSeverity.Warning,
  low: DiagnosticSeverity.Information,
};

/** More in one file help nobody, and slow the editor down. */
const MOST = 2000;

/** What a diagnostic carries, so that a code action finds what it is about. */
export interface DiagnosticData {
  readonly finding?: string;
  readonly question?: string;
  readonly entry: string;
}

/** The diagnostics of every file that was analysed, by URI; of one without fault an empty list. */
export function diagnosticsOf({ analyses }: Snapshot, settings: ServerSettings): Map<string, Diagnostic[]> {
  const files = new Map<string, Diagnostic[]>();
  const add = (uri: string, diagnostic: Diagnostic): void => {
    const list = files.get(uri);
    if (list) list.push(diagnostic);
    else files.set(uri, [diagnostic]);
  };
  const reported = new Set<string>();
  for (const analysis of analyses) {
    for (const uri of analysis.files) if (!files.has(uri)) files.set(uri, []);
    for (const problem of analysis.problems) {
      // A fragment that two systems import has its faults once.
      const { file, range } = problem.span;
      const key = `${file}\n${range.start.line}\n${range.start.character}\n${problem.code}\n${problem.message}`;
      if (reported.has(key)) continue;
      reported.add(key);
      add(file, ofProblem(problem));
    }
    for (const system of analysis.systems) {
      for (const finding of system.review.findings) if (isShown(finding, settings)) add(finding.span.file, ofFinding(finding, analysis));
      if (settings.questions) for (const question of system.review.questions) add(question.span.file, ofQuestion(question, analysis));
      for (const diagnostic of failures(system)) add(analysis.entry, diagnostic);
    }
  }
  for (const [uri, list] of files) files.set(uri, bounded(list));
  return files;
}

const isShown = ({ severity }: Finding, settings: ServerSettings): boolean => SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(settings.minSeverity);

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

function ofFinding(finding: Finding, { entry }: Analysis): Diagnostic {
  const { id, rule, severity, message, why, remedy, span, path } = finding;
  return {
    range: firstLine(span.range),
    message: `${message}\n${why}\nWhat to do: ${remedy.title}`,
    code: rule,
    codeDescription: { href: docsUrl(rule) },
    source: 'mlarch',
    severity: LEVELS[severity],
    data: { finding: id, entry } satisfies DiagnosticData,
    ...(path.length > 0 ? { relatedInformation: path.map((hop) => ({ location: { uri: hop.span.file, range: hop.span.range }, message: hop.note === undefined ? ownName(hop.component) : `${ownName(hop.component)}: ${hop.note}` })) } : {}),
    ...(rule === 'accept/unused' || rule === 'accept/expired' ? { tags: [DiagnosticTag.Unnecessary] } : {}),
  };
}

function ofQuestion({ id, rule, message, span }: Question, { entry }: Analysis): Diagnostic {
  return {
    range: firstLine(span.range),
    message,
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
    .map(({ rule, because }) => ({
      range: architecture.system.nameSpan.range,
      message: `mlarch itself failed in rule ${rule}, which was not checked: ${because ?? ''}`,
      code: rule,
      source: 'mlarch',
      severity: DiagnosticSeverity.Warning,
    }));
}

/** A block that is at fault is underlined on its first line only. */
function firstLine({ start, end }: Range): Range {
  return start.line === end.line ? { start, end } : { start, end: { line: start.line + 1, character: 0 } };
}

function bounded(list: Diagnostic[]): Diagnostic[] {
  const ordered = list.sort((a, b) => (a.severity ?? 4) - (b.severity ?? 4) || a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character);
  if (ordered.length <= MOST) return ordered;
  const more = `${ordered.length - MOST} more findings and questions in this file are not shown; mlarch check --all lists them.`;
  const top = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  return [...ordered.slice(0, MOST), { range: top, message: more, source: 'mlarch', code: 'too-many', severity: DiagnosticSeverity.Information }];
}
