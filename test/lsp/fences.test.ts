import { describe, expect, it } from 'vitest';
import { FENCE, type FenceResult } from '../../src/protocol/diagram.ts';
import { session } from './session.ts';

const FENCED = 'import { Lake } from "data.mlarch"\n\nsystem Churn {\n  model Score : trained\n  service Api : realtime { serves Score }\n  store Log : log\n  Api -> Log\n  target Safer { add store Spare : object }\n}\n';
const wishes = { view: 'system', state: 'current', theme: 'light' } as const;

describe('fences of Markdown documents through the protocol', () => {
  it('are drawn, with what they import from beside the document', async () => {
    const { client, uri } = await session({ 'data.mlarch': 'store Lake : lakehouse {}\n' });
    const drawn = await client.request<FenceResult>(FENCE, { text: FENCED, uri: uri('guide.md'), ...wishes });
    if (drawn.kind !== 'svg') throw new Error(drawn.because);
    expect(drawn.svg).toContain('data-node="Api"');
    expect(drawn.svg).not.toContain('Spare');
    expect(await client.request<FenceResult>(FENCE, { text: FENCED, uri: uri('guide.md'), ...wishes })).toEqual(drawn);
    expect(await client.request<FenceResult>(FENCE, { text: FENCED, uri: uri('guide.md'), ...wishes, state: 'target' })).toMatchObject({ kind: 'svg', svg: expect.stringContaining('Spare') });
  });

  it('are drawn all, where a document has many at once', async () => {
    const { client } = await session();
    const texts = ['A', 'B', 'C'].map((name) => `system S {\n  store ${name} : log\n}\n`);
    const all = await Promise.all(texts.map((text) => client.request<FenceResult>(FENCE, { text, ...wishes })));
    expect(all.map((one) => (one.kind === 'svg' ? /data-node="(\w)"/.exec(one.svg)?.[1] : one.because))).toEqual(['A', 'B', 'C']);
  });

  it('say why there is no picture', async () => {
    const { client } = await session();
    const because = async (text: string, more: object = {}): Promise<string> => {
      const result = await client.request<FenceResult>(FENCE, { text, ...wishes, ...more });
      return result.kind === 'none' ? result.because : 'It is drawn.';
    };
    expect(await because('store Lake : lakehouse\n')).toBe('This text declares no system.');
    expect(await because('')).toBe('This text declares no system.');
    expect(await because('system {{{ <script>')).toMatch(/\(line 1\)$/);
    expect(await because('system S {\n  store Lake : log\n}\n', { state: 'target' })).toMatch(/target/);
  });
});
