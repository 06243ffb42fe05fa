import * as vscode from 'vscode';
import { ok, test, until } from './harness.ts';
import { at, open, withSetting } from './workspace.ts';

const hintsOf = (document: vscode.TextDocument): Thenable<vscode.InlayHint[]> =>
  vscode.commands.executeCommand<vscode.InlayHint[]>('vscode.executeInlayHintProvider', document.uri, new vscode.Range(0, 0, document.lineCount, 0));

test('inlay hints: a service has the demand that its consumers make, unless the setting is off', async () => {
  const document = await open('shop.mlarch');
  const line = at(document, 'service Ranker').line;
  await until('the peak of Ranker', async () => {
    const hints = await hintsOf(document);
    const texts = hints.map(({ position, label }) => `${position.line}: ${typeof label === 'string' ? label : label.map(({ value }) => value).join('')}`);
    ok(texts.some((text) => text.startsWith(`${line}: `) && text.includes('peak demand 50 req/s')), `Hints: ${texts.join(' | ') || 'none'}`);
    return true;
  });
  await withSetting('inlayHints.enabled', false, async () => {
    await until('no hints', async () => (await hintsOf(document)).length === 0);
  });
});
