import { describe, expect, it } from 'vitest';
import { EXAMPLES } from '../support/examples.ts';
import { session } from './session.ts';

const START_UP = EXAMPLES['examples/published/startup-on-one-machine.mlarch'] ?? '';
const codes = (diagnostics: readonly { code?: unknown }[]): unknown[] => diagnostics.map(({ code }) => code);
const has = (code: string) => (diagnostics: readonly { code?: unknown }[]) => codes(diagnostics).includes(code);
const hasNot = (code: string) => (diagnostics: readonly { code?: unknown }[]) => !codes(diagnostics).includes(code);

const SHARED = 'registry Runs : server {\n  technology mlflow\n}\n';
const MAIN = 'import { Runs } from "shared.mlarch"\n\nsystem Churn {\n  stage production\n  criticality high\n  training Fit : scheduled { records_to Runs produces Score }\n  model Score : trained\n  service Api : realtime { serves Score rollback none evidence "runbook.md" }\n  Fit -> Runs -> Api\n}\n';

describe('diagnostics', () => {
  it('come for the files of the workspace before any is opened', async () => {
    const { client, uri } = await session({ 'a.mlarch': START_UP });
    expect(codes(await client.published(uri('a.mlarch'), undefined))).toContain('ML09.1');
  });

  it('follow the text as it is typed, and name its version', async () => {
    const { client, uri } = await session({ 'a.mlarch': START_UP });
    await client.open(uri('a.mlarch'), START_UP);
    await client.published(uri('a.mlarch'), 1, has('ML09.1'));
    const line = START_UP.split('\n').findIndex((text) => text.includes('throughput     4 req/s'));
    const character = START_UP.split('\n')[line]?.indexOf('4 req/s') ?? 0;
    const at = { line, character };
    const version = await client.change(uri('a.mlarch'), { range: { start: at, end: at }, newText: '99' });
    expect(codes(await client.published(uri('a.mlarch'), version))).not.toContain('ML09.1');
  });

  it('say what is wrong in the text, and keep the findings of the rest', async () => {
    const { client, uri } = await session();
    await client.open(uri('a.mlarch'), START_UP.replace('replicas       1', 'replicas       ] 1'));
    const found = await client.published(uri('a.mlarch'), 1);
    expect(codes(found)).toContain('syntax');
    expect(codes(found)).toContain('ML01.2');
  });

  it('are of the file that a finding is in, though another declares the system', async () => {
    const { client, uri } = await session({ 'main.mlarch': MAIN, 'shared.mlarch': SHARED });
    const main = await client.published(uri('main.mlarch'), undefined);
    expect(main.map(({ message }) => message).join('\n')).not.toContain('Nothing is called Runs');
    await client.open(uri('shared.mlarch'), SHARED);
    const version = await client.change(uri('shared.mlarch'), SHARED.replace('technology mlflow', 'technology mlflow\n  immutable no'));
    const shared = await client.published(uri('shared.mlarch'), version, (diagnostics) => codes(diagnostics).some((code) => String(code).startsWith('ML')));
    expect(shared.every(({ range }) => range.start.line <= 3)).toBe(true);
  });

  it('change with a file that is imported, open or not', async () => {
    const { client, uri, write } = await session({ 'main.mlarch': MAIN, 'shared.mlarch': SHARED });
    await client.open(uri('main.mlarch'), MAIN);
    await client.published(uri('main.mlarch'), 1, hasNot('not-exported'));
    await client.open(uri('shared.mlarch'), SHARED);
    await client.change(uri('shared.mlarch'), SHARED.replace('Runs', 'Other'));
    await client.published(uri('main.mlarch'), 1, has('not-exported'));
    await client.close(uri('shared.mlarch'));
    await client.published(uri('main.mlarch'), 1, hasNot('not-exported'));
    write('shared.mlarch', SHARED.replace('Runs', 'Elsewhere'));
    await client.fileChanged(uri('shared.mlarch'), 2);
    await client.published(uri('main.mlarch'), 1, has('not-exported'));
  });

  it('change when an imported file comes or goes', async () => {
    const { client, uri, write } = await session({ 'main.mlarch': MAIN });
    await client.published(uri('main.mlarch'), undefined, has('unresolved-import'));
    write('shared.mlarch', SHARED);
    await client.fileChanged(uri('shared.mlarch'), 1);
    await client.published(uri('main.mlarch'), undefined, hasNot('unresolved-import'));
  });

  it('change with evidence and configuration', async () => {
    const { client, uri, write } = await session({ 'main.mlarch': MAIN, 'shared.mlarch': SHARED });
    const [finding] = await client.published(uri('main.mlarch'), undefined, has('missing-evidence')).then((all) => all.filter(({ code }) => String(code).startsWith('ML')));
    write('runbook.md', '# Roll back\n');
    await client.fileChanged(uri('runbook.md'), 1);
    await client.published(uri('main.mlarch'), undefined, hasNot('missing-evidence'));
    write('mlarch.config.json', JSON.stringify({ off: [{ rule: String(finding?.code), because: 'Measured elsewhere.' }] }));
    await client.fileChanged(uri('mlarch.config.json'), 1);
    await client.published(uri('main.mlarch'), undefined, hasNot(String(finding?.code)));
    write('mlarch.config.json', '{ "off": 1 }');
    await client.fileChanged(uri('mlarch.config.json'), 2);
    expect(await client.published(uri('mlarch.config.json'), undefined, has('invalid-configuration'))).toMatchObject([{ range: { start: { line: 0, character: 2 } } }]);
  });

  it('watch the evidence that is named', async () => {
    const { client, uri } = await session({ 'main.mlarch': MAIN, 'shared.mlarch': SHARED });
    await client.published(uri('main.mlarch'), undefined);
    await expect.poll(() => JSON.stringify(client.registered)).toContain('runbook.md');
  });

  it('go when the file is deleted', async () => {
    const { client, uri } = await session({ 'a.mlarch': START_UP });
    await client.published(uri('a.mlarch'), undefined, (diagnostics) => diagnostics.length > 0);
    await client.fileChanged(uri('a.mlarch'), 3);
    await client.published(uri('a.mlarch'), undefined, (diagnostics) => diagnostics.length === 0);
  });

  it('say what is wrong in a fragment that nothing imports', async () => {
    const { client, uri } = await session({ 'shared.mlarch': 'registry Runs : server {\n  imutable yes\n}\n' });
    await client.published(uri('shared.mlarch'), undefined, has('unknown-property'));
  });

  it('come for an unsaved file', async () => {
    const { client } = await session();
    await client.open('untitled:Untitled-1', START_UP);
    expect(codes(await client.published('untitled:Untitled-1', 1))).toContain('ML09.1');
  });
});
