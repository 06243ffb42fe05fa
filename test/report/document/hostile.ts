import type { Block, Document, Inline } from '../../../src/report/document/block.ts';
import { linesPlot } from '../../../src/report/plots/lines.ts';
import { HOSTILE } from '../../diagram/support.ts';

/** Names without a place to break at, and texts of many directions, beside what other writers are held to. */
export const HOSTILE_TEXTS: readonly string[] = [...HOSTILE, 'a'.repeat(2000), 'retrieval_service_'.repeat(100), 'W'.repeat(2000), 'word '.repeat(3000), '名'.repeat(2000), '\u0000\u0001\u001b[31m', '\u2066\u202e\u2069', '</style></svg></html>', '{{ x }} {% y %}', '='.repeat(500), '\\'.repeat(60), '`'.repeat(60), '|'.repeat(60)];

/** A document in which every text is hostile. */
export function hostileDocument(texts: readonly string[] = HOSTILE_TEXTS): Document {
  const [first = ''] = texts;
  const inlines = (text: string): Inline[] => [text, { text, code: true }, { text, strong: true, href: text }, { text, emphasis: true, href: 'https://example.com/a_(b)|c' }, { text, severity: 'high' }];
  const blocks = (text: string, index: number): Block[] => [
    { kind: 'paragraph', text: inlines(text) },
    { kind: 'list', items: [{ text: inlines(text), nested: { kind: 'list', ordered: true, items: [{ text: inlines(text) }] } }] },
    { kind: 'table', caption: text, namedRows: true, columns: [{ title: text.slice(0, 200) }, { title: 'Name' }, { title: 'Text', width: 2 }, { title: '€', align: 'right' }], rows: [[[text], [{ text, code: true }], inlines(text), ['1']]] },
    { kind: 'code', text, language: text },
    { kind: 'note', tone: 'info', text: inlines(text) },
    { kind: 'facts', facts: [{ term: text, definition: inlines(text) }] },
    { kind: 'bars', caption: text, bars: [{ label: text, low: Number.NaN, high: 7, of: 4 }] },
    { kind: 'figure', picture: { id: `picture ${index} ${text.slice(0, 40)}`, title: text, description: text, svg: linesPlot({ title: text, description: text, x: { title: text }, y: { title: text }, series: [{ label: text, points: [{ x: 0, y: 1 }, { x: 1, y: 2 }] }] }), mermaid: text } },
  ];
  return {
    title: first,
    subtitle: texts.join(' ').slice(0, 500),
    date: '2026-11-21',
    language: 'en',
    author: first,
    subject: texts[1] ?? first,
    footer: texts.join(' ').slice(0, 3000),
    sections: texts.map((text, index) => ({ id: `${index} ${text.slice(0, 60)}`, title: text, blocks: blocks(text, index) })),
  };
}
