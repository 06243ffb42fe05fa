import * as vscode from 'vscode';
import { equal, test, until } from './harness.ts';
import { at, open } from './workspace.ts';

test('references: of a component, in every file', async () => {
  const document = await open('shared.mlarch');
  await until('the references of FeatureStore', async () => {
    const found = await vscode.commands.executeCommand<vscode.Location[]>('vscode.executeReferenceProvider', document.uri, at(document, 'FeatureStore', 1));
    const files = found.map(({ uri }) => uri.path.split('/').at(-1)).sort();
    equal(files, ['shared.mlarch', 'shop.mlarch', 'shop.mlarch'], 'Files of the references');
    return true;
  });
});
