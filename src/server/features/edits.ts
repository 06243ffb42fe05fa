import type { WorkspaceEdit } from 'vscode-languageserver-types';
import type { Finding } from '../../analysis/finding.ts';
import { changeEdits, type TextEdit } from '../../language/printing/change-edits.ts';
import type { Position } from '../../model/architecture.ts';
import type { Snapshot } from '../analysis.ts';
import { findingOf, type Found } from './lookup.ts';

export function workspaceEdit(edits: readonly TextEdit[]): WorkspaceEdit {
  const changes: Record<string, { range: TextEdit['span']['range']; newText: string }[]> = {};
  for (const { span, text } of edits) (changes[span.file] ??= []).push({ range: span.range, newText: text });
  return { changes };
}

/** The remedy of a finding as edits of the text; empty where it is an action outside the file. */
export function remedyEdits({ textOf }: Snapshot, { finding, system }: Found): TextEdit[] {
  return finding.remedy.changes.length === 0 ? [] : changeEdits(system.architecture, finding.remedy.changes, textOf);
}

/** The edit that applies the remedy of a finding; undefined where there is none. */
export function remedyEdit(snapshot: Snapshot, finding: string, entry: string): WorkspaceEdit | undefined {
  const found = findingOf(snapshot, entry, finding);
  const edits = found && remedyEdits(snapshot, found);
  return edits && edits.length > 0 ? workspaceEdit(edits) : undefined;
}

/**
 * As many remedies as can be applied at once: one whose edits touch those of an earlier one is left for the next time,
 * and so is one that inserts where another does, since it may insert the same.
 */
export function togetherEdits(snapshot: Snapshot, found: readonly Found[]): TextEdit[] {
  const taken: TextEdit[] = [];
  for (const one of found) {
    const edits = remedyEdits(snapshot, one);
    if (!edits.some((edit) => taken.some((other) => touches(edit, other)))) taken.push(...edits);
  }
  return taken;
}

export function touches(a: TextEdit, b: TextEdit): boolean {
  return a.span.file === b.span.file && compare(a.span.range.start, b.span.range.end) <= 0 && compare(b.span.range.start, a.span.range.end) <= 0;
}

const compare = (a: Position, b: Position): number => a.line - b.line || a.character - b.character;

/** Whether a finding has a remedy that can be applied to the text. */
export const isFixable = ({ remedy }: Finding): boolean => remedy.changes.length > 0;
