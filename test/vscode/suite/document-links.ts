import * as vscode from 'vscode';
import { ok, test, until } from './harness.ts';
import { open } from './workspace.ts';

test('document links: imports, evidence and addresses lead where they say', async () => {
  const document = await open('shop.mlarch');
  await until('the links', async () => {
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>('vscode.executeLinkProvider', document.uri, 50);
    const targets = links.map(({ target }) => target?.toString() ?? '');
    for (const end of ['/shared.mlarch', '/notes.md', 'https://example.com/relevance']) ok(targets.some((target) => target.endsWith(end)), `${end} is not among: ${targets.join(', ')}`);
    return true;
  });
});
