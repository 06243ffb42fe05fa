import * as vscode from 'vscode';
import type { NodeSourceResult } from '../../../protocol/diagram.ts';

/**
 * Shows where something is written, in the column of the text and never over the diagram. Without `open` the focus stays where
 * it is, and nothing new is opened beside a diagram that has the window to itself.
 */
export async function showSource({ uri, range: { start, end } }: NodeSourceResult, open: boolean, diagram: vscode.ViewColumn | undefined): Promise<boolean> {
  const target = vscode.Uri.parse(uri, true);
  const column = columnFor(target, diagram);
  if (column === undefined && !open) return false;
  const document = await vscode.workspace.openTextDocument(target);
  const selection = new vscode.Range(start.line, start.character, end.line, end.character);
  const editor = await vscode.window.showTextDocument(document, { viewColumn: column ?? vscode.ViewColumn.Beside, preserveFocus: !open, selection });
  editor.revealRange(selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  return true;
}

/** Where the file is shown, or else another column than that of the diagram. */
function columnFor(target: vscode.Uri, diagram: vscode.ViewColumn | undefined): vscode.ViewColumn | undefined {
  const others = vscode.window.tabGroups.all.filter(({ viewColumn }) => viewColumn !== diagram);
  const shows = (group: vscode.TabGroup): boolean => group.tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === target.toString());
  return (others.find(shows) ?? others[0])?.viewColumn;
}
