import * as vscode from 'vscode';
import { ok, test, until } from './harness.ts';
import { open, write } from './workspace.ts';

const labelOf = ({ label }: vscode.CompletionItem): string => (typeof label === 'string' ? label : label.label);

/** Waits until each of the words is offered at `|`, and none of the others. */
async function offers(textWithCursor: string, wanted: readonly string[], unwanted: readonly string[] = []): Promise<void> {
  const document = await open('shop.mlarch');
  const position = await write(document, textWithCursor);
  await until(`completion with ${wanted.join(', ')}`, async () => {
    const list = await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', document.uri, position);
    const labels = list.items.map(labelOf);
    for (const word of wanted) ok(labels.includes(word), `${word} is not among: ${labels.slice(0, 80).join(', ')}`);
    for (const word of unwanted) ok(!labels.includes(word), `${word} is offered.`);
    return true;
  });
}

test('completion: kinds where a declaration may start', () => offers('system S {\n  |\n}\n', ['service', 'model', 'owner'], ['replicas']));

test('completion: properties of the component', () => offers('system S {\n  service A : realtime {\n    pla|\n  }\n}\n', ['platform'], ['seed']));

test('completion: values of a property', () => offers('system S {\n  stage |\n}\n', ['prototype', 'pilot', 'production'], ['replicas']));

test('completion: names of components of the right kind', () => offers('system S {\n  model Relevance {\n  }\n  consumer Website {\n  }\n  service A : realtime {\n    serves |\n  }\n}\n', ['Relevance'], ['Website']));
