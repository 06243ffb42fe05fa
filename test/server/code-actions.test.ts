import type { CodeAction } from 'vscode-languageserver-types';
import { describe, expect, it } from 'vitest';
import { generateArchitecture } from '../../scripts/bench/generate.ts';
import type { ServerSettings } from '../../src/protocol/messages.ts';
import type { Snapshot } from '../../src/server/analysis.ts';
import { codeActions, FIX_ALL, type ActionClient } from '../../src/server/features/code-actions.ts';
import { diagnosticsOf } from '../../src/server/features/diagnostics.ts';
import { monthsAfter } from '../../src/server/features/finding-actions.ts';
import { EXAMPLES } from '../support/examples.ts';
import { actionNamed, edited, rangeOf, snapshotOf } from './snapshot.ts';

const SETTINGS: ServerSettings = { reviewScope: 'workspace', minSeverity: 'low', questions: true, codeLens: true, inlayHints: true };
const START_UP = EXAMPLES['examples/published/startup-on-one-machine.mlarch'] ?? '';
const PLAIN: ActionClient = { commands: false, acceptRiskCommand: false, snippetEdits: false };
const VS_CODE: ActionClient = { commands: true, acceptRiskCommand: true, snippetEdits: true };

const at = (snapshot: Snapshot, part: string, client = PLAIN, only?: readonly string[]): CodeAction[] =>
  codeActions(snapshot, { uri: 'main.mlarch', range: rangeOf(snapshot.textOf('main.mlarch'), part), diagnostics: diagnosticsOf(snapshot, SETTINGS).get('main.mlarch') ?? [], ...(only ? { only } : {}) }, client);

const titles = (actions: readonly CodeAction[]): string[] => actions.map(({ title }) => title);
const errors = (text: string): string[] => snapshotOf(text).analyses[0]!.problems.filter(({ severity }) => severity === 'error').map(({ message }) => message);
const findings = (text: string): string[] => snapshotOf(text).analyses[0]!.systems.flatMap(({ review }) => review.findings.map(({ id }) => id));
const system = (...lines: string[]): string => `system S {\n  stage production\n  criticality high\n${lines.map((line) => `  ${line}\n`).join('')}}\n`;

describe('a misspelt word', () => {
  const snapshot = snapshotOf(system('service Api : realtime {', '  replcas 2', '}', 'service Other { serves Modle }', 'model Model'));

  it('is replaced by what was meant', () => {
    const fix = actionNamed(at(snapshot, 'replcas'), 'Change to replicas');
    expect(fix).toMatchObject({ kind: 'quickfix', isPreferred: true, diagnostics: [{ code: 'unknown-property' }] });
    expect(edited(snapshot, fix.edit)).toContain('    replicas 2\n');
    expect(edited(snapshot, actionNamed(at(snapshot, 'Modle'), 'Change to Model').edit)).toContain('serves Model }');
  });

  it('has no fix away from its place', () => {
    expect(titles(at(snapshot, 'stage'))).not.toContain('Change to replicas');
  });
});

describe('a remedy', () => {
  const snapshot = snapshotOf(START_UP);

  it('is declared in the text, by somebody: it is never the preferred action', () => {
    const fix = actionNamed(at(snapshot, 'Api : realtime'), 'Declare the remedy of ML09.1: Run more replicas behind a balancer');
    expect(fix.isPreferred).toBeUndefined();
    expect(fix.diagnostics?.map(({ code }) => code)).toEqual(['ML09.1']);
    const text = edited(snapshot, fix.edit);
    expect(text).toContain('replicas       2..1250');
    expect(errors(text)).toEqual([]);
    expect(findings(text)).not.toContain('ML09.1@StartupScoring.Api');
  });

  it('is not offered where the finding has none that the file could hold', () => {
    const { findings: all } = snapshot.analyses[0]!.systems[0]!.review;
    expect(all.find(({ id }) => id === 'ML09.5@StartupScoring.Api')?.remedy.changes).toEqual([]);
    expect(titles(at(snapshot, 'load_test      none', VS_CODE)).filter((title) => title.includes('ML09.5'))).toEqual(['Accept the risk of ML09.5 on Api …', 'Explain ML09.5']);
  });

  it('is declared for all findings of the rule', () => {
    const text = system('consumer App { peak 900 req/s blocking yes }', 'service A : realtime { replicas 1 throughput 5 req/s fallback none }', 'service B : realtime { replicas 1 throughput 5 req/s fallback none }', 'App -> A', 'App -> B');
    const three = snapshotOf(text);
    const after = edited(three, actionNamed(at(three, 'replicas 1'), 'Declare the remedies of all 2 findings of ML09.3 in S').edit);
    expect(errors(after)).toEqual([]);
    expect(findings(after).filter((id) => id.startsWith('ML09.3'))).toEqual([]);
  });

  it('is not offered in a file that cannot be parsed, where nobody knows what its edit would meet', () => {
    const broken = snapshotOf(START_UP.replace('replicas       1', 'replicas     ] 1'));
    expect(broken.analyses[0]!.systems[0]!.review.findings.length).toBeGreaterThan(10);
    expect(titles(at(broken, 'Api : realtime')).filter((title) => /^(Declare|State|Accept)/.test(title))).toEqual([]);
  });
});

describe('a risk', () => {
  const snapshot = snapshotOf(START_UP);

  it('is accepted by the command of the client, where it has one', () => {
    const accept = actionNamed(at(snapshot, 'Api : realtime', VS_CODE), 'Accept the risk of ML09.1 on Api …');
    expect(accept.edit).toBeUndefined();
    expect(accept.command).toMatchObject({ command: 'mlarch.acceptRisk', arguments: ['ML09.1@StartupScoring.Api', 'main.mlarch'] });
  });

  it('is accepted by a snippet that asks for reason and owner, and ends after six months', () => {
    const accept = actionNamed(at(snapshot, 'Api : realtime', { ...PLAIN, snippetEdits: true }), 'Accept the risk of ML09.1');
    const [change] = accept.edit?.documentChanges ?? [];
    const [edit] = change && 'edits' in change ? change.edits : [];
    expect(edit && 'snippet' in edit ? edit.snippet.value : '').toBe('  accept ML09.1 on Api {\n    because "${1:reason}"\n    by      "${2:owner}"\n    until   ${3:2027-05-21}\n  }\n');
    expect(edit?.range.start.character).toBe(0);
  });

  it('is else written with placeholders that have no effect before somebody fills them in', () => {
    const text = edited(snapshot, actionNamed(at(snapshot, 'Api : realtime'), 'Accept the risk of ML09.1').edit);
    expect(errors(text)).toEqual([]);
    expect(findings(text)).toEqual(expect.arrayContaining(['ML09.1@StartupScoring.Api', 'accept/incomplete@StartupScoring.Api/ML09.1']));
  });

  it('is not accepted where the rule forbids it', () => {
    const text = system('accept ML12.1 { because "TODO" by "A" until 2027-01-31 }');
    expect(findings(text)).toContain('accept/incomplete@S/ML12.1');
    expect(titles(at(snapshotOf(text), 'accept', VS_CODE)).filter((title) => title.startsWith('Accept'))).toEqual([]);
    expect(titles(at(snapshotOf(text), 'accept', VS_CODE))).toContain('Explain accept/incomplete');
  });
});

describe('an acceptance', () => {
  const unused = 'accept ML12.1 { because "cheap" by "A" until 2027-01-31 }';
  const expired = 'accept ML09.3 on Api { because "for now" by "A" until 2026-01-31 }';
  const text = system('service Api : realtime { replicas 1 autoscale none }', unused, expired);
  const snapshot = snapshotOf(text);

  it('that matches nothing is removed, with its line', () => {
    const fix = actionNamed(at(snapshot, 'accept ML12.1'), 'Remove the acceptance that matches nothing');
    expect(fix.isPreferred).toBe(true);
    expect(edited(snapshot, fix.edit)).toBe(text.replace(`  ${unused}\n`, ''));
  });

  it('that has expired is removed only on demand', () => {
    const fix = actionNamed(at(snapshot, 'accept ML09.3'), 'Remove the expired acceptance');
    expect(fix.isPreferred).toBeUndefined();
    expect(edited(snapshot, fix.edit)).toBe(text.replace(`  ${expired}\n`, ''));
  });
});

describe('a question', () => {
  const text = system('consumer App { peak 5 req/s }', 'service Api : realtime', 'App -> Api');
  const snapshot = snapshotOf(text);

  it('is answered in place, with a valid text from the start', () => {
    const range = 'Api : realtime';
    const answers = at(snapshot, range, PLAIN).filter(({ title }) => title.startsWith('State that '));
    expect(answers.length).toBeGreaterThan(2);
    for (const { title, edit } of answers) {
      const property = /^State that (\w+) of Api is not known$/.exec(title)?.[1];
      const after = edited(snapshot, edit);
      expect(after, title).toContain(`${property} unknown`);
      expect(errors(after), title).toEqual([]);
    }
  });

  it('is not answered again where the property is stated, only not in full', () => {
    const growing = snapshotOf(system('consumer App { peak 900 req/s }', 'service Api : realtime { throughput 5 req/s autoscale on concurrency }', 'App -> Api'));
    expect(growing.analyses[0]!.systems[0]!.review.questions.map(({ property }) => property)).toContain('autoscale');
    expect(titles(at(growing, 'Api : realtime')).filter((title) => title.includes('autoscale'))).toEqual([]);
  });

  it('is answered by typing where the client takes snippets', () => {
    const block = snapshotOf(text.replace('service Api : realtime', 'service Api : realtime {\n    replicas 2\n  }'));
    const [first] = at(block, 'Api : realtime', VS_CODE).filter(({ title }) => /^Declare \w+ of Api$/.test(title));
    const property = /^Declare (\w+)/.exec(first?.title ?? '')?.[1];
    expect(JSON.stringify(first?.edit)).toContain(`    ${property} \${1:unknown}\\n`);
    expect(errors(edited(block, first?.edit))).toEqual([]);
  });
});

describe('source.fixAll.mlarch', () => {
  const all = (text: string): string => {
    const snapshot = snapshotOf(text);
    const [fix] = at(snapshot, 'system', PLAIN, [FIX_ALL]);
    return fix ? edited(snapshot, fix.edit) : text;
  };

  it('corrects slips of the words of the language', () => {
    const slips = system('service Api : realtimes {', '  replcias 2', '  platforms fastapi', '  fallbck none', '  DEPLOYED_BY Manual', '}');
    expect(all(slips)).toBe(system('service Api : realtime {', '  replicas 2', '  platform fastapi', '  fallback none', '  deployed_by Manual', '}'));
    expect(all(all(slips))).toBe(system('service Api : realtime {', '  replicas 2', '  platform fastapi', '  fallback none', '  deployed_by manual', '}'));
  });

  it('leaves alone what may mean another thing: names, units, short words, words far off, entries of the catalogue', () => {
    const text = system('service Scorer', 'service Other { fallback Scorerr }', 'source Db : database { technology postgresqll }', 'service Api : realtime {', '  slq p99 < 40 ms', '  replcs 2', '  service_time p50 5 sx', '}', 'Scorerr -> Other');
    expect(titles(at(snapshotOf(text), text))).toEqual(expect.arrayContaining(['Change to slo', 'Change to replicas', 'Change to Scorer', 'Change to postgresql']));
    expect(errors(text).length).toBeGreaterThan(2);
    expect(all(text)).toBe(text);
  });

  it('removes a statement that says the same again, and not one that says something else', () => {
    expect(all(system('service Api { replicas 2 zones 2 replicas 2 }', 'service B {', '  zones 1', '  zones 1', '  replicas 1', '  replicas 3 zones 1', '}'))).toBe(system('service Api { replicas 2 zones 2 }', 'service B {', '  zones 1', '  replicas 1', '  replicas 3', '}'));
  });

  it('removes acceptances that match nothing, unless that may be because the file is broken or a rule is', () => {
    const unused = 'accept ML12.1 { because "cheap" by "A" until 2027-01-31 }';
    expect(all(system(unused, 'service Api'))).toBe(system('service Api'));
    const broken = system(unused, 'service Api { serves Nothing }');
    expect(all(broken)).toBe(broken);
  });

  it('declares nothing: remedies, renewals and answers are for somebody to decide', () => {
    expect(all(START_UP)).toBe(START_UP);
    const expired = system('service Api : realtime { replicas 1 autoscale none }', 'accept ML09.3 on Api { because "for now" by "A" until 2026-01-31 }');
    expect(all(expired)).toBe(expired);
  });

  it('comes only when it is asked for, or everything is', () => {
    const snapshot = snapshotOf(system('service Api { replcas 2 }'));
    expect(at(snapshot, 'Api', PLAIN, ['source.fixAll']).map(({ kind }) => kind)).toEqual([FIX_ALL]);
    expect(at(snapshot, 'replcas', PLAIN, ['quickfix']).some(({ kind }) => kind === FIX_ALL)).toBe(false);
    expect(at(snapshot, 'replcas', PLAIN, ['refactor'])).toEqual([]);
    expect(at(snapshot, 'replcas').some(({ kind }) => kind === FIX_ALL)).toBe(true);
  });
});

describe('every action on the examples', () => {
  const SINGLE = Object.entries(EXAMPLES).filter(([, text]) => /^system\s/m.test(text) && !/^import\s/m.test(text));

  it.each(SINGLE)('leaves %s as valid as it was', (_, text) => {
    const snapshot = snapshotOf(text);
    const before = errors(text);
    const lines = new Set(snapshot.analyses[0]!.systems.flatMap(({ review }) => [...review.findings, ...review.questions].map(({ span }) => span.range.start.line)));
    const seen = new Set<string>();
    for (const line of lines) {
      const range = { start: { line, character: 0 }, end: { line, character: 200 } };
      for (const action of [PLAIN, VS_CODE].flatMap((client) => codeActions(snapshot, { uri: 'main.mlarch', range, diagnostics: [] }, { ...client, acceptRiskCommand: false }))) {
        const after = action.edit && edited(snapshot, action.edit);
        if (after === undefined || seen.has(after)) continue;
        seen.add(after);
        expect(after, action.title).not.toBe(text);
        expect(errors(after), action.title).toEqual(before);
      }
    }
  }, 60_000);

  it('does not take long for a large system (scripts/bench/features.ts measures)', () => {
    const snapshot = snapshotOf(generateArchitecture(2000));
    const times = Array.from({ length: 5 }, () => {
      const start = performance.now();
      at(snapshot, 'system Generated', VS_CODE);
      return performance.now() - start;
    });
    expect(Math.min(...times)).toBeLessThan(600);
  });
});

describe('six months later', () => {
  it('is the same day, or the last of a shorter month', () => {
    expect([monthsAfter('2026-11-21', 6), monthsAfter('2026-08-31', 6), monthsAfter('2027-08-31', 6), monthsAfter('2026-12-31', 6)]).toEqual(['2027-05-21', '2027-02-28', '2028-02-29', '2027-06-30']);
  });
});
