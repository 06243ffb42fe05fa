import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Block, Document, Inline, Section } from '../../../src/report/document/block.ts';
import { columnWidths } from '../../../src/report/document/pdf/column-widths.ts';
import { coverageOf } from '../../../src/diagram/text/coverage.ts';
import { beginPdf, pdfOf } from '../../../src/report/document/pdf/pdf.ts';
import { fonts } from './fonts.ts';
import { hostileDocument } from './hostile.ts';
import { glyphsOf, readPdf, type ReadPdf } from './read-pdf.ts';
import { sample } from './sample.ts';

const small = (...text: Inline[]): Document => ({ title: 'T', date: '2026-11-21', language: 'en', sections: [{ id: 's', title: 'S', blocks: [{ kind: 'paragraph', text }] }] });

describe('a document as PDF', () => {
  let bytes: Uint8Array;
  let read: ReadPdf;
  beforeAll(async () => {
    bytes = (await pdfOf(await sample(), fonts)).bytes;
    read = await readPdf(bytes);
  }, 120_000);

  it('gives the same bytes on every run, with the date of the document', async () => {
    expect(Buffer.compare(bytes, (await pdfOf(await sample(), fonts)).bytes)).toBe(0);
    expect(read.info).toMatchObject({ Title: 'Architecture review of card fraud', Author: 'Risk engineering', Subject: 'Review of an architecture of machine learning', CreationDate: 'D:20261121000000Z', Language: 'en' });
    const later = await pdfOf({ ...small('x'), date: '2026-11-22' }, fonts);
    expect(Buffer.compare(later.bytes, (await pdfOf(small('x'), fonts)).bytes)).not.toBe(0);
  });

  it('numbers its pages, with the footer on each and the title above all but the first', () => {
    expect(read.pages.length).toBeGreaterThan(6);
    read.pages.forEach(({ text }, index) => {
      expect(text).toContain(`${index + 1} of ${read.pages.length}`);
      expect(text).toContain('Made from examples/card-fraud');
      expect(text).toContain('Architecture review of card fraud');
    });
  });

  it('has a bookmark and a place for each section, on the page that the contents name', () => {
    expect(read.outline).toEqual(['Summary', 'Architecture', '  The whole system', '  Serving', 'Findings', 'Next steps']);
    for (const [id, title] of [['summary', 'Summary'], ['serving-view', 'Serving'], ['findings', 'Findings'], ['steps', 'Next steps']] as const) {
      const page = read.places.get(id);
      expect(read.pages[(page ?? 0) - 1]?.text, id).toContain(title);
      expect(read.pages[0]?.text).toMatch(new RegExp(`${title}\\s*${page}\\b`));
    }
  });

  it('has links within and to the web, none of them to nowhere', () => {
    const [first] = read.pages;
    expect(first?.urls).toContain('https://example.com/docs');
    expect(first?.destinations).toEqual(expect.arrayContaining(['findings', 'steps']));
    for (const { destinations } of read.pages) for (const name of destinations) expect(read.places.has(name), name).toBe(true);
    expect(read.pages.flatMap(({ urls }) => urls).filter((url) => url.includes('/docs/ml'))).toHaveLength(60);
  });

  it('repeats the head of a table on each of its pages and cuts no row', () => {
    const pages = read.pages.filter(({ text }) => /Finding \d+: nothing/.test(text));
    expect(pages.length).toBeGreaterThan(2);
    for (const { text } of pages) expect(text).toMatch(/Rule\s*Severity\s*Element\s*Finding\s*Days/);
    // Each row begins and ends on the same page.
    for (const { text } of pages) expect([...text.matchAll(/Finding \d+: nothing/g)]).toHaveLength([...text.matchAll(/weeks\s+later\./g)].length);
    expect(pages.flatMap(({ text }) => [...text.matchAll(/Finding (\d+): nothing/g)].map(([, number]) => Number(number)))).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
  });

  it('leaves no caption or heading alone at the foot of a page', () => {
    const captioned = read.pages.find(({ text }) => text.includes('Findings by severity'));
    expect(captioned?.text).toContain('Finding 1: nothing');
  });

  it('leaves none alone however long what is before it is, and loses nothing by it', async () => {
    const sections = Array.from({ length: 90 }, (_, index): Section => {
      const text: Block = { kind: 'paragraph', text: [`Text ${index}. ${'word '.repeat((index * 37) % 101)}`] };
      const table: Block = { kind: 'table', caption: `Caption ${index}`, columns: [{ title: 'A' }, { title: 'B' }], rows: Array.from({ length: 1 + (index % 5) }, (_, row) => [[`Row ${index}.${row}`], ['x '.repeat((index * 13) % 90)]]) };
      return index % 3 === 0 ? { id: `s${index}`, title: `Heading ${index}`, blocks: [], sections: [{ id: `t${index}`, title: `Heading ${index} within`, blocks: [table, text] }] } : { id: `s${index}`, title: `Heading ${index}`, blocks: [text, table] };
    });
    const { pages } = await readPdf((await pdfOf({ ...small('x'), sections }, fonts)).bytes);
    expect(pages.length).toBeGreaterThan(12);
    const bodies = pages.map(({ text }) => text.replace(/\s*(?:T\s+2026-11-21)?\s*\d+ of \d+\s*$/, ''));
    for (const body of bodies) expect(body).not.toMatch(/(?:Heading \d+(?: within)?|Caption \d+)\s*$/);
    const whole = bodies.slice(2).join(' ');
    for (const word of ['Text', 'Caption']) expect([...whole.matchAll(new RegExp(`${word} (\\d+)`, 'g'))].map(([, number]) => Number(number)).filter((number) => number > 10)).toEqual(expect.arrayContaining(Array.from({ length: 79 }, (_, index) => index + 11)));
    // Each row once: what was taken back is not written twice.
    const rows = [...bodies.join(' ').matchAll(/Row\s+(\d+\.\d+)/g)].map(([, name]) => name);
    expect(new Set(rows).size).toBe(rows.length);
    expect(rows).toHaveLength(sections.reduce((sum, _, index) => sum + 1 + (index % 5), 0));
  });

  it('has no page on which nothing stands, wherever a table ends', async () => {
    for (const rows of [18, 19, 20, 21, 22, 23, 24, 25, 26]) {
      const table: Block = { kind: 'table', columns: [{ title: 'A' }], rows: Array.from({ length: rows }, (_, row) => [[`Row ${row}`]]) };
      const sections = Array.from({ length: 8 }, (_, index): Section => ({ id: `s${index}`, title: `Heading ${index}`, startsPage: true, blocks: [{ kind: 'paragraph', text: ['word '.repeat(index * 61)] }, table] }));
      const { pages } = await readPdf((await pdfOf({ ...small('x'), sections }, fonts)).bytes);
      for (const { text } of pages.slice(1)) expect(text.replace(/T\s+2026-11-21|\d+ of \d+/g, '').trim()).not.toBe('');
      expect(pages.map(({ text }) => text).join(' ').match(/Row \d+/g)).toHaveLength(8 * rows);
    }
  });

  it('gives the same bytes where it was begun before, however much was learned by then', async () => {
    const document = await sample();
    for (const steps of [0, 2, 100]) {
      const begun = await beginPdf({ ...document, sections: document.sections.slice(0, 3) }, fonts);
      for (let step = 0; step < steps; step++) begun.learning.next();
      expect(Buffer.compare(bytes, (await pdfOf(document, fonts, begun)).bytes)).toBe(0);
    }
  });

  it('writes words that are alike in one piece, each link once', async () => {
    const { bytes: one } = await pdfOf(small({ text: 'Many words of one link', href: 'https://example.com/one' }, ' and others'), fonts);
    const { pages } = await readPdf(one);
    expect(pages[0]?.urls).toEqual(['https://example.com/one']);
    expect(pages[0]?.text).toContain('Many words of one link and others');
  });

  it('keeps pictures as vectors with their words, a wide one on a page of its own', () => {
    const page = read.pages[(read.places.get('picture-system') ?? 0) - 1];
    expect(page?.text).toContain('PaymentsApi');
    expect(page?.text).toContain('The whole system');
    expect(page?.text).not.toContain('After the picture');
    expect(Buffer.from(bytes).includes('/Subtype /Image')).toBe(false);
  });

  it('lays a picture across that is larger so, and stands up again', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="2000" height="500" viewBox="0 0 2000 500"><path d="M0 0L9 9" stroke="#000000" marker-end="none" stroke-dasharray="3 2"/><text x="20" y="40" font-size="20" textLength="60" lengthAdjust="spacingAndGlyphs">Wide</text></svg>';
    const document: Document = { ...small('before'), sections: [{ id: 'a', title: 'A', blocks: [{ kind: 'paragraph', text: ['before'] }], sections: [{ id: 'b', title: 'B', blocks: [{ kind: 'figure', picture: { id: 'p', title: 'P', description: '', svg, wide: true } }, { kind: 'paragraph', text: ['after'] }] }] }] };
    const { pages } = await readPdf((await pdfOf(document, fonts)).bytes);
    expect(pages.map(({ width, height }) => width > height)).toEqual([false, true, false]);
    expect(pages.map(({ text }) => ['before', 'Wide', 'after'].filter((word) => text.includes(word)))).toEqual([['before'], ['Wide'], ['after']]);
    expect(pages[1]?.text).toContain('B');
  });

  it('writes a box for a character that no font has, and says which', async () => {
    const { bytes, missing } = await pdfOf(small('数 Ω Ж → שלום é 👩‍🚀', { text: '数据', code: true }), fonts);
    expect(missing).toEqual(['据', '数', '👩', '🚀'].sort((a, b) => (a.codePointAt(0) ?? 0) - (b.codePointAt(0) ?? 0)));
    const text = (await readPdf(bytes)).pages[0]?.text ?? '';
    expect(text.match(/□/g)).toHaveLength(5);
    expect(text).toContain('Ω Ж →');
    expect((await pdfOf(small('plain — text'), fonts)).missing).toEqual([]);
  });

  it('breaks names that have no place to break at, without changing them', async () => {
    const name = 'x'.repeat(2000);
    const cell: Inline[] = [{ text: name, code: true }];
    const document: Document = { ...small(name), title: name, footer: name, sections: [{ id: 's', title: name, blocks: [{ kind: 'table', columns: [{ title: 'A' }, { title: 'B' }, { title: 'C', width: 1 }], rows: [[cell, ['retrieval_service_'.repeat(12)], [name]], [['a'], ['b'], ['c']]] }] }] };
    const { bytes } = await pdfOf(document, fonts);
    const { pages } = await readPdf(bytes);
    for (const { ends, width } of pages) for (const end of ends) expect(end).toBeLessThan(width - 40);
    const names = pages.flatMap(({ pieces }) => pieces.filter((piece) => piece.includes('retrieval')));
    expect(names.length).toBeGreaterThan(3);
    for (const piece of names) expect(piece).toMatch(/_$/);
    // Where a name may be broken and is not, nothing is left that who copies it would get.
    const ofName = glyphsOf(bytes).filter((glyphs) => glyphs.length > 20 && glyphs[1] === glyphs[2] && glyphs[2] === glyphs[3]);
    expect(ofName.length).toBeGreaterThan(20);
    // Header and footer are cut, and end in an ellipsis.
    expect(ofName.filter((glyphs) => new Set(glyphs).size > 1).length).toBeLessThanOrEqual(2 * pages.length);
    const whole = pages.map(({ text }) => text).join('').replaceAll(/\s/g, '');
    expect(whole.match(/x/g)?.length).toBeGreaterThanOrEqual(8000);
  });

  it('takes every hostile text', async () => {
    const document = hostileDocument(['<script>alert(1)</script>', 'nul\u0000l \u001b[31m', 'lone \ud83d surrogate', '\u202egnp.exe', 'שלום עולם مرحبا', '__proto__', '\\(x\\) << /S /JavaScript >>', 'W'.repeat(500), 'word '.repeat(400), '']);
    const { bytes } = await pdfOf(document, fonts);
    const { pages, info } = await readPdf(bytes);
    const all = pages.map(({ text }) => text).join(' ');
    expect(all).toContain('<script>alert(1)</script>');
    expect(all).not.toMatch(/[\u0000-\u0008\u200b\u202e]/);
    expect(pages.flatMap(({ urls }) => urls).every((url) => url.startsWith('https://example.com/'))).toBe(true);
    expect(info['Title']).toBe('<script>alert(1)</script>');
    for (const { ends, width } of pages) for (const end of ends) expect(end).toBeLessThan(width - 30);
  }, 180_000);
});

describe('the widths of columns', () => {
  it('fill the room, and give each column what cannot be broken', () => {
    fc.assert(fc.property(fc.array(fc.record({ least: fc.double({ min: 1, max: 80, noNaN: true }), more: fc.double({ min: 0, max: 900, noNaN: true }), width: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }) }), { minLength: 1, maxLength: 9 }), (columns) => {
      const room = 487;
      const needs = columns.map(({ least, more }) => ({ least, most: least + more }));
      const widths = columnWidths(columns.map(({ width }) => ({ title: '', width })), needs, room);
      expect(widths.reduce((a, b) => a + b, 0)).toBeCloseTo(room, 6);
      widths.forEach((width, index) => expect(width).toBeGreaterThanOrEqual(Math.min(needs[index]?.least ?? 0, room / columns.length) - 1e-6));
    }));
  });
});

describe('what a font covers', () => {
  it('is read from the font', () => {
    const covers = coverageOf(fonts.regular);
    expect([...'aé→Ж□'].map((character) => covers(character.codePointAt(0) ?? 0))).toEqual([true, true, true, true, true]);
    expect([...'数א\u{1F680}'].map((character) => covers(character.codePointAt(0) ?? 0))).toEqual([false, false, false]);
    expect(coverageOf(fonts.others[0] ?? new Uint8Array())(0x5d0)).toBe(true);
    expect(coverageOf(new Uint8Array([0, 1, 0, 0, 0, 9]))(97)).toBe(false);
  });
});
