import { HtmlValidate } from 'html-validate/node';
import { describe, expect, it } from 'vitest';
import type { Section } from '../../../src/report/document/block.ts';
import { htmlOf } from '../../../src/report/document/html.ts';
import { markdownOf } from '../../../src/report/document/markdown.ts';
import { maturitySection } from '../../../src/report/review-report/maturity.ts';
import { loadExample, SYSTEMS } from '../../support/examples.ts';
import { loadText } from '../../support/load.ts';
import { subjectOf } from './subject.ts';

const validator = new HtmlValidate({ extends: ['html-validate:recommended'], rules: { 'no-inline-style': 'off', 'long-title': 'off', 'svg-focusable': 'off', 'no-trailing-whitespace': 'off', 'require-sri': 'off' } });
const documentOf = (section: Section) => ({ title: 'Maturity', date: '2026-11-21', language: 'en' as const, sections: [section] });
const sectionsOf = (section: Section): Section[] => [section, ...(section.sections ?? []).flatMap(sectionsOf)];

describe.each(SYSTEMS)('%s', (file) => {
  for (const architecture of loadExample(file).architectures) {
    it('has a section that every writer takes', { timeout: 60_000 }, async () => {
      const section = maturitySection(subjectOf(architecture));
      const html = htmlOf(documentOf(section));
      expect((await validator.validateString(html)).results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId} ${message}`))).toEqual([]);
      for (const text of [html, markdownOf(documentOf(section), () => '')]) expect(text).not.toMatch(/\bundefined\b|\bNaN\b|\[object |\bInfinity\b/);
      const ids = sectionsOf(section).map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
    });
  }
});

const HOSTILE = `system Shop {
  training Train { produces Ranker code notebook }
  model Ranker : trained { artifact "s3://secret/<img src=x onerror=alert(1)>|[a](javascript:b)" artifact_mutable yes }
  tracker Runs : notebook { location local }
  service Scorer : realtime { serves Ranker loads_model from_path keeps_previous deleted rollback none }
  Train -> Scorer { deploys Ranker }
}
`;

it('escapes what the file says, and leaves its wording out for people outside', () => {
  const [architecture] = loadText(HOSTILE).architectures;
  if (!architecture) throw new Error('no system');
  const html = htmlOf(documentOf(maturitySection(subjectOf(architecture))));
  expect(html).not.toContain('<img src=x');
  const [open, redacted] = [false, true].map((redact) => JSON.stringify(maturitySection({ ...subjectOf(architecture), redact })));
  expect(open).toContain('Train runs from a notebook');
  expect(redacted).not.toContain('Train runs from a notebook');
  expect(redacted).not.toContain('secret');
});
