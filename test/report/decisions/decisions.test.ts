import { describe, expect, it } from 'vitest';
import { decisionsOf } from '../../../src/analysis/decisions/decisions.ts';
import type { DecisionRecord } from '../../../src/analysis/decisions/record.ts';
import { decisionFiles, slugOf } from '../../../src/report/decisions/decision-files.ts';
import { madrOf } from '../../../src/report/decisions/madr.ts';
import { HOSTILE } from '../sample-review.ts';
import { exampleSubjects, subjectOf } from '../review-report/subject-of.ts';

const record = (overrides: Partial<DecisionRecord> = {}): DecisionRecord => ({ origin: 'declared', title: 'Serve on Triton', status: 'accepted', date: '2026-06-02', context: 'Too slow.', drivers: [], options: [{ name: 'Triton', good: [], bad: [] }, { name: 'FastAPI', good: [], bad: [] }], chosen: 'Triton', good: [], bad: [], watchedBy: ['ML09'], findings: [], components: ['Scorer'], more: [], ...overrides });
const existing = (files: readonly { name: string; content: string }[]): Map<string, string> => new Map(files.map(({ name, content }) => [name, content]));

describe('records of decisions', () => {
  it('have the sections of MADR in their order', () => {
    const text = madrOf(record({ makers: 'Risk ML', drivers: ['speed'], good: ['it is fast'], bad: ['it is new'], because: 'it keeps the promise.', revisit: 'Next year.', options: [{ name: 'Triton', good: ['fast'], bad: ['new'] }, { name: 'FastAPI', good: [], bad: ['slow'] }] }));
    expect([...text.matchAll(/^#+ .*$/gm)].map(([heading]) => heading)).toEqual(['# Serve on Triton', '## Context and Problem Statement', '## Decision Drivers', '## Considered Options', '## Decision Outcome', '### Consequences', '### Confirmation', '## Pros and Cons of the Options', '### Triton', '### FastAPI', '## More Information']);
    expect(text).toMatch(/^---\nstatus: "accepted"\ndate: "2026-06-02"\ndecision-makers: "Risk ML"\n---\n/);
    expect(text).toContain('Chosen option: "Triton", because it keeps the promise.');
    expect(text).toContain('[ML09](https://github.com/mlarch/mlarch/blob/main/docs/checks/ml09.md)');
  });

  it('let nothing of a file become markup or a field', () => {
    const text = madrOf(record({ title: HOSTILE, makers: `${HOSTILE}\nstatus: rejected`, context: HOSTILE, chosen: HOSTILE, options: [{ name: HOSTILE, good: [HOSTILE], bad: [HOSTILE] }], more: [HOSTILE] }));
    expect(text).not.toContain('<script>');
    expect(text.split('---')[1]?.trim().split('\n')).toHaveLength(3);
    expect([...text.matchAll(/^# /gm)]).toHaveLength(1);
  });

  it('keep their numbers, and are not written again where nothing changed', () => {
    const first = decisionFiles([record(), record({ title: 'One region' })], new Map());
    expect(first.map(({ name, state }) => [name, state])).toEqual([['0001-serve-on-triton.md', 'new'], ['0002-one-region.md', 'new']]);
    const second = decisionFiles([record({ title: 'Another one' }), record({ title: 'One region', date: '2026-12-24' }), record({ context: 'Far too slow.' })], existing(first));
    expect(second.map(({ name, state }) => [name, state])).toEqual([['0003-another-one.md', 'new'], ['0002-one-region.md', 'same'], ['0001-serve-on-triton.md', 'changed']]);
  });

  it('are left as they are once somebody has edited or written them', () => {
    const [file] = decisionFiles([record()], new Map());
    for (const content of [`${file?.content ?? ''}More.\n`, (file?.content ?? '').replace('Too slow', 'Much too slow'), '# Mine\n', '']) {
      expect(decisionFiles([record({ context: 'New.' })], new Map([['0007-serve-on-triton.md', content]])).map(({ name, state }) => [name, state])).toEqual([['0007-serve-on-triton.md', 'edited']]);
    }
  });

  it('have names of their own, whatever their titles', () => {
    const files = decisionFiles([record({ title: '?' }), record({ title: '!' }), record({ title: '../../etc/passwd' }), record({ title: 'Ä'.repeat(300) }), record({ title: '数据 管道' })], new Map());
    expect(new Set(files.map(({ name }) => name)).size).toBe(5);
    for (const { name } of files) expect(name).toMatch(/^\d{4}-[\p{L}\p{N}-]{1,64}\.md$/u);
    expect(slugOf('Serve on Triton, not FastAPI')).toBe('serve-on-triton-not-fastapi');
  });
});

describe('decisions of a system', () => {
  /** A `;` ends a line. */
  const of = (text: string): DecisionRecord[] => {
    const { context, review } = subjectOf(text.replaceAll(';', '\n'));
    return decisionsOf(context, review, { proposed: true });
  };

  it('are found in what a model shows and nobody wrote down', () => {
    const text = `system Shop {; region "eu-west-1"; consumer Web { peak 10 req/s tolerates 6 h }; service Scorer : realtime { serves M deployed_by manual }; model M { task classification packaging in_image }; model Bot : vendor { task generation }; Web -> Scorer { sync }; DECISION; }`;
    const titles = of(text.replace('DECISION', '')).filter(({ origin }) => origin === 'implicit').map(({ title }) => title);
    expect(titles).toEqual(expect.arrayContaining(['Answer Web in real time from Scorer', 'Use a model of a vendor for Bot', 'Release M together with the code', 'Deploy Scorer by hand', 'Run in one region']));
    const spoken = of(text.replace('DECISION', 'decision "On request" { chosen Scorer }')).filter(({ origin }) => origin === 'implicit').map(({ title }) => title);
    expect(spoken).not.toContain('Answer Web in real time from Scorer');
    expect(spoken).toContain('Release M together with the code');
  });

  it('are not invented where nothing shows them', () => {
    expect(of('system Empty {}')).toEqual([]);
    const quick = of('system Shop {; consumer Web { peak 10 req/s tolerates 1 min }; service Scorer : realtime { serves M }; model M { task classification }; Web -> Scorer { sync }; }');
    expect(quick.map(({ title }) => title)).not.toContain('Answer Web in real time from Scorer');
  });

  it.each(exampleSubjects())('of %s are records with titles of their own, each watched by rules that exist', (_, { context, review, roadmap }) => {
    const records = decisionsOf(context, review, { proposed: true });
    expect(records.filter(({ origin }) => origin === 'declared')).toHaveLength(context.architecture.decisions.length);
    for (const { action } of roadmap.top) expect(records.some(({ findings }) => findings.includes(action.id))).toBe(true);
    for (const { watchedBy, origin, title } of records) {
      expect(title).not.toBe('');
      if (origin === 'roadmap') expect(watchedBy.length).toBeGreaterThan(0);
    }
    expect(decisionsOf(context, review, { proposed: false }).every(({ origin }) => origin === 'declared')).toBe(true);
  });
});
