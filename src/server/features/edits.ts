import type { WorkspaceEdit } from 'vscode-languageserver-types';
import type { Finding } from '../../analysis/finding.ts';
import { changeEdits, type TextEdit } from '../../language/printing/change-edits.ts';
import type { Change, Span } from '../../model/architecture.ts';
import type { Analysis, Snapshot } from '../analysis.ts';
import { comparePositions, findingOf, type Found } from './lookup.ts';

export function workspaceEdit(edits: readonly TextEdit[]): WorkspaceEdit {
  const changes: Record<string, { range: TextEdit['span']['range']; newText: string }[]> = {};
  for (const { span, text } of edits) (changes[span.file] ??= []).push({ range: span.range, newText: text });
  return { changes };
}

/**
 * An edit whose text is a snippet; undefined where an editor would shift its lines, as it does for one that begins
 * within a line.
 */
export function snippetEdit({ span, text }: TextEdit): WorkspaceEdit | undefined {
  if (span.range.start.character > 0 && text.includes('\n')) return undefined;
  return { documentChanges: [{ textDocument: { uri: span.file, version: null }, edits: [{ range: span.range, snippet: { kind: 'snippet', value: text } }] }] };
}

/** The remedy of a finding as edits of the text; empty where it is an action outside the file. */
export const remedyEdits = (snapshot: Snapshot, found: Found): TextEdit[] => editsFor(snapshot, found, found.finding.remedy.changes);

/** The edit that applies the remedy of a finding; undefined where there is none. */
export function remedyEdit(snapshot: Snapshot, finding: string, entry: string): WorkspaceEdit | undefined {
  const found = findingOf(snapshot, entry, finding);
  const edits = found && remedyEdits(snapshot, found);
  return edits && edits.length > 0 ? workspaceEdit(edits) : undefined;
}

/** Whether a finding has a remedy that can be applied to the text. */
export const isFixable = ({ remedy }: Finding): boolean => remedy.changes.length > 0;

/** Edits for changes of a system; none where the text cannot be parsed there, since then nobody knows where a block ends. */
export function editsFor({ textOf }: Snapshot, { analysis, system }: Pick<Found, 'analysis' | 'system'>, changes: readonly Change[]): TextEdit[] {
  if (changes.length === 0) return [];
  const edits = changeEdits(system.architecture, changes, textOf);
  return edits.every(({ span }) => isReadable(analysis, span.file)) ? edits : [];
}

/** Whether a file follows the grammar, so that its declarations begin and end where they seem to. */
export const isReadable = ({ problems }: Analysis, file: string): boolean => !problems.some(({ code, span }) => span.file === file && (code === 'syntax' || code === 'unterminated-string'));

/**
 * As many of the findings of a system as can be remedied at once. One whose remedy says something else of the same
 * thing than that of an earlier one is left for the next time; the most severe come first.
 */
export function compatible(found: readonly Found[]): { readonly found: readonly Found[]; readonly changes: readonly Change[] } {
  const claimed = new Map<string, string>();
  const changes = new Map<string, Change>();
  const taken = found.filter(({ finding }) => {
    const claims = finding.remedy.changes.flatMap(claimsOf);
    if (claims.some(([place, claim]) => (claimed.get(place) ?? claim) !== claim)) return false;
    for (const [place, claim] of claims) claimed.set(place, claim);
    for (const change of finding.remedy.changes) changes.set(JSON.stringify(change), change);
    return true;
  });
  return { found: taken, changes: [...changes.values()] };
}

/** What a change says, by what it says it of: two changes that differ in one place cannot both be made. */
function claimsOf(change: Change): (readonly [place: string, claim: string])[] {
  const claim = JSON.stringify(change);
  switch (change.op) {
    case 'add-component':
      return [[`component ${change.component.name}`, claim]];
    case 'remove-component':
      return [[`component ${change.name}`, 'gone']];
    case 'set':
    case 'unset':
      return [[`component ${change.subject}`, 'kept'], [`property ${change.subject}.${change.property}`, claim]];
    case 'set-variant':
      return [[`component ${change.subject}`, 'kept'], [`variant ${change.subject}`, claim]];
    case 'add-flow':
      return [[`new flow ${change.flow.from}->${change.flow.to}`, claim]];
    case 'remove-flow':
      return [[`flow ${change.from}->${change.to}`, 'gone']];
    case 'set-flow':
      return [[`flow ${change.from}->${change.to}`, 'kept'], [`property ${change.from}->${change.to}.${change.property}`, claim]];
  }
}

/** The first of the edits that can be made together: an edit that overlaps an earlier one is left out. */
export function apart(edits: readonly TextEdit[]): TextEdit[] {
  const ordered = edits.map((edit, rank) => ({ edit, rank })).sort((a, b) => compareText(a.edit.span.file, b.edit.span.file) || comparePositions(a.edit.span.range.start, b.edit.span.range.start) || a.rank - b.rank);
  const kept: typeof ordered = [];
  for (const next of ordered) {
    const last = kept.at(-1);
    if (!last || !touches(last.edit.span, next.edit.span)) kept.push(next);
    else if (next.rank < last.rank) kept[kept.length - 1] = next;
  }
  return kept.sort((a, b) => a.rank - b.rank).map(({ edit }) => edit);
}

/** Two ranges may meet at their ends; of an insertion nobody knows on which side it is to stand. */
function touches(a: Span, b: Span): boolean {
  const room = isEmpty(a) || isEmpty(b) ? 1 : 0;
  return a.file === b.file && comparePositions(a.range.start, b.range.end) < room && comparePositions(b.range.start, a.range.end) < room;
}

const isEmpty = ({ range }: Span): boolean => comparePositions(range.start, range.end) === 0;

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The edit that takes a span out, with its lines where nothing else stands on them. */
export function removal(text: string, { file, range }: Span): TextEdit {
  const lines = text.split('\n');
  const before = (lines[range.start.line] ?? '').slice(0, range.start.character);
  const after = (lines[range.end.line] ?? '').slice(range.end.character);
  if (before.trim() === '' && after.trim() === '' && range.end.line + 1 < lines.length) return { span: { file, range: { start: { line: range.start.line, character: 0 }, end: { line: range.end.line + 1, character: 0 } } }, text: '' };
  // Of what stays on the line, only one space is left where it stood.
  const space = before.trim() !== '' ? before.length - before.trimEnd().length : 0;
  return { span: { file, range: { start: { ...range.start, character: range.start.character - space }, end: range.end } }, text: '' };
}
