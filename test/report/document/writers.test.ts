import { HtmlValidate } from 'html-validate';
import { describe, expect, it } from 'vitest';
import { anchorOf } from '../../../src/report/document/anchor.ts';
import { barShare, barWords } from '../../../src/report/document/bar-share.ts';
import type { Block, Document, Inline } from '../../../src/report/document/block.ts';
import { htmlOf } from '../../../src/report/document/html.ts';
import { markdownOf } from '../../../src/report/document/markdown.ts';
import { embeddedSvg } from '../../../src/report/document/picture-svg.ts';
import { HOSTILE_TEXTS, hostileDocument } from './hostile.ts';
import { sample } from './sample.ts';

const withBlocks = (...blocks: Block[]): Document => ({ title: 'T', date: '2026-11-21', language: 'en', sections: [{ id: 's', title: 'S', blocks }] });
const withLine = (...text: Inline[]): Document => withBlocks({ kind: 'paragraph', text });
const file = ({ id }: { id: string }): string => `pictures/${id}.svg`;
const markdownLine = (...text: Inline[]): string => markdownOf(withLine(...text), file).trim().split('\n\n').at(-1) ?? '';

const validator = new HtmlValidate({ extends: ['html-validate:standard', 'html-validate:a11y'] });
async function faultsOf(html: string): Promise<string[]> {
  const { results } = await validator.validateString(html);
  return results.flatMap(({ messages }) => messages.map(({ ruleId, line, message }) => `${line}: ${ruleId}: ${message}`));
}

describe('HTML', () => {
  it('is valid', async () => {
    expect(await faultsOf(htmlOf(await sample()))).toEqual([]);
    expect(await faultsOf(htmlOf(withLine('one section, no contents')))).toEqual([]);
  });

  it('is valid with every hostile text', async () => {
    expect(await faultsOf(htmlOf(hostileDocument()))).toEqual([]);
  });

  it('is found at fault where it is', async () => {
    expect(await faultsOf('<!DOCTYPE html><html><body><p><div></p></body></html>')).not.toEqual([]);
  });

  it('loads nothing, runs nothing and says so', async () => {
    const html = htmlOf(await sample());
    expect(html).toContain('http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;;');
    expect(html).not.toMatch(/<script|<link|<img|@import|url\((?!#)|\son\w+=/i);
  });

  it('keeps the ids of pictures apart', async () => {
    const html = htmlOf(await sample());
    const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const svg = embeddedSvg({ id: 'p', title: '', description: '', svg: '<svg aria-labelledby="title desc"><title id="title">T</title><defs><linearGradient id="g"/></defs><g role="listitem" aria-label="a" data-node="n"><rect fill="url(#g)"/><use href="#g"/></g></svg>' });
    expect(svg).toBe('<svg aria-labelledby="p-title p-desc"><title id="p-title">T</title><defs><linearGradient id="p-g"/></defs><g><rect fill="url(#p-g)"/><use href="#p-g"/></g></svg>');
  });

  it('links only to https and to places that are there', () => {
    const html = htmlOf(withLine({ text: 'a', href: 'javascript:alert(1)' }, { text: 'b', href: 'http://example.com' }, { text: 'c', href: '#nowhere' }, { text: 'd', href: '#s' }, { text: 'e', href: 'https://example.com/"><b>' }, { text: 'f', href: 'https://user:secret@example.com/' }));
    expect([...html.matchAll(/<a href="([^"]*)"/g)].map(([, href]) => href)).toEqual(['#d-s', 'https://example.com/%22%3E%3Cb%3E']);
  });

  it('names the severity beside its colour', () => {
    expect(htmlOf(withLine({ text: 'high', severity: 'high' }))).toContain('<span class="severity high">high</span>');
  });
});

describe('Markdown', () => {
  it('has contents that link to each section, and places for them', async () => {
    const text = markdownOf(await sample(), file);
    for (const id of ['summary', 'architecture', 'system-view', 'serving-view', 'findings', 'steps']) {
      expect(text).toContain(`](#${id})`);
      expect(text).toContain(`<a id="${id}"></a>`);
    }
  });

  it('draws pictures with Mermaid where they have it and it is not too long, else links to their files', () => {
    const picture = { id: 'p', title: 'P', description: 'D', svg: '<svg/>' };
    expect(markdownOf(withBlocks({ kind: 'figure', picture: { ...picture, mermaid: 'flowchart TB\n  a --> b' } }), file)).toContain('```mermaid\nflowchart TB\n  a --> b\n```');
    expect(markdownOf(withBlocks({ kind: 'figure', picture }), file)).toContain('![P](pictures/p.svg)');
    expect(markdownOf(withBlocks({ kind: 'figure', picture: { ...picture, mermaid: 'x'.repeat(50_001) } }), ({ id }) => `my pictures/${id} (1).svg`)).toContain('![P](my%20pictures/p%20%281%29.svg)');
  });

  it('keeps each row of a table on one line with its cells', () => {
    const text = markdownOf(withBlocks({ kind: 'table', columns: [{ title: 'a|b' }, { title: 'n', align: 'right' }], rows: [[['x|y\nz'], [{ text: 'c|d', code: true }]], [[]]] }), file);
    expect(text).toContain('| a\\|b | n |\n| --- | ---: |\n| x\\|y z | `c\\|d` |\n|  |  |');
  });

  it('keeps the spaces between pieces, and marks that would not open beside punctuation are elements', () => {
    expect(markdownLine('is ', { text: 'ready', strong: true }, ' and ', { text: 'safe', emphasis: true }, '.')).toBe('is **ready** and *safe*.');
    expect(markdownLine('a', { text: '(b)', strong: true }, 'c')).toBe('a<strong>(b)</strong>c');
    expect(markdownLine({ text: 'x', code: true, strong: true })).toBe('<strong>`x`</strong>');
  });

  it('leaves nothing of a hostile text as markup', () => {
    for (const text of HOSTILE_TEXTS.filter((each) => each.length < 300)) {
      const document = withBlocks({ kind: 'paragraph', text: [text] }, { kind: 'list', items: [{ text: [text] }] }, { kind: 'table', columns: [{ title: 'c' }, { title: 'd' }], rows: [[[text], [{ text, code: true }]]] });
      const written = markdownOf(document, file);
      const outside = written.replaceAll(/(`+)[^`](?:.*?[^`])?\1/gs, '');
      expect(outside.replaceAll('<a id="s"></a>', ''), text).not.toMatch(/(?<!\\)<[a-z!/]/i);
      const rows = written.split('\n').filter((line) => line.startsWith('| '));
      expect(rows, text).toHaveLength(3);
      expect(rows[2]?.match(/(?<!\\)\|/g), text).toHaveLength(3);
    }
  });

  it('fences code with more backticks than are in it', () => {
    expect(markdownOf(withBlocks({ kind: 'code', text: 'a\n````\nb', language: 'x y' }), file)).toContain('`````\na\n````\nb\n`````');
  });
});

describe('an anchor', () => {
  it('keeps what is one, and makes the same of the same text', () => {
    expect(anchorOf('findings-2')).toBe('findings-2');
    expect(anchorOf('ML05.2 Scorer')).toMatch(/^ml05-2-scorer-[0-9a-f]{8}$/);
    expect(anchorOf('ML05.2 Scorer')).toBe(anchorOf('ML05.2 Scorer'));
    expect(anchorOf('a b')).not.toBe(anchorOf('a.b'));
    for (const text of HOSTILE_TEXTS) expect(anchorOf(text)).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
  });
});

describe('a bar', () => {
  it('is what is sure and what is possible, within its length', () => {
    expect(barShare({ label: '', low: 1, high: 3, of: 4 })).toEqual({ sure: 0.25, possible: 0.75 });
    expect(barShare({ label: '', low: Number.NaN, high: 9, of: 4 })).toEqual({ sure: 0, possible: 1 });
    expect(barWords({ label: '', low: 1.8, high: 3.1, of: 4 })).toBe('1.8 to 3.1 of 4');
    expect(barWords({ label: '', low: 2, high: 2, of: 4 })).toBe('2 of 4');
  });
});
