import * as vscode from 'vscode';
import { equal, test, until } from './harness.ts';
import { open, write } from './workspace.ts';

const options: vscode.FormattingOptions = { tabSize: 2, insertSpaces: true };

test('formatting: a file in disorder comes into order, and then stays so', async () => {
  const document = await open('shop.mlarch');
  const ordered = document.getText();
  await write(document, ordered.split('\n').map((line) => line.trim()).join('\n'));
  const edits = await until('edits', async () => {
    const found = await vscode.commands.executeCommand<vscode.TextEdit[] | undefined>('vscode.executeFormatDocumentProvider', document.uri, options);
    return found && found.length > 0 ? found : undefined;
  });
  const edit = new vscode.WorkspaceEdit();
  edit.set(document.uri, edits);
  await vscode.workspace.applyEdit(edit);
  equal(document.getText(), ordered, 'The formatted file');
  const again = await vscode.commands.executeCommand<vscode.TextEdit[] | undefined>('vscode.executeFormatDocumentProvider', document.uri, options);
  equal(again ?? [], [], 'A second formatting changes it again');
});
