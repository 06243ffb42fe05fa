import * as vscode from 'vscode';
import { equal, includes, ok, test, until } from './harness.ts';
import { api, open } from './workspace.ts';

test('symbols: the outline of a file', async () => {
  const document = await open('shop.mlarch');
  const [system] = await until('the outline', async () => {
    const found = await vscode.commands.executeCommand<vscode.DocumentSymbol[] | undefined>('vscode.executeDocumentSymbolProvider', document.uri);
    return found && found.length > 0 ? found : undefined;
  });
  ok(system, 'There is no outline.');
  equal(system.name, 'Shop');
  const names = system.children.map(({ name }) => name);
  for (const name of ['Website', 'Ranker', 'Relevance']) includes(names, name, 'Outline of Shop');
  for (const { range, selectionRange } of system.children) ok(range.contains(selectionRange) && system.range.contains(range), 'The ranges do not lie in each other.');
});

test('symbols: components of the workspace by a part of their name', async () => {
  await api();
  await until('FeatureStore among the symbols', async () => {
    const found = await vscode.commands.executeCommand<vscode.SymbolInformation[]>('vscode.executeWorkspaceSymbolProvider', 'FeatSto');
    const match = found.find(({ name }) => name === 'FeatureStore');
    ok(match, `Found: ${found.map(({ name }) => name).join(', ') || 'nothing'}`);
    equal(match.location.uri.path.split('/').at(-1), 'shared.mlarch');
    return match;
  });
});
