import { expect, it } from 'vitest';
import { htmlOf } from '../../../../src/report/document/html.ts';
import { markdownOf } from '../../../../src/report/document/markdown.ts';
import type { Section } from '../../../../src/report/document/block.ts';
import { DESIGN_PARTS, PARTS } from '../../../../src/report/review-report/sections.ts';
import { SYSTEMS, loadExample } from '../../../support/examples.ts';
import { assistant, bare, fraud, subjectOf, system, textOf } from './support.ts';

const idsOf = ({ id, sections = [] }: Section): string[] => [id, ...sections.flatMap(idsOf)];

it('has parts whose names and sections are unique, beside those of the report', () => {
  for (const subject of [fraud(), assistant(), bare()]) {
    const ids = PARTS.flatMap(({ section }) => idsOf(section(subject)));
    expect(new Set(ids).size).toBe(ids.length);
  }
  expect(DESIGN_PARTS.map(({ name }) => name)).toEqual(['serving-design', 'monitoring-design', 'experiment-design', 'decoupling', 'scaling-runbook', 'deployment-runbook', 'incident-response']);
});

it.each(SYSTEMS)('writes every part of %s', (file) => {
  const subject = subjectOf(loadExample(file), false);
  for (const { name } of DESIGN_PARTS) expect(textOf(name, subject)).toContain(subject.context.today);
}, 60_000);

it('says nothing of people, files and what was asked to readers outside', () => {
  for (const subject of [fraud(true), assistant(true)]) {
    const text = DESIGN_PARTS.map(({ name }) => textOf(name, subject)).join('\n');
    expect(text).not.toMatch(/Risk ML|Head of|Support AI|Content team|Payments,|runbooks\/|\.mlarch|perf\/|Declare |How many people/);
  }
  expect(DESIGN_PARTS.map(({ name }) => textOf(name, fraud())).join('\n')).toMatch(/Head of Risk[\s\S]*runbooks\/fraud\.md/);
});

it('writes what a file says as text', () => {
  const hostile = system('consumer Web { peak 10 req/s }', 'service Api : realtime { serves Net hard_limits "<img src=x onerror=alert(1)> [x](javascript:1)" }', 'model Net : trained { owner "<script>1</script>" }', 'Web -> Api', 'monitor Watch : business { watches Api metric "**x** | y" }');
  const sections = DESIGN_PARTS.map(({ section }) => section(hostile));
  const document = { title: 'Design', date: '2026-11-21', language: 'en', sections } as const;
  const [html, markdown] = [htmlOf(document), markdownOf(document, ({ id }) => id)];
  expect(html).toContain('&lt;script&gt;1');
  expect(html).not.toMatch(/<script>1|<img src=x|href="javascript/);
  expect(markdown).not.toMatch(/(^|[^`"])<(script|img)/m);
});
