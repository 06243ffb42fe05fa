import * as vscode from 'vscode';
import type { Scene } from '../../../src/diagram/scene.ts';
import type { ToPage } from '../../../src/protocol/page.ts';
import { equal, includes, ok, test, until } from './harness.ts';
import { api, at, open, rangeOf, replace, uri, withStub, type OpenDiagram } from './workspace.ts';

declare const HOST_KIND: 'node' | 'web';

const sentOf = <T extends ToPage['type']>(diagram: OpenDiagram, type: T): Extract<ToPage, { type: T }> | undefined => diagram.sent.get(type) as Extract<ToPage, { type: T }> | undefined;

/** Opens the diagram of a file beside its text, and waits until its page has asked for the picture and got it. */
async function openDiagram(name: string): Promise<{ readonly document: vscode.TextDocument; readonly diagram: OpenDiagram; readonly scene: Scene }> {
  const document = await open(name);
  await vscode.commands.executeCommand('mlarch.showDiagram');
  const diagram = await until('the diagram', async () => (await api()).diagrams().find((one) => one.uri === document.uri.toString()));
  return { document, diagram, scene: await untilScene(diagram, 'a picture', () => true) };
}

const untilScene = (diagram: OpenDiagram, what: string, is: (scene: Scene) => boolean): Promise<Scene> =>
  until(what, () => {
    const sent = sentOf(diagram, 'picture');
    ok(sent, `Nothing was sent but ${[...diagram.sent.keys()].join(', ') || 'nothing'}.`);
    ok(sent.result.kind === 'scene' && is(sent.result.scene), `The last picture: ${JSON.stringify(sent.result).slice(0, 300)}`);
    return sent.result.scene;
  }, 30_000);

const namesOf = ({ nodes }: Scene): string[] => nodes.map(({ node }) => node.id).sort();

test('diagram: it opens beside the text, with every component of the system and of what it imports', async () => {
  const { document, diagram, scene } = await openDiagram('shop.mlarch');
  for (const name of ['Ranker', 'Relevance', 'Website', 'FeatureStore']) includes(namesOf(scene), name, 'Components');
  ok(vscode.window.tabGroups.all.length >= 2, 'It is not beside the text.');
  equal(vscode.window.activeTextEditor?.document.uri.toString(), document.uri.toString(), 'The focus is in the text');
  includes(diagram.panel.webview.html, "default-src 'none'", 'Policy');
  ok(!/unsafe/.test(diagram.panel.webview.html), 'The policy allows what is unsafe.');
  await vscode.commands.executeCommand('mlarch.showDiagram', document.uri);
  equal((await api()).diagrams().length, 1, 'The same file has one diagram');
});

test('diagram: it follows an edit, and keeps the picture through an error of the text', async () => {
  const { document, diagram, scene } = await openDiagram('loans.mlarch');
  ok(!namesOf(scene).includes('Archive'), 'It is there before.');
  await replace(document, new vscode.Range(at(document, '  service Decisions'), at(document, '  service Decisions')), '  store Archive : lakehouse\n\n');
  await untilScene(diagram, 'the new component', (next) => namesOf(next).includes('Archive'));
  await replace(document, rangeOf(document, 'store Archive : lakehouse'), 'store Archive : {{{');
  await until('the notice', () => {
    const result = sentOf(diagram, 'picture')?.result;
    ok(result?.kind === 'same' && result.stale, `The last picture: ${JSON.stringify(result).slice(0, 200)}`);
    return true;
  });
});

test('diagram: a number that changes is a patch', async () => {
  const { document, diagram } = await openDiagram('shop.mlarch');
  await replace(document, rangeOf(document, '50 req/s'), '70 req/s');
  await until('a patch', () => {
    const result = sentOf(diagram, 'picture')?.result;
    ok(result?.kind === 'patch', `The last picture: ${JSON.stringify(result).slice(0, 200)}`);
    return true;
  });
});

test('diagram: a click shows the source and leaves the focus; a double click goes there', async () => {
  const { document, diagram } = await openDiagram('shop.mlarch');
  diagram.panel.reveal();
  await until('the diagram in front', () => diagram.panel.active);
  const shown = (): vscode.TextEditor | undefined => vscode.window.visibleTextEditors.find((editor) => editor.document.uri.toString() === document.uri.toString());
  await diagram.receive({ type: 'reveal', id: 'Ranker', open: false });
  await until('the selection', () => shown()?.selection.start.isEqual(at(document, 'Ranker :')));
  ok(diagram.panel.active, 'The text has taken the focus.');
  await diagram.receive({ type: 'reveal', id: 'Relevance', open: true });
  await until('the editor in front', () => vscode.window.activeTextEditor?.selection.start.isEqual(at(document, 'Relevance : trained')));
  equal(vscode.window.visibleTextEditors.length, 1, 'The text is open once');
});

test('diagram: the component that the cursor is in is marked', async () => {
  const { document, diagram } = await openDiagram('shop.mlarch');
  const editor = await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
  const place = at(document, 'triton');
  editor.selection = new vscode.Selection(place, place);
  await until('Ranker', () => sentOf(diagram, 'cursor')?.id === 'Ranker');
});

test('diagram: views, states, figures and traffic', async () => {
  const { diagram } = await openDiagram('shop.mlarch');
  await diagram.receive({ type: 'choose', choice: { view: 'focus', state: 'current', focus: 'Relevance' } });
  const around = await untilScene(diagram, 'the picture around Relevance', ({ diagram: { view } }) => view === 'focus');
  ok(!namesOf(around).includes('Website'), 'It shows what is far away.');
  await diagram.receive({ type: 'details', component: 'Ranker' });
  includes(JSON.stringify(sentOf(diagram, 'details')?.result.lines), 'Ranker', 'Details');
  await diagram.receive({ type: 'traffic', multiple: 10 });
  equal(sentOf(diagram, 'traffic')?.result.multiple, 10, 'Traffic');
});

test('diagram: the target state, and the difference; where there is none, the picture stays and the reason is said', async () => {
  const { diagram } = await openDiagram('loans.mlarch');
  for (const state of ['target', 'diff'] as const) {
    await diagram.receive({ type: 'choose', choice: { view: 'system', state } });
    const scene = await untilScene(diagram, state, (next) => next.diagram.state === state);
    equal(scene.nodes.some(({ node }) => node.mark !== undefined), state === 'diff', 'Marks of what changes');
  }
  const { diagram: other } = await openDiagram('shop.mlarch');
  await other.receive({ type: 'choose', choice: { view: 'system', state: 'target' } });
  const result = sentOf(other, 'picture')?.result;
  ok(result?.kind === 'none' && result.because !== '', `The last picture: ${JSON.stringify(result).slice(0, 200)}`);
  // What is asked for next is again the picture that shows.
  other.refresh();
  await untilScene(other, 'the picture from before', (next) => next.diagram.state === 'current');
});

test('diagram: what is no message does nothing', async () => {
  const { diagram } = await openDiagram('shop.mlarch');
  const before = sentOf(diagram, 'picture');
  for (const message of [undefined, 'ready', { type: 'choose', choice: { view: 'all' } }, { type: 'export', format: 'exe', theme: 'light' }]) await diagram.receive(message);
  ok(sentOf(diagram, 'picture') === before, 'It has sent a picture.');
});

test('diagram: it is exported in every format', async () => {
  const { diagram } = await openDiagram('shop.mlarch');
  const starts = { svg: '<svg', png: '\u0089PNG', mermaid: '', drawio: '<mxfile', json: '{' } as const;
  for (const [format, start] of Object.entries(starts)) {
    const file = uri(`exported.${format}`);
    await withStub(vscode.window, 'showSaveDialog', () => Promise.resolve(file), () => diagram.receive({ type: 'export', format, theme: 'light' }));
    const bytes = await vscode.workspace.fs.readFile(file).then((read) => read, () => undefined);
    ok(bytes, `${format} was not written: ${JSON.stringify(sentOf(diagram, 'failed'))}`);
    const text = Array.from(bytes.slice(0, 400), (byte) => String.fromCharCode(byte)).join('');
    ok(bytes.length > 50 && text.includes(start), `${format} begins with ${text.slice(0, 60)}`);
    await vscode.workspace.fs.delete(file);
  }
});

// Plugins of the preview run in the host of the Markdown extension, which this server runs in Node whatever hosts ours; on vscode.dev both run in the worker.
if (HOST_KIND === 'node') test('diagram: a fence of a Markdown document is drawn in its preview', async () => {
  await api();
  const text = '# Shop\n\n```mlarch\nsystem Fenced {\n  store Lake : lakehouse\n}\n```\n\n```js\nlet x = "mlarch"\n```\n';
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content: text });
  const html = await until('the drawing', async () => {
    const rendered = await vscode.commands.executeCommand<string>('markdown.api.render', document);
    ok(rendered.includes('<svg'), `The preview is ${rendered.slice(0, 500)}`);
    return rendered;
  });
  includes(html, 'Lake', 'Drawing');
  includes(html, 'language-js', 'Other fences');
});
