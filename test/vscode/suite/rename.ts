import * as vscode from 'vscode';
import { equal, includes, ok, test, until } from './harness.ts';
import { at, open, uri } from './workspace.ts';

test('rename: a component that another file imports changes in both files', async () => {
  const document = await open('shop.mlarch');
  const edit = await until('a rename', () => vscode.commands.executeCommand<vscode.WorkspaceEdit>('vscode.executeDocumentRenameProvider', document.uri, at(document, 'FeatureStore', 1, 2), 'OnlineStore'));
  const files = edit.entries().map(([file]) => file.path.split('/').at(-1));
  equal(files.sort(), ['shared.mlarch', 'shop.mlarch'], 'Files that the rename changes');
  ok(await vscode.workspace.applyEdit(edit), 'The rename was refused.');
  const shared = await vscode.workspace.openTextDocument(uri('shared.mlarch'));
  includes(shared.getText(), 'store OnlineStore : online');
  includes(document.getText(), 'import { OnlineStore } from');
  includes(document.getText(), 'Ranker -> OnlineStore');
  ok(!document.getText().includes('FeatureStore'), 'The old name is still there.');
});
