import { describe, expect, it } from 'vitest';
import type { CallHierarchyItem, CodeAction, CodeLens, CompletionItem, CompletionList, Diagnostic, DocumentLink, DocumentSymbol, FoldingRange, Hover, InlayHint, Location, Position, Range, SelectionRange, SemanticTokens, TextEdit, WorkspaceEdit } from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { ReviewsResult } from '../../src/protocol/messages.ts';
import type { LspClient } from '../support/lsp-client.ts';
import { session, type Session } from './session.ts';

const SHARED = '/** Keeps every version. */\nregistry Runs : server {\n  technology mlflow\n}\n';
const MAIN = `import { Runs } from "shared.mlarch"

system Churn {
  stage       production
  criticality high

  consumer Web : application { peak 20 req/s }
  training Fit : scheduled { records_to Runs produces Score }
  model Score : trained
  service Api : realtime {
    serves     Score
    replicas   2
    throughput 5 req/s
    rollback   none evidence "runbook.md"
  }
  Web -> Api { sync }
  Fit -> Runs -> Api
}
`;

async function opened(text = MAIN, options = {}): Promise<Session & { main: string; shared: string }> {
  const made = await session({ 'main.mlarch': text, 'shared.mlarch': SHARED }, options);
  const [main, shared] = [made.uri('main.mlarch'), made.uri('shared.mlarch')];
  await made.client.open(main, text);
  return { ...made, main, shared };
}

/** Where the nth occurrence of a text begins, some characters in. */
function place(text: string, found: string, into = 1, occurrence = 1): Position {
  let offset = -1;
  for (let count = 0; count < occurrence; count += 1) offset = text.indexOf(found, offset + 1);
  if (offset < 0) throw new Error(`${found} does not occur ${occurrence} times.`);
  return TextDocument.create('a', 'mlarch', 1, text).positionAt(offset + into);
}

const at = (uri: string, position: Position) => ({ textDocument: { uri }, position });
const cut = (text: string, { start, end }: Range): string => {
  const document = TextDocument.create('a', 'mlarch', 1, text);
  return text.slice(document.offsetAt(start), document.offsetAt(end));
};

function applied(texts: Readonly<Record<string, string>>, edit: WorkspaceEdit): Record<string, string> {
  const changes: Record<string, TextEdit[]> = { ...edit.changes };
  for (const change of edit.documentChanges ?? []) if ('edits' in change) changes[change.textDocument.uri] = change.edits as TextEdit[];
  return Object.fromEntries(Object.entries(texts).map(([uri, text]) => [uri, TextDocument.applyEdits(TextDocument.create(uri, 'mlarch', 1, text), changes[uri] ?? [])]));
}

const has = (code: string) => (diagnostics: readonly Diagnostic[]) => diagnostics.some((diagnostic) => diagnostic.code === code);

async function actions(client: LspClient, uri: string, diagnostic: Diagnostic, only?: string[]): Promise<CodeAction[]> {
  return client.request('textDocument/codeAction', { textDocument: { uri }, range: diagnostic.range, context: { diagnostics: [diagnostic], ...(only ? { only } : {}) } });
}

describe('the language server', () => {
  it('completes names, and resolves their documentation', async () => {
    const { client, main } = await opened();
    const { items } = await client.request<CompletionList>('textDocument/completion', at(main, place(MAIN, 'replicas', 4)));
    const item = items.find(({ label }) => label === 'concurrency');
    const resolved = await client.request<CompletionItem>('completionItem/resolve', item ?? {});
    expect(JSON.stringify(resolved.documentation)).toContain('works on at once');
  });

  it('explains what is under the cursor, with figures and findings', async () => {
    const { client, main } = await opened();
    await client.published(main, 1, has('ML09.1'));
    const hover = await client.request<Hover>('textDocument/hover', at(main, place(MAIN, 'service Api', 9)));
    const value = JSON.stringify(hover.contents);
    expect(value).toContain('ML09');
    expect(value).toMatch(/utilisation|capacity/);
    expect(cut(MAIN, hover.range as Range)).toBe('Api');
  });

  it('finds definitions and references in other files', async () => {
    const { client, main, shared } = await opened();
    const [definition] = await client.request<Location[]>('textDocument/definition', at(main, place(MAIN, 'records_to Runs', 12)));
    expect(definition).toMatchObject({ uri: shared, range: { start: { line: 1, character: 9 } } });
    const references = await client.request<Location[]>('textDocument/references', { ...at(shared, place(SHARED, 'Runs')), context: { includeDeclaration: true } });
    expect(references.map(({ uri, range }) => `${uri === main ? 'main' : 'shared'}:${range.start.line}`).sort()).toEqual(['main:0', 'main:16', 'main:7', 'shared:1']);
  });

  it('renames in every file, and says why it cannot', async () => {
    const { client, main, shared } = await opened();
    const edit = await client.request<WorkspaceEdit>('textDocument/rename', { ...at(shared, place(SHARED, 'Runs')), newName: 'Registry' });
    const after = applied({ [main]: MAIN, [shared]: SHARED }, edit);
    expect(after[shared]).toContain('registry Registry : server');
    expect(after[main]).toBe(MAIN.replaceAll('Runs', 'Registry'));
    await expect(client.request('textDocument/rename', { ...at(shared, place(SHARED, 'Runs')), newName: 'service' })).rejects.toThrow(/service/);
    await expect(client.request('textDocument/prepareRename', at(shared, place(SHARED, 'mlflow')))).rejects.toThrow(/catalogue/);
  });

  it('highlights a name where it is written and read', async () => {
    const { client, main } = await opened();
    expect(await client.request('textDocument/documentHighlight', at(main, place(MAIN, 'Score', 1)))).toHaveLength(3);
  });

  it('lists the symbols of a file and of the workspace', async () => {
    const { client, main } = await opened();
    const [system] = await client.request<DocumentSymbol[]>('textDocument/documentSymbol', { textDocument: { uri: main } });
    expect(system?.children?.map(({ name }) => name)).toEqual(expect.arrayContaining(['Web', 'Fit', 'Score', 'Api']));
    const found = await client.request<{ name: string }[]>('workspace/symbol', { query: 'run' });
    expect(found.map(({ name }) => name)).toContain('Runs');
  });

  it('folds blocks and widens selections', async () => {
    const { client, main } = await opened();
    const folds = await client.request<FoldingRange[]>('textDocument/foldingRange', { textDocument: { uri: main } });
    expect(folds.map(({ startLine }) => startLine)).toEqual(expect.arrayContaining([2, 9]));
    const [selection] = await client.request<SelectionRange[]>('textDocument/selectionRange', { textDocument: { uri: main }, positions: [place(MAIN, '5 req/s', 0)] });
    const widths: string[] = [];
    for (let range: SelectionRange | undefined = selection; range; range = range.parent) widths.push(cut(MAIN, range.range));
    expect(widths[0]).toBe('5 req/s');
    expect(widths.at(-1)).toBe(MAIN);
  });

  it('colours words, and then only what has changed', async () => {
    const { client, main } = await opened();
    const all = await client.request<SemanticTokens>('textDocument/semanticTokens/full', { textDocument: { uri: main } });
    expect(all.data.length).toBeGreaterThan(50);
    await client.change(main, { range: { start: place(MAIN, 'replicas   2', 11), end: place(MAIN, 'replicas   2', 12) }, newText: '12' });
    const delta = await client.request<{ edits?: { data?: number[] }[] }>('textDocument/semanticTokens/full/delta', { textDocument: { uri: main }, previousResultId: all.resultId });
    expect(delta.edits?.flatMap(({ data }) => data ?? []).length).toBeLessThan(20);
    const some = await client.request<SemanticTokens>('textDocument/semanticTokens/range', { textDocument: { uri: main }, range: { start: { line: 9, character: 0 }, end: { line: 10, character: 0 } } });
    expect(some.data.length).toBeLessThan(all.data.length);
  });

  it('formats a file, a range and what is being typed', async () => {
    const untidy = MAIN.replace('    replicas   2', '       replicas 2');
    const { client, main } = await opened(untidy);
    const options = { tabSize: 2, insertSpaces: true };
    const edits = await client.request<TextEdit[]>('textDocument/formatting', { textDocument: { uri: main }, options });
    expect(applied({ [main]: untidy }, { changes: { [main]: edits } })[main]).toContain('\n    replicas   2\n');
    const line = place(untidy, '       replicas', 0).line;
    const inRange = await client.request<TextEdit[]>('textDocument/rangeFormatting', { textDocument: { uri: main }, range: { start: { line, character: 0 }, end: { line, character: 5 } }, options });
    expect(inRange.every(({ range }) => range.start.line === line)).toBe(true);
    expect(await client.request('textDocument/onTypeFormatting', { ...at(main, { line, character: 7 }), ch: '\n', options })).toBeInstanceOf(Array);
  });

  it('shows figures and scores beside the text, unless they are turned off', async () => {
    const { client, main } = await opened();
    await client.published(main, 1);
    const hints = await client.request<InlayHint[]>('textDocument/inlayHint', { textDocument: { uri: main }, range: { start: { line: 0, character: 0 }, end: { line: 30, character: 0 } } });
    expect(JSON.stringify(hints)).toMatch(/200 %|20 req/);
    const lenses = await client.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri: main } });
    expect(lenses.map(({ command }) => command?.title).join('\n')).toMatch(/of 4[\s\S]*finding/);
    client.settings = { codeLens: { enabled: false }, inlayHints: { enabled: false } };
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: {} });
    await expect.poll(() => client.request('textDocument/codeLens', { textDocument: { uri: main } })).toEqual([]);
  });

  it('links imports, evidence and rules', async () => {
    const { client, main, shared, uri } = await opened(MAIN.replace('  Web -> Api', '  accept ML09.1 on Api { because "Pilot" by "Web" until 2099-01-01 }\n  Web -> Api'));
    const links = await client.request<DocumentLink[]>('textDocument/documentLink', { textDocument: { uri: main } });
    expect(links.map(({ target }) => target)).toEqual([shared, uri('runbook.md'), expect.stringContaining('ml09.md#ml091')]);
  });

  it('follows flows as a call hierarchy', async () => {
    const { client, main } = await opened();
    const [item] = await client.request<CallHierarchyItem[]>('textDocument/prepareCallHierarchy', at(main, place(MAIN, 'service Api', 9)));
    const incoming = await client.request<{ from: { name: string } }[]>('callHierarchy/incomingCalls', { item });
    expect(incoming.map(({ from }) => from.name).sort()).toEqual(['Runs', 'Web']);
    const [web] = await client.request<CallHierarchyItem[]>('textDocument/prepareCallHierarchy', at(main, place(MAIN, 'consumer Web', 10)));
    const outgoing = await client.request<{ to: { name: string } }[]>('callHierarchy/outgoingCalls', { item: web });
    expect(outgoing.map(({ to }) => to.name)).toEqual(['Api']);
  });

  it('applies the remedy of a finding, and the finding is gone', async () => {
    const { client, main } = await opened();
    const diagnostics = await client.published(main, 1, has('ML09.1'));
    const found = diagnostics.find(({ code }) => code === 'ML09.1') as Diagnostic;
    expect(found).toMatchObject({ severity: 1, source: 'mlarch', codeDescription: { href: expect.stringContaining('ml09.md') as unknown } });
    expect(found.relatedInformation?.length).toBeGreaterThan(0);
    const fix = (await actions(client, main, found)).find(({ edit, title }) => edit && !title.startsWith('Accept'));
    const after = applied({ [main]: MAIN }, fix?.edit as WorkspaceEdit)[main] ?? '';
    const version = await client.change(main, after);
    expect((await client.published(main, version)).map(({ code }) => code)).not.toContain('ML09.1');
  });

  it('accepts a risk with reason, owner and day', async () => {
    const { client, main } = await opened();
    await client.published(main, 1, has('ML09.1'));
    const { systems } = await client.request<ReviewsResult>('mlarch/reviews', {});
    const finding = systems[0]?.findings.find(({ rule }) => rule === 'ML09.1');
    const edit = await client.request<WorkspaceEdit>('mlarch/acceptRisk', { finding: finding?.id, uri: main, because: 'Only a "pilot"\nuntil spring', by: 'Web', until: '2099-03-31' });
    const version = await client.change(main, applied({ [main]: MAIN }, edit)[main] ?? '');
    expect((await client.published(main, version)).map(({ code }) => code)).not.toContain('ML09.1');
    const after = await client.request<ReviewsResult>('mlarch/reviews', {});
    expect(after.systems[0]?.accepted).toMatchObject([{ rule: 'ML09.1', by: 'Web', until: '2099-03-31' }]);
  });

  it('gives an editor without the command an acceptance to fill in', async () => {
    const { client, main } = await opened();
    const diagnostics = await client.published(main, 1, has('ML09.1'));
    const accept = (await actions(client, main, diagnostics.find(({ code }) => code === 'ML09.1') as Diagnostic)).find(({ title }) => title.startsWith('Accept'));
    expect(applied({ [main]: MAIN }, accept?.edit as WorkspaceEdit)[main]).toMatch(/accept ML09\.1 on Api \{\n\s+because/);
  });

  it('corrects what is safe to correct, all at once', async () => {
    const broken = MAIN.replace('throughput 5', 'troughput 5').replace(': realtime', ': realtme');
    const { client, main } = await opened(broken);
    const diagnostics = await client.published(main, 1, has('unknown-property'));
    const [fix] = await actions(client, main, diagnostics[0] as Diagnostic, ['source.fixAll.mlarch']);
    expect(fix?.kind).toBe('source.fixAll.mlarch');
    expect(applied({ [main]: broken }, fix?.edit as WorkspaceEdit)[main]).toBe(MAIN);
  });

  it('works on while a line in the middle is broken', async () => {
    const broken = MAIN.replace('  model Score : trained', '  model Score : [ = }');
    const { client, main } = await opened(broken);
    expect((await client.published(main, 1)).map(({ code }) => code)).toContain('syntax');
    const symbols = await client.request<DocumentSymbol[]>('textDocument/documentSymbol', { textDocument: { uri: main } });
    expect(JSON.stringify(symbols)).toContain('Api');
    const hover = await client.request<Hover>('textDocument/hover', at(main, place(broken, 'throughput', 2)));
    expect(JSON.stringify(hover)).toContain('What one replica can take');
  });

  it('answers a request that was cancelled with nothing but that', async () => {
    const { client, main } = await opened();
    const { CancellationTokenSource } = await import('vscode-languageserver-protocol/node');
    const source = new CancellationTokenSource();
    await client.change(main, MAIN.repeat(1));
    const lenses = client.connection.sendRequest('textDocument/codeLens', { textDocument: { uri: main } }, source.token);
    source.cancel();
    await expect(lenses).rejects.toThrow(/cancel/i);
    expect(await client.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri: main } })).not.toEqual([]);
  });

  it('answers language models from the text in the editor', async () => {
    const { client, main } = await opened();
    await client.published(main, 1);
    const answer = await client.request<{ text: string; isError: boolean }>('mlarch/tool', { name: 'mlarch_findings', arguments: { rule: 'ML09.1' } });
    expect(answer).toMatchObject({ isError: false, text: expect.stringContaining('ML09.1@Churn.Api') as unknown });
    expect(await client.request('mlarch/explain', { id: 'ML09.1' })).toContain('# ML09.1');
    expect(await client.request('mlarch/tool', { name: 'mlarch_nothing', arguments: {} })).toMatchObject({ isError: true });
  });

  it('answers nothing for a file that it does not know, and lives on', async () => {
    const { client, main } = await opened();
    for (const method of ['hover', 'completion', 'definition', 'documentHighlight', 'prepareCallHierarchy']) {
      const nothing = await client.request<unknown[] | null>(`textDocument/${method}`, at('file:///nowhere.mlarch', { line: 3, character: 3 }));
      expect(nothing ?? []).toHaveLength(0);
    }
    expect(await client.request('textDocument/hover', at(main, { line: 9999, character: 9999 }))).toBeNull();
    expect(client.log).toEqual([]);
  });
});
