import { HtmlValidate } from 'html-validate/node';
import { describe, expect, it } from 'vitest';
import { elkLayouter } from '../../../src/diagram/layout/elk.ts';
import { review } from '../../../src/analysis/review.ts';
import { DEFAULT_SETTINGS } from '../../../src/analysis/settings.ts';
import type { Block, Document, Inline, Section } from '../../../src/report/document/block.ts';
import { htmlOf } from '../../../src/report/document/html.ts';
import { markdownOf } from '../../../src/report/document/markdown.ts';
import { reportPictures } from '../../../src/report/review-report/pictures.ts';
import { reportJson } from '../../../src/report/review-report/report-json.ts';
import { PARTS, reviewReport } from '../../../src/report/review-report/sections.ts';
import { loadExample, SYSTEMS } from '../../support/examples.ts';
import { loadText } from '../../support/load.ts';
import { subjectOf } from './subject.ts';

const validator = new HtmlValidate({ extends: ['html-validate:recommended'], rules: { 'no-inline-style': 'off', 'long-title': 'off', 'svg-focusable': 'off', 'no-trailing-whitespace': 'off', 'require-sri': 'off' } });

const sectionsOf = (sections: readonly Section[]): Section[] => sections.flatMap((section) => [section, ...sectionsOf(section.sections ?? [])]);
const linesIn = (block: Block): readonly (readonly Inline[])[] => {
  switch (block.kind) {
    case 'paragraph':
    case 'note':
      return [block.text];
    case 'table':
      return block.rows.flat();
    case 'facts':
      return block.facts.map(({ definition }) => definition);
    case 'list':
      return block.items.map(({ text }) => text);
    default:
      return [];
  }
};
const inlinesIn = (document: Document): Inline[] => sectionsOf(document.sections).flatMap(({ blocks }) => blocks.flatMap((block) => linesIn(block).flat()));

describe.each(SYSTEMS)('%s', (file) => {
  for (const architecture of loadExample(file).architectures) {
    it('is written in every form, the same each time, with every link leading somewhere', { timeout: 180_000 }, async () => {
      const context = { architecture, settings: DEFAULT_SETTINGS, today: '2026-11-21' };
      const pictures = await reportPictures(context, review(architecture, context), elkLayouter());
      const subject = subjectOf(architecture, { pictures });
      const document = reviewReport(subject);
      const html = htmlOf(document);
      const markdown = markdownOf(document, ({ id }) => `pictures/${id}.svg`);

      expect(htmlOf(reviewReport(subjectOf(architecture, { pictures })))).toBe(html);
      expect((await validator.validateString(html)).results.flatMap(({ messages }) => messages.map(({ ruleId, message, line }) => `${line}: ${ruleId} ${message}`))).toEqual([]);
      expect(html).not.toMatch(/(?:src|href)="(?!#|https:|data:)/);
      for (const text of [html, markdown, JSON.stringify(reportJson(subject, document))]) expect(text).not.toMatch(/\bundefined\b|\bNaN\b|\[object |\bInfinity\b/);

      const ids = new Set([...sectionsOf(document.sections).map(({ id }) => id), ...[...pictures.values()].map(({ id }) => id)]);
      expect(sectionsOf(document.sections)).toHaveLength(new Set(sectionsOf(document.sections).map(({ id }) => id)).size);
      const inner = inlinesIn(document).flatMap((inline) => (typeof inline === 'object' && inline.href?.startsWith('#') ? [inline.href.slice(1)] : []));
      expect(inner.filter((id) => !ids.has(id))).toEqual([]);
      for (const finding of subject.review.findings) expect(markdown).toContain(finding.rule);
    });
  }
});

it('has a name for each part, and writes each by itself', () => {
  expect(new Set(PARTS.map(({ name }) => name)).size).toBe(PARTS.length);
  const [architecture] = loadExample('examples/card-fraud/main.mlarch').architectures;
  if (!architecture) throw new Error('no system');
  const subject = subjectOf(architecture);
  for (const part of PARTS) expect(reviewReport(subject, [part]).sections.map(({ id }) => id)).toEqual([part.section(subject).id]);
});

it('holds for a system of which nothing is said', () => {
  const [architecture] = loadText('system Empty {\n}\n').architectures;
  if (!architecture) throw new Error('no system');
  const markdown = markdownOf(reviewReport(subjectOf(architecture)), ({ id }) => id);
  expect(markdown).toContain('Insufficient information');
  expect(markdown).toContain('No finding is open');
  expect(markdown).not.toMatch(/undefined|NaN/);
});

it('shows hostile names and texts as themselves', async () => {
  const text = 'system Shop {\n  owner "<script>alert(1)</script> | `x` \\"]]> %%"\n  /** <img src=x onerror=alert(1)> **bold** [a](javascript:1) */\n  service Scorer : realtime {\n    replicas 1\n    owner "<b>|</b>"\n  }\n  consumer Web {\n    peak 10 req/s\n  }\n  Web -> Scorer\n}\n';
  const [architecture] = loadText(text).architectures;
  if (!architecture) throw new Error('no system');
  const document = reviewReport(subjectOf(architecture));
  const html = htmlOf(document);
  expect(html).not.toMatch(/<script|<img|<b>/);
  expect(html).toContain('&lt;b&gt;|&lt;/b&gt;');
  expect(markdownOf(document, ({ id }) => id)).not.toMatch(/<script|<b>/);
});
