import * as vscode from 'vscode';
import { equal, ok, test, until } from './harness.ts';
import { at, open } from './workspace.ts';

type Target = vscode.Location | vscode.LocationLink;

const fileOf = (target: Target): string | undefined => ('targetUri' in target ? target.targetUri : target.uri).path.split('/').at(-1);
const lineOf = (target: Target): number => ('targetUri' in target ? (target.targetSelectionRange ?? target.targetRange) : target.range).start.line;

test('definition: from a flow to the declaration in an imported file', async () => {
  const document = await open('shop.mlarch');
  const [target] = await until('a definition', async () => {
    const found = await vscode.commands.executeCommand<Target[]>('vscode.executeDefinitionProvider', document.uri, at(document, '-> FeatureStore', 5));
    return found.length > 0 ? found : undefined;
  });
  ok(target, 'There is no definition.');
  equal(fileOf(target), 'shared.mlarch');
  const shared = await vscode.workspace.openTextDocument('targetUri' in target ? target.targetUri : target.uri);
  equal(shared.lineAt(lineOf(target)).text, 'store FeatureStore : online {');
});
