import { DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver-types';
import { describe, expect, it } from 'vitest';
import { generateArchitecture } from '../../scripts/bench/generate.ts';
import type { Check } from '../../src/analysis/rule.ts';
import { gap, type Rule } from '../../src/analysis/rule.ts';
import type { ServerSettings } from '../../src/protocol/messages.ts';
import type { Snapshot } from '../../src/server/analysis.ts';
import { diagnosticsOf } from '../../src/server/features/diagnostics.ts';
import { EXAMPLES } from '../support/examples.ts';
import { snapshotOf } from './snapshot.ts';

const SETTINGS: ServerSettings = { reviewScope: 'workspace', minSeverity: 'low', questions: true, codeLens: true, inlayHints: true };
const START_UP = EXAMPLES['examples/published/startup-on-one-machine.mlarch'] ?? '';
const of = (snapshot: Snapshot, settings: Partial<ServerSettings> = {}, uri = 'main.mlarch') => diagnosticsOf(snapshot, { ...SETTINGS, ...settings }).get(uri) ?? [];

const SHARED = 'registry Runs : server {\n  technology mlflow\n  immutable no\n  immutabel yes\n}\n';
const using = (name: string): string => `import { Runs } from "shared.mlarch"\n\nsystem ${name} {\n  stage production\n  criticality high\n  training Fit : scheduled { records_to Runs produces Score }\n  model Score : trained\n  service Api : realtime { serves Score }\n  Fit -> Runs -> Api\n}\n`;

describe('the diagnostics of a file', () => {
  it('say what is wrong on the first line and what to do on the second, with rule, page, path and identity', () => {
    const found = of(snapshotOf(START_UP)).find(({ code }) => code === 'ML09.1');
    expect(found).toMatchObject({
      range: { start: { line: 69, character: 10 }, end: { line: 69, character: 13 } },
      severity: DiagnosticSeverity.Error,
      source: 'mlarch',
      codeDescription: { href: expect.stringMatching(/\/ml09\.md#ml091$/) },
      data: { finding: 'ML09.1@StartupScoring.Api', entry: 'main.mlarch' },
    });
    expect(String(found?.message).split('\n')).toEqual([
      'Api can take 4 req/s at most (replicas 1, throughput 4 req/s), less than the peak of 5 req/s.',
      'What to do: Run more replicas behind a balancer, or raise what one replica can take, before anything else.',
    ]);
    expect(found?.relatedInformation?.map(({ location, message }) => [location.uri, location.range.start.line, message])).toEqual([
      ['main.mlarch', 97, 'WebApp'],
      ['main.mlarch', 97, 'Api: takes 4 req/s'],
    ]);
  });

  it('have a level for each severity; advice is a hint whatever it costs', () => {
    const rule = (severity: Rule['severity'], type: 'gap' | 'advisory'): Rule => ({ ...RULE, id: `ML97.${severity} ${type}`, severity, *evaluate({ architecture }) {
      yield { ...gap(architecture.system, { message: 'x', severity, critical: 'outage' }), outcome: type };
    } });
    const check: Check = { ...CHECK, rules: [...(['critical', 'high', 'medium', 'low'] as const).map((severity) => rule(severity, 'gap')), rule('high', 'advisory')] };
    const levels = of(snapshotOf('system S {\n  stage production\n  criticality medium\n}\n', { checks: [check] })).map(({ code, severity }) => [code, severity]);
    expect(levels).toEqual([
      ['ML97.critical gap', DiagnosticSeverity.Error],
      ['ML97.high gap', DiagnosticSeverity.Error],
      ['ML97.medium gap', DiagnosticSeverity.Warning],
      ['ML97.low gap', DiagnosticSeverity.Information],
      ['ML97.high advisory', DiagnosticSeverity.Hint],
    ]);
  });

  it('leave out what is below the severity that is asked for, and questions where they are not wanted', () => {
    const snapshot = snapshotOf(START_UP);
    const least = (minSeverity: ServerSettings['minSeverity']) => of(snapshot, { minSeverity, questions: false }).length;
    const { counts } = snapshot.analyses[0]!.systems[0]!.review.score;
    expect([least('critical'), least('high')]).toEqual([counts.critical, counts.critical + counts.high]);
    const questions = of(snapshot).filter(({ data }) => (data as { question?: string } | undefined)?.question !== undefined);
    expect(questions.length).toBe(snapshot.analyses[0]!.systems[0]!.review.questions.length);
    expect(new Set(questions.map(({ severity }) => severity))).toEqual(new Set([DiagnosticSeverity.Hint]));
  });

  it('are there for every file, empty where nothing is wrong, and of the file where something is', () => {
    const files = diagnosticsOf(snapshotOf({ 'main.mlarch': using('One'), 'shared.mlarch': SHARED, 'fine.mlarch': 'team T\n' }, { entries: ['main.mlarch', 'fine.mlarch'] }), SETTINGS);
    expect([...files.keys()].sort()).toEqual(['fine.mlarch', 'main.mlarch', 'shared.mlarch']);
    expect(files.get('shared.mlarch')?.map(({ code }) => code)).toEqual(expect.arrayContaining(['ML01.2', 'unknown-property']));
    expect(files.get('shared.mlarch')?.every(({ range }) => range.end.line <= 5)).toBe(true);
    expect(files.get('fine.mlarch')?.filter(({ code }) => String(code).startsWith('ML'))).toEqual([]);
  });

  it('say once what two systems say of a file that both import', () => {
    const files = { 'a.mlarch': using('One'), 'b.mlarch': using('Two'), 'shared.mlarch': SHARED };
    const both = diagnosticsOf(snapshotOf(files, { entries: ['a.mlarch', 'b.mlarch'] }), SETTINGS).get('shared.mlarch') ?? [];
    const one = diagnosticsOf(snapshotOf(files, { entries: ['a.mlarch'] }), SETTINGS).get('shared.mlarch') ?? [];
    expect(one.length).toBeGreaterThan(1);
    expect(both.map(({ code, message }) => [code, message])).toEqual(one.map(({ code, message }) => [code, message]));
  });

  it('underline only the first line of a block', () => {
    const text = 'system S {\n  stage production\n  criticality high\n  service Api : realtime\n  accept ML09.9\n  on Api {\n    because "TODO"\n  }\n}\n'.replace('\n  on', ' on');
    const found = of(snapshotOf(text)).filter(({ code }) => String(code).startsWith('accept/'));
    expect(found.length).toBeGreaterThan(0);
    for (const { range } of found) expect(range).toEqual({ start: { line: 4, character: 2 }, end: { line: 5, character: 0 } });
  });

  it('grey out what nothing uses and what is stated twice', () => {
    const text = 'system S {\n  stage production\n  criticality high\n  service Api : realtime {\n    replicas 2\n    replicas 3\n  }\n  features Old { owner "A" computes "sums" produced yes }\n  features Other { owner none computes "sums" }\n  model M : trained\n  training T { produces M }\n  accept ML12.1 on Api { because "cheap enough" by "Team" until 2027-01-31 }\n}\n';
    const tagged = of(snapshotOf(text)).filter(({ tags }) => tags?.includes(DiagnosticTag.Unnecessary));
    expect(tagged.map(({ code, range }) => [code, range.start.line])).toEqual([['repeated-property', 5], ['accept/unused', 11], ['ML08.6', 7]]);
  });

  it('say which rule of the tool broke, where the system is declared', () => {
    const check: Check = { ...CHECK, rules: [{ ...RULE, evaluate: () => { throw new Error('out of\nrange'); } }] };
    expect(of(snapshotOf('system Shop {\n  stage pilot\n  criticality low\n}\n', { checks: [check] }))).toEqual([
      { range: { start: { line: 0, character: 7 }, end: { line: 0, character: 11 } }, message: 'Internal error of mlarch in rule ML97.1, so it was not checked; the other rules stand.\nout of range', code: 'ML97.1', source: 'mlarch', severity: DiagnosticSeverity.Warning },
    ]);
  });

  it('are the worst thousand, and say how many more there are', () => {
    const text = `system S {\n${Array.from({ length: 1500 }, (_, index) => `  service A${index} { nothing ${index} }\n`).join('')}  stage production\n}\n`;
    const list = of(snapshotOf(text));
    expect(list).toHaveLength(1001);
    expect(list.at(-1)).toMatchObject({ code: 'too-many', message: expect.stringMatching(/^\d{3,} more diagnostics of this file/) });
    expect(list.slice(0, 1000).every(({ code }) => code === 'unknown-property')).toBe(true);
    expect(list.at(0)?.range.start.line).toBe(1);
  });

  it('do not depend on the order of the analyses', () => {
    const files = { 'a.mlarch': using('One'), 'b.mlarch': using('Two'), 'shared.mlarch': SHARED };
    const shown = (entries: string[]) => [...diagnosticsOf(snapshotOf(files, { entries }), SETTINGS)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([uri, list]) => [uri, list.map(({ data, ...rest }) => [(data as { entry?: string } | undefined)?.entry, rest])]);
    expect(shown(['a.mlarch', 'b.mlarch'])).toEqual(shown(['b.mlarch', 'a.mlarch']));
  });

  it('do not take long for a large system (scripts/bench/features.ts measures)', () => {
    const snapshot = snapshotOf(generateArchitecture(2000));
    const times = Array.from({ length: 7 }, () => {
      const start = performance.now();
      diagnosticsOf(snapshot, SETTINGS);
      return performance.now() - start;
    });
    expect(Math.min(...times)).toBeLessThan(200);
  });
});

const RULE: Rule = { id: 'ML97.1', slug: 'r', title: 'R', type: 'gap', severity: 'high', why: 'W', remediation: 'Do it.', effort: 'S', falsePositives: '', evaluate: () => [] };
const CHECK: Check = { id: 'ML97', slug: 'c', title: 'C', category: 'serving', question: '?', redFlag: '', failureMode: 'drift', sources: [], applies: () => true, rules: [] };
