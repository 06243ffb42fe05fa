import * as vscode from 'vscode';
import { equal, ok, test, until } from './harness.ts';
import { at, open } from './workspace.ts';

test('call hierarchy: what calls a component, and what it calls', async () => {
  const document = await open('shop.mlarch');
  const [ranker] = await until('Ranker', async () => {
    const found = await vscode.commands.executeCommand<vscode.CallHierarchyItem[]>('vscode.prepareCallHierarchy', document.uri, at(document, 'service Ranker', 'service R'.length));
    return found.length > 0 ? found : undefined;
  });
  ok(ranker, 'There is no item.');
  equal(ranker.name, 'Ranker');
  const incoming = await vscode.commands.executeCommand<vscode.CallHierarchyIncomingCall[]>('vscode.provideIncomingCalls', ranker);
  equal(incoming.map(({ from }) => from.name), ['Website'], 'Callers');
  const outgoing = await vscode.commands.executeCommand<vscode.CallHierarchyOutgoingCall[]>('vscode.provideOutgoingCalls', ranker);
  equal(outgoing.map(({ to }) => to.name), ['FeatureStore'], 'What it calls');
});
