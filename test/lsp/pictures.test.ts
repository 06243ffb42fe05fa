import { describe, expect, it } from 'vitest';
import { movementBetween } from '../../src/diagram/layout/quality.ts';
import { bodyOf } from '../../src/diagram/svg/svg.ts';
import { themes } from '../../src/diagram/svg/theme.ts';
import { DETAILS, EXPORT, NODE_AT, NODE_SOURCE, PICTURE, TRAFFIC, type DetailsResult, type ExportResult, type NodeSourceResult, type PictureResult, type TrafficResult } from '../../src/protocol/diagram.ts';
import { session, type Session } from './session.ts';

const MAIN = `system Churn {
  stage production
  consumer Web : application { peak 20 req/s slo p99 <= 100 ms }
  model Score : trained
  service Api : realtime {
    serves Score
    replicas 4
    concurrency 1
    service_time p50 20 ms p99 60 ms
    rollback none
  }
  store Log : log
  Web -> Api { sync }
  Api -> Log
  target Safer { add store Spare : object  change Api { replicas 6 }  add Api -> Spare }
}
`;

async function opened(text = MAIN): Promise<Session & { main: string; picture(more?: object): Promise<PictureResult> }> {
  const made = await session({ 'main.mlarch': text });
  const main = made.uri('main.mlarch');
  await made.client.open(main, text);
  return { ...made, main, picture: (more = {}) => made.client.request(PICTURE, { uri: main, view: 'system', state: 'current', panel: 'a', ...more }) };
}

const sceneOf = (result: PictureResult) => {
  if (result.kind !== 'scene') throw new Error(JSON.stringify(result));
  return result;
};

describe('pictures through the protocol', () => {
  it('have a place for every component and flow, and are drawn by the page', async () => {
    const { picture } = await opened();
    const { scene, systems, focusable } = sceneOf(await picture());
    expect(systems).toEqual(['Churn']);
    expect(focusable).toContain('Api');
    expect(scene.nodes.map(({ node }) => node.id).sort()).toEqual(['Api', 'Log', 'Score', 'Web']);
    expect(bodyOf(scene, themes.light)).toContain('20 req/s');
  });

  it('are patched where only a figure changes, and laid out anew where the structure does', async () => {
    const { client, main, picture } = await opened();
    const first = sceneOf(await picture());
    expect(await picture({ shown: first.id })).toEqual({ kind: 'same', id: first.id });
    await client.change(main, MAIN.replace('peak 20 req/s', 'peak 30 req/s'));
    const patch = await picture({ shown: first.id });
    expect(patch).toMatchObject({ kind: 'patch', title: 'Churn: system' });
    expect(patch.kind === 'patch' && patch.nodes.map(({ node }) => node.figures[0])).toEqual([expect.stringContaining('30 req/s')]);
    await client.change(main, MAIN.replace('  store Log : log\n', '  store Log : log\n  store Other : log\n'));
    expect(sceneOf(await picture({ shown: patch.kind === 'patch' ? patch.id : '' })).scene.nodes).toHaveLength(5);
  });

  it('come back to what they were when an edit is taken back, and keep their places while it stands', async () => {
    const { client, main, picture } = await opened();
    const first = sceneOf(await picture());
    await client.change(main, MAIN.replace('  store Log : log\n', '  store Log : log\n  store Other : log\n').replace('Api -> Log\n', 'Api -> Log\n  Api -> Other\n'));
    const second = sceneOf(await picture({ shown: first.id }));
    expect(movementBetween(first.scene, second.scene).far).toBe(0);
    await client.change(main, MAIN);
    const third = sceneOf(await picture({ shown: second.id }));
    expect(third.scene).toEqual(first.scene);
  });

  it('stay while the text cannot be read, and say so', async () => {
    const { client, main, picture } = await opened();
    const { id } = sceneOf(await picture());
    await client.change(main, MAIN.replace('service Api : realtime {', 'service Api : : realtime {'));
    expect(await picture({ shown: id })).toMatchObject({ kind: 'same', id, stale: expect.stringContaining('last picture') });
  });

  it('show the target and the difference', async () => {
    const { picture } = await opened();
    const { scene } = sceneOf(await picture({ state: 'diff' }));
    const marks = Object.fromEntries(scene.nodes.map(({ node }) => [node.id, node.mark]));
    expect(marks).toEqual({ Web: undefined, Score: undefined, Api: 'changed', Log: undefined, Spare: 'added' });
    expect(scene.nodes.find(({ node }) => node.id === 'Api')?.node.changes).toEqual(['~ replicas']);
    expect(scene.diagram.edges.filter(({ mark }) => mark === 'added').map(({ to }) => to)).toEqual(['Spare']);
  });

  it('say why there is none', async () => {
    const { picture } = await opened('store Alone : log\n');
    expect(await picture()).toMatchObject({ kind: 'none', because: expect.stringContaining('no system') });
  });

  it('recolour with the traffic, and say what is full first', async () => {
    const { client, main } = await opened();
    const at = (multiple: number): Promise<TrafficResult> => client.request(TRAFFIC, { uri: main, multiple });
    const [one, ten] = [await at(1), await at(10)];
    expect(ten.utilisation['Api']! / one.utilisation['Api']!).toBeCloseTo(10, 6);
    expect(ten.first).toContain('Api is full first');
    expect(Math.max(...Object.values(one.latencyShare ?? {}))).toBe(1);
    expect(Object.keys(one.costShare ?? {})).toEqual(Object.keys(one.cost));
  });

  it('lead to the text and back', async () => {
    const { client, main } = await opened();
    const source: NodeSourceResult = await client.request(NODE_SOURCE, { uri: main, id: 'Api' });
    expect(source).toMatchObject({ uri: main, range: { start: { line: 4, character: 10 } } });
    expect(await client.request(NODE_SOURCE, { uri: main, id: 'Web->Api:request' })).toMatchObject({ range: { start: { line: 12 } } });
    expect(await client.request(NODE_AT, { uri: main, line: 6, character: 6 })).toEqual({ id: 'Api', systems: ['Churn'] });
    expect(await client.request(NODE_AT, { uri: main, line: 0, character: 0 })).toEqual({});
  });

  it('tell which system of a file the cursor is in, and every system that imports it', async () => {
    const system = (name: string, more = ''): string => `system ${name} {\n  store Log : log\n${more}}\n`;
    const text = `import { Shared } from "shared.mlarch"\n${system('One', '  Log -> Shared\n')}${system('Two')}`;
    const { client, uri } = await session({ 'main.mlarch': text, 'shared.mlarch': 'store Shared : lakehouse {\n  versioned yes\n}\n', 'other.mlarch': `import { Shared } from "shared.mlarch"\n${system('Three', '  Log -> Shared\n')}` });
    await client.open(uri('main.mlarch'), text);
    const at = (file: string, line: number): Promise<unknown> => client.request(NODE_AT, { uri: uri(file), line, character: 8 });
    expect(await at('main.mlarch', 2)).toEqual({ id: 'Log', systems: ['One'] });
    expect(await at('main.mlarch', 6)).toEqual({ id: 'Log', systems: ['Two'] });
    expect(await at('shared.mlarch', 1)).toEqual({ id: 'Shared', systems: expect.arrayContaining(['One', 'Three']) });
  });

  it('show what is alike as one where there is much of it, until somebody opens it', async () => {
    const text = `system Large {\n  service Api : realtime { }\n  alert Page { }\n${Array.from({ length: 160 }, (_, index) => `  monitor M${index} : latency { watches Api alerts Page }\n`).join('')}}\n`;
    const { client, main, picture } = await opened(text);
    const countOf = async (more: object): Promise<number> => sceneOf(await picture(more)).scene.nodes.length;
    expect(await countOf({})).toBe(3);
    expect(await countOf({ opened: ['M5'] })).toBe(162);
    expect(await countOf({ collapse: 'never', panel: 'b' })).toBe(162);
    const exported: ExportResult = await client.request(EXPORT, { uri: main, view: 'system', state: 'current', format: 'mermaid', opened: ['M0'] });
    expect(exported.content).toContain('M159');
  });

  it('lead from what is drawn as one to the first of it', async () => {
    const { client, main } = await opened();
    expect(await client.request(NODE_SOURCE, { uri: main, id: 'collapsed:Api' })).toMatchObject({ range: { start: { line: 4 } } });
    expect(await client.request(NODE_SOURCE, { uri: main, id: 'Web->collapsed:Api:request' })).toMatchObject({ range: { start: { line: 12 } } });
  });

  it('tell of a component what the editor does', async () => {
    const { client, main } = await opened();
    const { lines }: DetailsResult = await client.request(DETAILS, { uri: main, component: 'Api' });
    expect(lines[0]).toEqual({ kind: 'heading', text: 'service Api' });
    expect(lines.map(({ text }) => text)).toEqual(expect.arrayContaining([expect.stringMatching(/^utilisation at the peak: .*\(.*measured\)|^utilisation at the peak/), expect.stringMatching(/^ML\d\d\.\d /)]));
  });

  it('leave as documents', async () => {
    const { client, main } = await opened();
    const svg: ExportResult = await client.request(EXPORT, { uri: main, view: 'serving', state: 'current', format: 'svg' });
    expect(svg.content).toMatch(/^<svg /);
    const mermaid: ExportResult = await client.request(EXPORT, { uri: main, view: 'system', state: 'current', format: 'mermaid' });
    expect(mermaid.content).toContain('flowchart');
  });

  it('give way to a newer one of the same panel', async () => {
    const names = Array.from({ length: 150 }, (_, index) => `N${index}`);
    const text = `system Big {\n${names.map((name) => `  store ${name} : log\n`).join('')}${names.slice(1).map((name, index) => `  N${Math.floor(index / 2)} -> ${name}\n`).join('')}}\n`;
    const { picture } = await opened(text);
    const first = picture().then((result) => result.kind, (error: unknown) => String(error));
    await new Promise((resolve) => setTimeout(resolve, 100));
    const second = picture({ view: 'deployment' });
    expect(await first).toMatch(/newer picture/);
    expect((await second).kind).toBe('scene');
  });

  it('give way to a newer one that is known already, and do not come back', async () => {
    const names = Array.from({ length: 150 }, (_, index) => `N${index}`);
    const text = `system Big {\n${names.map((name) => `  store ${name} : log\n`).join('')}${names.slice(1).map((name, index) => `  N${Math.floor(index / 2)} -> ${name}\n`).join('')}}\n`;
    const { picture } = await opened(text);
    const known = sceneOf(await picture({ view: 'focus', focus: 'N1' }));
    const first = picture().then((result) => result.kind, (error: unknown) => String(error));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await picture({ view: 'focus', focus: 'N1', shown: known.id })).toEqual({ kind: 'same', id: known.id });
    expect(await first).toMatch(/newer picture/);
  });
});
