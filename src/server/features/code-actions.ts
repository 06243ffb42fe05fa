import { CodeActionKind, type CodeAction, type Diagnostic, type WorkspaceEdit } from 'vscode-languageserver-types';
import type { Problem } from '../../language/problem.ts';
import type { TextEdit } from '../../language/printing/change-edits.ts';
import type { Range } from '../../model/architecture.ts';
import { COMMANDS } from '../../protocol/messages.ts';
import { isAcceptable } from '../../analysis/acceptance.ts';
import type { Snapshot } from '../analysis.ts';
import { acceptanceEdit } from './accept-risk.ts';
import type { DiagnosticData } from './diagnostics.ts';
import { remedyEdits, togetherEdits, touches, workspaceEdit } from './edits.ts';
import { findingsIn, overlaps, ownName, type Found } from './lookup.ts';

export interface ActionRequest {
  readonly uri: string;
  readonly range: Range;
  /** As the client gives them back; an action names those that it resolves. */
  readonly diagnostics: readonly Diagnostic[];
  readonly only?: readonly string[];
}

export interface ActionClient {
  /** Has the commands of the extension. */
  readonly commands: boolean;
  /** Asks for the reason of an acceptance itself. */
  readonly acceptRiskCommand: boolean;
  /** Takes edits with placeholders to be filled in. */
  readonly snippetEdits: boolean;
}

export const FIX_ALL = `${CodeActionKind.SourceFixAll}.mlarch`;
const MONTHS_TO_LOOK_AGAIN = 6;

/**
 * What can be done at a place. `source.fixAll.mlarch` holds what corrects the text without saying anything new of the
 * system: spelling, repeated statements, acceptances that match nothing. A remedy says something new: applying it
 * declares that the system has what it lacked. So remedies are applied one by one, or all of a rule, by somebody.
 */
export function codeActions(snapshot: Snapshot, request: ActionRequest, client: ActionClient): CodeAction[] {
  const wants = (kind: string): boolean => !request.only || request.only.some((only) => kind === only || kind.startsWith(`${only}.`));
  const actions: CodeAction[] = [];
  if (wants(CodeActionKind.QuickFix)) {
    for (const problem of problemsAt(snapshot, request)) actions.push(...problemActions(snapshot, problem, request));
    const found = [...findingsIn(snapshot)].filter(({ finding }) => finding.span.file === request.uri && overlaps(finding.span, request.range));
    for (const one of found) actions.push(...findingActions(snapshot, one, request, client));
    actions.push(...questionActions(snapshot, request));
  }
  if (wants(FIX_ALL)) {
    const edits = safeEdits(snapshot, request.uri);
    if (edits.length > 0) actions.push({ title: 'Correct everything that is safe to correct', kind: FIX_ALL, edit: workspaceEdit(edits) });
  }
  return actions;
}

const problemsAt = ({ analyses }: Snapshot, { uri, range }: ActionRequest): Problem[] =>
  [...new Map(analyses.flatMap((analysis) => analysis.problems).filter(({ span }) => span.file === uri && overlaps(span, range)).map((problem) => [JSON.stringify(problem), problem])).values()];

function problemActions({ textOf }: Snapshot, problem: Problem, request: ActionRequest): CodeAction[] {
  const edit = problemEdit(problem, textOf);
  if (!edit) return [];
  const title = problem.instead === undefined ? 'Remove the repeated statement' : `Change to ${problem.instead}`;
  return [{ title, kind: CodeActionKind.QuickFix, isPreferred: true, diagnostics: request.diagnostics.filter(({ code }) => code === problem.code), edit: workspaceEdit([edit]) }];
}

function problemEdit({ code, span, instead }: Problem, textOf: Snapshot['textOf']): TextEdit | undefined {
  if (instead !== undefined) return { span, text: instead };
  if (code !== 'repeated-property') return undefined;
  const line = textOf(span.file).split('\n')[span.range.start.line] ?? '';
  // Only where it has its line to itself is it clear what belongs to it.
  if (line.slice(0, span.range.start.character).trim() !== '') return undefined;
  return { span: { file: span.file, range: { start: { line: span.range.start.line, character: 0 }, end: { line: span.range.start.line + 1, character: 0 } } }, text: '' };
}

function findingActions(snapshot: Snapshot, found: Found, request: ActionRequest, client: ActionClient): CodeAction[] {
  const { finding, analysis } = found;
  const diagnostics = request.diagnostics.filter(({ data }) => (data as DiagnosticData | undefined)?.finding === finding.id);
  const base = { kind: CodeActionKind.QuickFix, ...(diagnostics.length > 0 ? { diagnostics } : {}) };
  const actions: CodeAction[] = [];
  const edits = remedyEdits(snapshot, found);
  if (edits.length > 0) actions.push({ ...base, title: `Declare the remedy: ${finding.remedy.title}`, edit: workspaceEdit(edits) });
  const unused = unusedAcceptance(snapshot, found);
  if (unused) actions.push({ ...base, title: 'Remove the acceptance', isPreferred: true, edit: workspaceEdit([unused]) });
  const same = [...findingsIn(snapshot)].filter((other) => other.analysis.entry === analysis.entry && other.finding.rule === finding.rule && other.finding.remedy.changes.length > 0);
  if (edits.length > 0 && same.length > 1) actions.push({ ...base, title: `Declare the remedies of all ${same.length} findings of ${finding.rule}`, edit: workspaceEdit(togetherEdits(snapshot, same)) });
  const accept = acceptAction(snapshot, found, client);
  if (accept) actions.push({ ...base, ...accept });
  if (client.commands) actions.push({ ...base, title: `Explain ${finding.rule}`, command: { title: `Explain ${finding.rule}`, command: COMMANDS.explain, arguments: [finding.rule] } });
  return actions;
}

function acceptAction(snapshot: Snapshot, found: Found, client: ActionClient): Pick<CodeAction, 'title' | 'command' | 'edit'> | undefined {
  const { finding, analysis } = found;
  if (!isAcceptable(finding.rule)) return undefined;
  const title = `Accept the risk of ${finding.rule} on ${ownName(finding.component)} …`;
  if (client.acceptRiskCommand) return { title, command: { title, command: COMMANDS.acceptRisk, arguments: [finding.id, analysis.entry] } };
  const until = monthsAfter(snapshot.today, MONTHS_TO_LOOK_AGAIN);
  if (client.snippetEdits) {
    const edit = acceptanceEdit(snapshot, found, { because: '"${1:reason}"', by: '"${2:owner}"', until: `\${3:${until}}` });
    return edit && { title, edit: snippetEdit(edit) };
  }
  // The placeholders are known as such, so the acceptance has no effect before they are filled in.
  const edit = acceptanceEdit(snapshot, found, { because: '"TODO"', by: '"TODO"', until });
  return edit && { title, edit: workspaceEdit([edit]) };
}

const snippetEdit = ({ span, text }: TextEdit): WorkspaceEdit => ({
  documentChanges: [{ textDocument: { uri: span.file, version: null }, edits: [{ range: span.range, snippet: { kind: 'snippet', value: text } }] }],
});

/** The day so many months after another, or the last of the month where it is shorter. */
export function monthsAfter(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}

/** A question can at least be answered with: it is not known. The review then says what that means. */
function questionActions(snapshot: Snapshot, request: ActionRequest): CodeAction[] {
  const actions: CodeAction[] = [];
  for (const { systems } of snapshot.analyses) {
    for (const { architecture, review } of systems) {
      for (const question of review.questions) {
        if (question.property === undefined || question.span.file !== request.uri || !overlaps(question.span, request.range)) continue;
        const subject = ownName(question.component);
        const element = subject === architecture.system.name ? architecture.system : architecture.components.get(subject);
        if (!element || question.property in element.properties) continue;
        const text = stateUnknown(snapshot.textOf(element.span.file), element.span.range, question.property);
        const diagnostics = request.diagnostics.filter(({ data }) => (data as DiagnosticData | undefined)?.question === question.id);
        actions.push({ title: `State that ${question.property} of ${subject} is not known`, kind: CodeActionKind.QuickFix, ...(diagnostics.length > 0 ? { diagnostics } : {}), edit: workspaceEdit([{ span: { file: element.span.file, range: text.at }, text: text.text }]) });
      }
    }
  }
  return actions;
}

/** A line `key unknown` at the end of a block, which is made where there is none. */
function stateUnknown(text: string, { start, end }: Range, property: string): { readonly at: Range; readonly text: string } {
  const lines = text.split('\n');
  const indent = /^\s*/.exec(lines[start.line] ?? '')?.[0] ?? '';
  const last = lines[end.line] ?? '';
  if (last[end.character - 1] !== '}') return { at: { start: end, end }, text: ` {\n${indent}  ${property} unknown\n${indent}}` };
  const brace = { line: end.line, character: end.character - 1 };
  if (last.slice(0, brace.character).trim() !== '') return { at: { start: brace, end: brace }, text: `\n${indent}  ${property} unknown\n${indent}` };
  const lineStart = { line: end.line, character: 0 };
  return { at: { start: lineStart, end: lineStart }, text: `${indent}  ${property} unknown\n` };
}

/** An acceptance that matches nothing, or has expired and matches nothing, can go. */
function unusedAcceptance({ textOf }: Snapshot, { finding }: Found): TextEdit | undefined {
  if (finding.rule !== 'accept/unused') return undefined;
  const { file, range } = finding.span;
  const lines = textOf(file).split('\n');
  const alone = (lines[range.start.line] ?? '').slice(0, range.start.character).trim() === '' && (lines[range.end.line] ?? '').slice(range.end.character).trim() === '';
  const whole = { start: { line: range.start.line, character: 0 }, end: { line: range.end.line + 1, character: 0 } };
  return { span: { file, range: alone ? whole : range }, text: '' };
}

function safeEdits(snapshot: Snapshot, uri: string): TextEdit[] {
  const problems = snapshot.analyses.flatMap((analysis) => analysis.problems).filter(({ span }) => span.file === uri);
  const candidates = [
    ...problems.map((problem) => problemEdit(problem, snapshot.textOf)),
    ...[...findingsIn(snapshot)].filter(({ finding }) => finding.span.file === uri).map((found) => unusedAcceptance(snapshot, found)),
  ];
  const taken: TextEdit[] = [];
  for (const edit of candidates) if (edit && !taken.some((other) => touches(edit, other))) taken.push(edit);
  return taken;
}
