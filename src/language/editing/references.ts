import { DocumentHighlightKind, type DocumentHighlight, type Location } from 'vscode-languageserver-types';
import type { Position } from '../../model/architecture.ts';
import type { SourceFile } from '../source-file.ts';
import { nameAt } from './naming.ts';
import { filesToSearch, occurrencesOf } from './occurrences.ts';
import type { Workspace } from './workspace.ts';

/** Every use of what the name at a position stands for, in all files. */
export function referencesAt(workspace: Workspace, source: SourceFile, position: Position, { includeDeclaration }: { readonly includeDeclaration: boolean }): Location[] {
  const named = nameAt(workspace, source, position)?.named;
  if (!named) return [];
  const found = occurrencesOf(workspace, named, filesToSearch(workspace, source, named));
  return [...found].filter(({ declares }) => includeDeclaration || !declares).map(({ source: { file }, range }) => ({ uri: file, range }));
}

/** The uses of the name at a position in its own file; declarations count as writing. */
export function highlightsAt(workspace: Workspace, source: SourceFile, position: Position): DocumentHighlight[] {
  const named = nameAt(workspace, source, position)?.named;
  if (!named) return [];
  return [...occurrencesOf(workspace, named, [source])].map(({ range, declares }) => ({ range, kind: declares ? DocumentHighlightKind.Write : DocumentHighlightKind.Read }));
}
