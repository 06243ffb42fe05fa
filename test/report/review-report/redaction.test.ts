import { describe, expect, it } from 'vitest';
import { elkLayouter } from '../../../src/diagram/layout/elk.ts';
import { vocabulary } from '../../../src/model/vocabulary.generated.ts';
import type { PropertyTable } from '../../../src/model/vocabulary-table.ts';
import { htmlOf } from '../../../src/report/document/html.ts';
import { markdownOf } from '../../../src/report/document/markdown.ts';
import { pdfOf } from '../../../src/report/document/pdf/pdf.ts';
import { reportPictures } from '../../../src/report/review-report/pictures.ts';
import { redactDocument, redactSubject } from '../../../src/report/review-report/redaction.ts';
import { reportJson } from '../../../src/report/review-report/report-json.ts';
import { PARTS, reviewReport } from '../../../src/report/review-report/sections.ts';
import { executiveSummary } from '../../../src/report/review-report/summary.ts';
import type { ReportSubject } from '../../../src/report/review-report/subject.ts';
import { fonts } from '../document/fonts.ts';
import { openPdf } from '../document/read-pdf.ts';
import { exampleSubjects, subjectOf } from './subject-of.ts';

/** Secrets as people leave them in texts; each is told apart by its number. */
const SHAPES = ['Anna Kowalska', 'anna@corp.example', 'https://wiki.corp.example/x', '/srv/models/key', 'db7.internal.corp', '10.1.2.3', 'AKIA1234567890', 'Omega plan', 'q'];
const planted: string[] = [];
function plant(): string {
  const secret = `Zq${planted.length}x ${SHAPES[planted.length % SHAPES.length] ?? ''}`.trim();
  planted.push(secret);
  return secret;
}

/** Every property of free text of a kind, with a secret in each. */
const texts = (table: PropertyTable): string[] => Object.entries(table).flatMap(([name, { value }]) => (value.type === 'text' ? [`    ${name} "${plant()}"`] : value.type === 'texts' ? [`    ${name} ["${plant()}", "${plant()}"]`] : value.type === 'names' ? [`    ${name} ["${plant()}"]`] : []));

/** A component of each kind, called by somebody’s name, and every other form that has texts. */
function everySecret(): { readonly file: string; readonly names: readonly string[] } {
  const kinds = Object.entries(vocabulary.kinds);
  const names = kinds.map(([kind]) => `Kowalski${kind.replaceAll('_', '')}Host`);
  const components = kinds.map(([kind, { properties }], index) => `  /** ${plant()} */\n  ${kind} ${names[index] ?? ''} {\n    technology KowalskiEngine\n${texts(properties).join('\n')}\n  }`);
  const at = (kind: string): string => names[kinds.findIndex(([name]) => name === kind)] ?? '';
  const file = `/** ${plant()} */
technology KowalskiEngine {
  title "${plant()}"
  category web_framework
}

/** ${plant()} */
system Shop {
${texts(vocabulary.forms.system).join('\n')}
  stage production
  criticality high
  complete [serving]
  serving_note
${components.join('\n')}
  ${at('consumer')} -> ${at('service')} { sync timeout 200 ms }
  decision "${plant()}" {
${texts(vocabulary.forms.decision).join('\n')}
    status accepted on 2026-01-02
    chosen ${at('service')}
  }
  accept ML09 on ${at('service')} { because "${plant()}" until 2027-03-31 by "${plant()}" }
  target ${names[0] ?? ''}Later {
    because "${plant()}"
    change ${at('service')} { zones 3 owner "${plant()}" }
  }
}
`.replace('  serving_note\n', '');
  return { file, names };
}

async function outputsOf(subject: ReportSubject): Promise<Record<string, string>> {
  const shown = redactSubject(subject);
  const whole = { ...shown, pictures: await reportPictures(shown.context, shown.review, elkLayouter()) };
  const outputs: Record<string, string> = {};
  for (const [name, document] of [['report', reviewReport(whole, PARTS)], ['summary', executiveSummary(whole)]] as const) {
    outputs[`${name}.md`] = markdownOf(document, ({ id, svg }) => `${id}.svg ${svg}`);
    outputs[`${name}.html`] = htmlOf(document);
    outputs[`${name}.json`] = JSON.stringify(reportJson(whole, document));
    const pdf = await openPdf((await pdfOf(document, fonts)).bytes);
    const pages = await Promise.all(Array.from({ length: pdf.numPages }, async (_, index) => (await (await pdf.getPage(index + 1)).getTextContent()).items.map((item) => ('str' in item ? item.str : '')).join('')));
    outputs[`${name}.pdf`] = `${pages.join('\n')}${JSON.stringify(await pdf.getMetadata())}`;
  }
  return outputs;
}

describe('a report for people outside', () => {
  it('shows none of the texts, names and paths that a file can hold, in any format', async () => {
    const { file, names } = everySecret();
    const subject = subjectOf(file, true);
    expect(planted.length).toBeGreaterThan(100);
    for (const [output, content] of Object.entries(await outputsOf(subject))) {
      const plain = content.replaceAll(/\s|&#?\w+;|\\/g, '');
      expect(planted.filter((secret) => plain.includes((secret.split(' ')[0] ?? secret).replaceAll(/\s/g, '')) && /^Zq\d+x$/.test(secret.split(' ')[0] ?? '')), output).toEqual([]);
      for (const shape of SHAPES.filter((text) => text.length > 1)) expect(plain.includes(shape.replaceAll(/\s/g, '')), `${output}: ${shape}`).toBe(false);
      expect(names.filter((name) => plain.includes(name)), output).toEqual([]);
      expect(plain.includes('Kowalski'), output).toBe(false);
      expect(plain, output).not.toMatch(/main\.mlarch/);
    }
  });

  it('shows the same texts where nobody asks to leave them out', () => {
    const { file, names } = everySecret();
    const text = markdownOf(reviewReport(subjectOf(file)), () => '');
    expect(names.some((name) => text.includes(name))).toBe(true);
    expect(text).toContain('Kowalski');
  });

  it.each(exampleSubjects(true))('of %s names no component, and says the same figures', (_, subject) => {
    const document = reviewReport(subject);
    // Products keep their names, and a component may be called like one.
    const products = [...subject.context.architecture.catalogue.technology.values()].flatMap(({ properties }) => properties.title ?? []).sort((a, b) => b.length - a.length);
    const text = products.reduce((rest, product) => rest.replaceAll(product, ''), markdownOf(document, () => '').replaceAll(/\]\([^)]*\)/g, ''));
    const named = [...subject.context.architecture.components.values()].filter(({ name, kind }) => name !== kind && name.length > 4 && new RegExp(`(?<![\\p{L}\\p{N}_])${name}(?![\\p{L}\\p{N}_])`, 'u').test(text)).map(({ name }) => name);
    expect(named.filter((name) => name !== 'Score')).toEqual([]);
    const shown = redactSubject(subject);
    expect(shown.review.findings.map(({ rule, severity }) => [rule, severity])).toEqual(subject.review.findings.map(({ rule, severity }) => [rule, severity]));
    expect(shown.estimation.bottleneck?.multiple.value).toBe(subject.estimation.bottleneck?.multiple.value);
    expect(shown.roadmap.top.map(({ removes }) => removes)).toEqual(subject.roadmap.top.map(({ removes }) => removes));
    expect(shown.context.architecture.components.size).toBe(subject.context.architecture.components.size);
    expect(redactSubject(shown)).toBe(shown);
  });

  it('loses links that are not ours, addresses, and text that was cut short', () => {
    const subject = subjectOf('system Shop {\n  owner "Anna Kowalska of the night shift"\n  service PaymentsGateway { }\n}', true);
    const paragraph = (...text: (string | { text: string; href: string })[]) => ({ kind: 'paragraph' as const, text });
    const document = redactDocument({ title: 'Shop', date: '2026-11-21', language: 'en', sections: [{ id: 'a', title: 'PaymentsGateway', blocks: [paragraph('see https://corp.example/x, mail me@corp.example, main.mlarch:12, 10.0.0.1:80, models/a/b.bin; PaymentsGateway', { text: 'x', href: 'https://corp.example' }, { text: 'y', href: '#a' })] }] }, subject);
    const text = JSON.stringify(document);
    expect(text).not.toMatch(/corp|mlarch:12|10\.0|b\.bin|PaymentsGateway/);
    expect(text).toContain('"href":"#a"');
    expect(text).toContain('service 1');
  });
});
