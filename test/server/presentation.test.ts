import { describe, expect, it } from 'vitest';
import { codeLenses } from '../../src/server/features/code-lenses.ts';
import { hoverExtras, ruleHover } from '../../src/server/features/hover-extras.ts';
import { inlayHints } from '../../src/server/features/inlay-hints.ts';
import { EXAMPLES } from '../support/examples.ts';
import { snapshotOf } from './snapshot.ts';

const START_UP = EXAMPLES['examples/published/startup-on-one-machine.mlarch'] ?? '';
const EVERYWHERE = { start: { line: 0, character: 0 }, end: { line: 10_000, character: 0 } };
const HEAD = 'system S {\n  stage production\n  criticality high\n';
const SHARED = 'service Api : realtime {\n  replicas 1\n  throughput 40 req/s\n  autoscale none\n}\n';
const using = (name: string, peak: number): string => `import { Api } from "shared.mlarch"\n\nsystem ${name} {\n  stage production\n  criticality high\n  consumer App { peak ${peak} req/s blocking yes }\n  App -> Api\n}\n`;
const TWO = { 'a.mlarch': using('One', 20), 'b.mlarch': using('Two', 30), 'shared.mlarch': SHARED };

describe('code lenses', () => {
  const lenses = codeLenses(snapshotOf(START_UP), 'main.mlarch', true);

  it('give the score and the counts of a system, and lead to its findings', () => {
    expect(lenses[0]).toEqual({
      range: { start: { line: 7, character: 7 }, end: { line: 7, character: 21 } },
      command: { title: 'research-grade, 0.0 to 0.4 of 4 (bar 2.75) · 6 critical · 40 high · 23 questions', command: 'mlarch.showFindings', arguments: ['main.mlarch'] },
    });
  });

  it('count the findings of each component that has any', () => {
    const api = lenses.find(({ command }) => command?.arguments?.[1] === 'Api');
    expect(api).toMatchObject({ range: { start: { line: 69 } }, command: { title: '18 findings: 3 critical, 15 high', arguments: ['main.mlarch', 'Api'] } });
    expect(lenses.find(({ command }) => command?.arguments?.[1] === 'Founders')?.command?.title).toBe('1 finding: 1 high');
    expect(lenses.some(({ command }) => command?.arguments?.[1] === 'WebApp')).toBe(false);
  });

  it('are text where the client has no such command', () => {
    for (const { command } of codeLenses(snapshotOf(START_UP), 'main.mlarch', false)) expect(command).toEqual({ title: expect.any(String), command: '' });
  });

  it('are in the file where the component is, for each system that it is part of', () => {
    const snapshot = snapshotOf(TWO, { entries: ['a.mlarch', 'b.mlarch'] });
    expect(codeLenses(snapshot, 'shared.mlarch', true).map(({ command }) => [command?.title.split(':')[0], command?.arguments])).toEqual([['One', ['a.mlarch', 'Api']], ['Two', ['b.mlarch', 'Api']]]);
    expect(codeLenses(snapshot, 'a.mlarch', true).map(({ range }) => range.start.line)[0]).toBe(2);
    expect(codeLenses(snapshot, 'a.mlarch', true).some(({ command }) => command?.arguments?.[1] === 'Api')).toBe(false);
    expect(codeLenses(snapshot, 'other.mlarch', true)).toEqual([]);
  });
});

describe('inlay hints', () => {
  it('put the load at the end of the line of the replicas, with what it comes from', () => {
    expect(inlayHints(snapshotOf(START_UP), 'main.mlarch', EVERYWHERE)).toEqual([
      {
        position: { line: 72, character: '    replicas       1'.length },
        label: 'utilisation at the peak 125 %',
        paddingLeft: true,
        tooltip: 'utilisation at the peak 125 % = traffic / what its running replicas take (measured)\n  peak of WebApp: 5 req/s\n  replicas of Api: 1\n  throughput of Api: 4 req/s',
      },
    ]);
  });

  it('put what is waited for beside the objective, at the end of its line', () => {
    const text = `${HEAD}  service Api : realtime { service_time p50 10 ms p99 30 ms slo p99 < 50 ms replicas 2 } // why\n  store Values : online { latency p50 2 ms p99 9 ms }\n  Values -> Api\n}\n`;
    const [hint, ...others] = inlayHints(snapshotOf(text), 'main.mlarch', EVERYWHERE);
    expect(others).toEqual([]);
    expect(hint).toMatchObject({ position: { line: 3, character: text.split('\n')[3]?.length }, label: expect.stringMatching(/^p50 at the peak at least 12 ms · p99 at the peak at least 33 ms/) as string });
  });

  it('leave out what there is nothing to compare with', () => {
    const text = `${HEAD}  service Api : realtime { service_time p50 10 ms availability 99 % replicas 2 }\n  store Values : online { latency p50 2 ms availability 99 % }\n  Values -> Api\n}\n`;
    const snapshot = snapshotOf(text);
    expect(snapshot.analyses[0]!.systems[0]!.review.figures().map(({ name }) => name)).toEqual(expect.arrayContaining(['availability of the whole', 'capacity']));
    expect(inlayHints(snapshot, 'main.mlarch', EVERYWHERE)).toEqual([]);
  });

  it('are those of the range that is seen', () => {
    const snapshot = snapshotOf(START_UP);
    const lines = (from: number, to: number) => inlayHints(snapshot, 'main.mlarch', { start: { line: from, character: 0 }, end: { line: to, character: 0 } }).length;
    expect([lines(0, 71), lines(72, 72), lines(73, 99)]).toEqual([0, 1, 0]);
  });

  it('name the system where a file is part of several', () => {
    expect(inlayHints(snapshotOf(TWO, { entries: ['a.mlarch', 'b.mlarch'] }), 'shared.mlarch', EVERYWHERE).map(({ label }) => label)).toEqual(['One: utilisation at the peak 50 % · Two: utilisation at the peak 75 %']);
  });
});

describe('a hover', () => {
  it('adds the figures with what they come from, and the findings with rule and page', () => {
    const [table, list, ...others] = hoverExtras(snapshotOf(START_UP), 'main.mlarch', 'Api');
    expect(others).toEqual([]);
    expect(table?.split('\n').slice(0, 3)).toEqual(['| Figure | Value | From |', '| --- | --- | --- |', '| peak demand | **5 req/s** | measured: peaks of the consumers × calls for each request on the way; `peak of WebApp` 5 req/s |']);
    expect(list).toMatch(/^- \*\*critical\*\* \[ML09\.1\]\(https:\/\/\S+\/ml09\.md#ml091\) Api can take 4 req\/s at most/);
    expect(list?.split('\n')).toHaveLength(9);
    expect(list).toMatch(/\n- 10 more$/);
  });

  it('is of the element that the file declares, and of nothing else', () => {
    const snapshot = snapshotOf(TWO, { entries: ['a.mlarch', 'b.mlarch'] });
    const shared = hoverExtras(snapshot, 'shared.mlarch', 'Api');
    expect(shared.filter((paragraph) => paragraph.startsWith('In '))).toEqual(['In One:', 'In Two:']);
    expect(hoverExtras(snapshot, 'a.mlarch', 'Api')).toEqual([]);
    expect(hoverExtras(snapshot, 'a.mlarch', 'Nothing')).toEqual([]);
    expect(hoverExtras(snapshotOf(START_UP), 'main.mlarch', 'StartupScoring').join('\n')).toContain('ML20.1');
  });

  it('says what is found on a flow', () => {
    const text = `${HEAD}  consumer App { peak 10 req/s }\n  service Api : realtime { slo p99 < 40 ms }\n  App -> Api { sync timeout 20 ms retries 3 }\n}\n`;
    const snapshot = snapshotOf(text);
    const rule = snapshot.analyses[0]!.systems[0]!.review.findings.find(({ component }) => component === 'S.App->Api')?.rule;
    expect(rule).toBeDefined();
    expect(hoverExtras(snapshot, 'main.mlarch', 'App->Api').join('\n')).toContain(`[${rule}]`);
  });

  it('shows what stands in the file as text, not as markup', () => {
    const text = `${HEAD}  accept ML09.3 on Api { because "[run](command:x) <img src=x>" by "a" }\n  accept ML09 { because "<[todo](/)>" by "A" until 2027-01-31 }\n  service Api : realtime { replicas 1 autoscale none }\n}\n`;
    const snapshot = snapshotOf(text);
    const all = [hoverExtras(snapshot, 'main.mlarch', 'Api'), hoverExtras(snapshot, 'main.mlarch', 'S')].flat().join('\n');
    expect(all).toContain(String.raw`&lt;\[todo\](/)&gt;`);
    expect(all.replaceAll(/\]\(https:[^)]*\)/g, '')).not.toMatch(/(?<!\\)\]\(|<img/);
  });

  it('explains a check or rule by its id', () => {
    expect(ruleHover('ML09.3')).toMatch(/^### ML09\.3/);
    expect(ruleHover('ML09')).toContain('Rules');
    expect(ruleHover('ML99')).toBeUndefined();
  });
});
