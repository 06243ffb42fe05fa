import * as vscode from 'vscode';
import { includes, ok, test, until } from './harness.ts';
import { at, open, withSetting } from './workspace.ts';

const lensesOf = (document: vscode.TextDocument): Thenable<vscode.CodeLens[]> =>
  vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 50);

test('code lenses: the system has its score above it and a component its findings, unless the setting is off', async () => {
  const document = await open('loans.mlarch');
  const above = async (text: string, title: RegExp): Promise<void> => {
    const line = at(document, text).line;
    const lens = await until(`a lens with ${title} above “${text}”`, async () => {
      const lenses = await lensesOf(document);
      const found = lenses.find(({ range, command }) => range.start.line === line && title.test(command?.title ?? ''));
      ok(found, `Lenses: ${lenses.map(({ range, command }) => `${range.start.line + 1}: ${command?.title}`).join(' | ') || 'none'}`);
      return found;
    });
    ok(lens.command?.command, 'The lens does nothing.');
    includes(await vscode.commands.getCommands(true), lens.command.command, 'Commands');
  };
  await above('system Loans', / of 4 /);
  await above('system Loans', /^Open diagram$/);
  await above('service Decisions', /1 finding.*high/);
  await withSetting('codeLens.enabled', false, async () => {
    await until('no lenses', async () => (await lensesOf(document)).length === 0);
  });
});
