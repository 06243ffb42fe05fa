import * as vscode from 'vscode';
import { COMMANDS } from '../../../src/protocol/messages.ts';
import { includes, ok, test } from './harness.ts';
import { api, extension } from './workspace.ts';

test('commands: everything that the manifest contributes and the server calls is there', async () => {
  await api();
  const contributed: readonly { readonly command: string }[] = extension().packageJSON.contributes.commands;
  ok(contributed.length > 0, 'The manifest contributes no command.');
  const registered = await vscode.commands.getCommands(true);
  for (const command of [...contributed.map(({ command }) => command), ...Object.values(COMMANDS)]) includes(registered, command, 'Commands');
});
