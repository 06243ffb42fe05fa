import * as vscode from 'vscode';
import type { BaseLanguageClient, WorkspaceEdit } from 'vscode-languageclient';

/** Applies an edit that the server has made; false where the editor refused it. */
export async function applyEdit(client: BaseLanguageClient, edit: object): Promise<boolean> {
  const converted = await client.protocol2CodeConverter.asWorkspaceEdit(edit as WorkspaceEdit);
  const applied = await vscode.workspace.applyEdit(converted);
  if (!applied) void vscode.window.showErrorMessage(vscode.l10n.t('The edit could not be applied: the file has changed meanwhile, or cannot be written.'));
  return applied;
}
