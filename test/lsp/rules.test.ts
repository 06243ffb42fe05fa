import { describe, expect, it } from 'vitest';
import type { CodeAction, CompletionList, Diagnostic, DocumentSymbol, Hover, Position, WorkspaceEdit } from 'vscode-languageserver-protocol';
import type { ReviewsResult } from '../../src/protocol/messages.ts';
import { session } from './session.ts';

const RULE = `/** A lost table is a [lost](http://x) product. */
rule ACME-01 "Stores are backed up" {
  severity high
  for      store where contains has pii
  require  backup
  message  "{name} is not backed up."
  set      backup scheduled

  test "a bare table" finds {
    store Orders { contains [pii] backup none }
  }
  test "wrong" passes {
    store Orders { contains [pii] backup none }
  }
}
`;
const MAIN = `import * from "@acme/rules"

system Shop {
  stage production
  store Orders { contains [pii] backup none }
  accept ACME-01 on Orders
}
`;
const PACKAGE = { 'node_modules/@acme/rules/package.json': '{"mlarch": "all.mlarch"}', 'node_modules/@acme/rules/all.mlarch': RULE };

const has = (code: string) => (diagnostics: readonly Diagnostic[]): boolean => diagnostics.some((diagnostic) => diagnostic.code === code);
const at = (uri: string, text: string, found: string, into = found.length) => {
  const before = text.slice(0, text.indexOf(found) + into).split('\n');
  const position: Position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
  return { textDocument: { uri }, position };
};

describe('rules of a team in the editor', () => {
  it('come from an installed package, with a quick fix', async () => {
    const { client, uri } = await session({ ...PACKAGE, 'main.mlarch': MAIN });
    const main = uri('main.mlarch');
    await client.open(main, MAIN);
    const diagnostics = await client.published(main, 1, has('ACME-01'));
    const finding = diagnostics.find(({ code }) => code === 'ACME-01');
    expect(finding?.message).toContain('Orders is not backed up.');
    const actions = await client.request<CodeAction[]>('textDocument/codeAction', { textDocument: { uri: main }, range: finding?.range, context: { diagnostics: [finding] } });
    expect(JSON.stringify(actions.map(({ edit }) => edit as WorkspaceEdit | undefined))).toContain('scheduled');
    const reviews = await client.request<ReviewsResult>('mlarch/reviews', {});
    expect(reviews.systems[0]?.checks.find(({ id }) => id === 'ACME')).toMatchObject({ verdict: 'finding', rules: [{ id: 'ACME-01', verdict: 'finding' }] });
    const hover = await client.request<Hover>('textDocument/hover', at(main, MAIN, 'accept ACME', 9));
    expect(JSON.stringify(hover.contents)).toContain('ACME-01');
    expect(JSON.stringify(hover.contents)).not.toContain('[lost](');
    const { items } = await client.request<CompletionList>('textDocument/completion', at(main, MAIN, 'accept '));
    expect(items.map(({ label }) => label)).toContain('ACME-01');
  });

  it('run their tests where they are written', async () => {
    const { client, uri } = await session({ 'rules.mlarch': RULE });
    const file = uri('rules.mlarch');
    await client.open(file, RULE);
    const diagnostics = await client.published(file, 1, has('failing-test'));
    expect(diagnostics.map(({ code, range, message, severity }) => [code, range.start.line, severity, message])).toEqual([['failing-test', 11, 2, 'This test should pass, but the rule finds something: Orders is not backed up.']]);
  });

  it('are completed, explained and outlined', async () => {
    const text = RULE.replace('require  backup', 'require  backup is ').replace('{ contains [pii] backup none }\n  }\n}', '{ contains [pii] backup none  }\n  }\n}');
    const { client, uri } = await session({ 'rules.mlarch': text });
    const file = uri('rules.mlarch');
    await client.open(file, text);
    const labels = async (found: string, into?: number): Promise<string[]> => (await client.request<CompletionList>('textDocument/completion', at(file, text, found, into))).items.map(({ label }) => label);
    expect(await labels('require  backup is ')).toEqual(expect.arrayContaining(['continuous', 'scheduled', 'none']));
    expect(await labels('for      ')).toEqual(expect.arrayContaining(['store', 'service', 'component', 'system', 'flow']));
    expect(await labels('require  ')).toEqual(expect.arrayContaining(['backup', 'recovery.rto', 'reaches', 'not']));
    expect(await labels('set      ')).toContain('encrypted');
    expect(await labels('backup none ')).toContain('encrypted');
    expect(await labels('\n  set', 3)).toEqual(expect.arrayContaining(['require', 'test', 'remedy']));
    const hover = await client.request<Hover>('textDocument/hover', at(file, text, 'rule ACME', 7));
    expect(JSON.stringify(hover.contents)).toContain('A lost table');
    expect(JSON.stringify((await client.request<Hover>('textDocument/hover', at(file, text, 'contains has', 3))).contents)).toContain('contains');
    const [symbol] = await client.request<DocumentSymbol[]>('textDocument/documentSymbol', { textDocument: { uri: file } });
    expect(symbol).toMatchObject({ name: 'ACME-01 Stores are backed up', children: [{ name: 'a bare table', children: [{ name: 'Orders' }] }, { name: 'wrong' }] });
  });
});
