import { expect } from 'vitest';
import { htmlOf } from '../../../../src/report/document/html.ts';
import { markdownOf } from '../../../../src/report/document/markdown.ts';
import { DESIGN_PARTS } from '../../../../src/report/review-report/sections.ts';
import type { ReportSubject } from '../../../../src/report/review-report/subject.ts';
import type { LoweredProject } from '../../../../src/language/lowering/lower-project.ts';
import { loadExample } from '../../../support/examples.ts';
import { loadText } from '../../../support/load.ts';
import { subjectOf as reviewed } from '../subject.ts';

const TODAY = '2026-11-21';

export function subjectOf({ architectures: [architecture], problems }: LoweredProject, redact: boolean): ReportSubject {
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  return reviewed(architecture!, { redact });
}

export const fraud = (redact = false): ReportSubject => subjectOf(loadExample('examples/card-fraud/main.mlarch'), redact);
export const assistant = (redact = false): ReportSubject => subjectOf(loadExample('examples/support-assistant/main.mlarch'), redact);
export const system = (...lines: string[]): ReportSubject => subjectOf(loadText(`system Shop {\n${lines.join('\n')}\n}\n`), false);
/** A model behind a service, and nothing said of either. */
export const bare = (): ReportSubject => system('service Api : realtime { serves Net }', 'model Net : trained { }');

/** One part as Markdown without escapes and marks, as a reader sees it; it is written as HTML too. */
export function textOf(part: string, subject: ReportSubject): string {
  const section = DESIGN_PARTS.find(({ name }) => name === part)!.section(subject);
  const document = { title: 'Design', date: TODAY, language: 'en', sections: [section] } as const;
  expect(htmlOf(document).includes(`id="d-${section.id}"`)).toBe(true);
  const markdown = markdownOf(document, ({ id }) => `${id}.svg`);
  expect(markdown).not.toMatch(/undefined|NaN|Infinity|\[object|—/);
  return markdown.replaceAll(/<\/?(strong|a)[^>]*>|\*\*|\\/g, '').replaceAll('`', '');
}

/** The line that begins with a term or a cell. */
export const lineOf = (text: string, start: string): string => text.split('\n').find((line) => line.replace(/^[-| ]+|^\d+\. /, '').startsWith(start)) ?? '';
