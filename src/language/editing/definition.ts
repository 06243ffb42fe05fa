import type { LocationLink } from 'vscode-languageserver-types';
import type { Position } from '../../model/architecture.ts';
import { isImport, isTarget } from '../generated/ast.ts';
import { spanOf, type SourceFile } from '../source-file.ts';
import { nameAt, nameRange } from './naming.ts';
import { leafAt } from './place.ts';
import type { Workspace } from './workspace.ts';

const START = { line: 0, character: 0 };
const FILE_START = { start: START, end: START };

/**
 * Where the name at a position was declared, or the start of the file that an import path means. Nothing for what only
 * the bundled catalogue has: it is in no file of the workspace.
 */
export function definitionAt(workspace: Workspace, source: SourceFile, position: Position): LocationLink[] {
  const place = nameAt(workspace, source, position);
  if (!place) return importedFileAt(workspace, source, position);
  const { named, range } = place;
  const target = named && (isTarget(named) ? source : workspace.sourceOf(named));
  if (!target) return [];
  const targetRange = spanOf(target.file, named).range;
  return [{ originSelectionRange: range, targetUri: target.file, targetRange, targetSelectionRange: nameRange(target, named) ?? targetRange }];
}

function importedFileAt(workspace: Workspace, source: SourceFile, position: Position): LocationLink[] {
  const leaf = leafAt(source, position);
  if (leaf?.feature !== 'path' || !isImport(leaf.node) || leaf.node.path === undefined) return [];
  const target = workspace.resolve(source, leaf.node.path);
  return target ? [{ originSelectionRange: leaf.range, targetUri: target.file, targetRange: FILE_START, targetSelectionRange: FILE_START }] : [];
}
