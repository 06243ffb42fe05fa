import * as vscode from 'vscode';
import { includes, ok, test, until } from './harness.ts';
import { at, open, write } from './workspace.ts';

/** What hovering shows, as Markdown. */
function hoverAt(document: vscode.TextDocument, position: vscode.Position): Promise<string> {
  return until('a hover', async () => {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, position);
    return hovers.flatMap(({ contents }) => contents.map((part) => (typeof part === 'string' ? part : part.value))).join('\n') || undefined;
  });
}

test('hover: a property says what it means and what it takes', async () => {
  const document = await open('shop.mlarch');
  const text = await hoverAt(document, at(document, 'criticality', 2));
  includes(text, 'What a failure costs');
});

test('hover: a component says what it is, with its own description', async () => {
  const document = await open('shop.mlarch');
  const text = await hoverAt(document, at(document, 'Ranker ->', 2));
  includes(text, 'Ranker');
  includes(text, 'Scores every product of a result');
});

test('hover: a description stays text, whatever it contains', async () => {
  const document = await open('shop.mlarch');
  const position = await write(document, 'system S {\n  /** <img src=x> [run](command:workbench.action.quit) */\n  service R|anker : realtime {\n    replicas 2\n  }\n}\n');
  const text = await hoverAt(document, position);
  ok(!/(?<!\\)<img/.test(text), `HTML of the file is HTML: ${text}`);
  ok(!/(?<!\\)\[run\]\(/.test(text), `A link of the file is a link: ${text}`);
  includes(text, 'run', 'The description');
});
