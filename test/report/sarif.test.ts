import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checks } from '../../src/analysis/checks/all.ts';
import { review } from '../../src/analysis/review.ts';
import type { ReportInput } from '../../src/report/report-input.ts';
import { sarif } from '../../src/report/sarif.ts';
import { loadText } from '../support/load.ts';
import { HOSTILE, acceptedRisk, finding, inputOf, sampleCheck, sampleReview, span, textProblem, tool } from './sample-review.ts';

/** The official schema is of draft 4; what it uses means the same in draft 7, but for the keyword of its own address. */
const { id: $id, ...official } = JSON.parse(readFileSync('node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json', 'utf8')) as { id: string };
const validate = addFormats.default(new Ajv.default({ strict: false, allErrors: true, unicodeRegExp: false })).compile({ ...official, $id, $schema: 'http://json-schema.org/draft-07/schema#' });

interface Rule {
  readonly id: string;
  readonly name: string;
  readonly shortDescription: { readonly text: string };
  readonly help: { readonly text: string; readonly markdown: string };
  readonly defaultConfiguration: { readonly level: string };
  readonly properties: Readonly<Record<string, unknown>>;
}

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly kind?: string;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly { readonly physicalLocation: { readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string }; readonly region: object }; readonly logicalLocations?: readonly object[] }[];
  readonly codeFlows?: readonly { readonly threadFlows: readonly { readonly locations: readonly { readonly location: { readonly message: { readonly text: string } } }[] }[] }[];
  readonly relatedLocations?: readonly object[];
  readonly partialFingerprints?: Readonly<Record<string, string>>;
  readonly suppressions: readonly Readonly<Record<string, unknown>>[];
  readonly properties: Readonly<Record<string, unknown>>;
}

interface Run {
  readonly tool: { readonly driver: { readonly rules: readonly Rule[] } };
  readonly invocations: readonly { readonly executionSuccessful: boolean; readonly toolExecutionNotifications: readonly { readonly message: { readonly text: string } }[] }[];
  readonly results: readonly Result[];
}

/** The one run of the log, as a program reads it, after the official schema has found nothing wrong. */
function runOf(input: ReportInput, ofChecks = [sampleCheck]): Run {
  const log = JSON.parse(JSON.stringify(sarif(input, ofChecks))) as { version: string; runs: Run[] };
  validate(log);
  expect(validate.errors ?? []).toEqual([]);
  expect(log.version).toBe('2.1.0');
  expect(log.runs).toHaveLength(1);
  return log.runs[0]!;
}

const ruleOf = (run: Run, id: string): Rule => run.tool.driver.rules.find((rule) => rule.id === id)!;
const resultsOf = (run: Run, rule: string): Result[] => run.results.filter(({ ruleId }) => ruleId === rule);

describe('SARIF', () => {
  it('is refused by the schema when it is wrong', () => {
    expect(validate({ ...sarif(inputOf(), [sampleCheck]), version: '2.0.0' })).toBe(false);
  });

  it('holds every rule of every check, with help that stands for itself', () => {
    const { tool: { driver } } = runOf(inputOf({ reviews: [] }), [...checks]);
    const expected = checks.flatMap((check) => check.rules);
    expect(driver.rules.map(({ id }) => id)).toEqual(expect.arrayContaining(expected.map(({ id }) => id)));
    for (const rule of expected) {
      const { help, shortDescription } = driver.rules.find(({ id }) => id === rule.id)!;
      expect(shortDescription.text).toContain(rule.title);
      for (const text of [help.text, help.markdown]) for (const part of [rule.why, rule.remediation, rule.falsePositives]) expect(text).toContain(part);
    }
    expect(new Set(driver.rules.map(({ id }) => id)).size).toBe(driver.rules.length);
  });

  it('names each rule by index, and gives it a name and a documentation page', () => {
    const run = runOf(inputOf());
    for (const { ruleId, ruleIndex } of run.results) expect(run.tool.driver.rules[ruleIndex]!.id).toBe(ruleId);
    expect(ruleOf(run, 'ML90.1')).toMatchObject({ name: 'RuleNumber1', helpUri: 'https://github.com/mlarch/mlarch/blob/main/docs/checks/ml90.md#ml901', defaultConfiguration: { level: 'error' }, properties: { precision: 'high' } });
  });

  it.each([
    ['critical', 'error', '9.5'],
    ['high', 'error', '8.0'],
    ['medium', 'warning', '5.5'],
    ['low', 'note', '2.5'],
  ] as const)('shows %s as %s, and as security severity %s on the rule that GitHub reads', (severity, level, number) => {
    const run = runOf(inputOf({ reviews: [sampleReview({ findings: [finding({ severity })] })] }));
    expect(resultsOf(run, 'ML90.1')[0]).toMatchObject({ level, properties: { severity, 'security-severity': number } });
    expect(ruleOf(run, 'ML90.1').properties['security-severity']).toBe(number);
    // Its own severity stays the one that the checklist states.
    expect(ruleOf(run, 'ML90.1').defaultConfiguration.level).toBe('error');
  });

  it('gives a rule the highest severity of its results, and its own where it has none', () => {
    const run = runOf(inputOf({ reviews: [sampleReview({ findings: [finding({ severity: 'low' }), finding({ severity: 'medium', component: 'Shop.Other' })] })] }));
    expect(ruleOf(run, 'ML90.1').properties['security-severity']).toBe('5.5');
    expect(ruleOf(run, 'ML90.7').properties['security-severity']).toBe('8.0');
  });

  it('says what, why and what to do, and where', () => {
    const [result] = resultsOf(runOf(inputOf()), 'ML90.1');
    expect(result!.message.text).toBe('Scorer has one replica.\nWhy: A restart stops every answer.\nRemedy: Run two replicas.');
    expect(result!.locations).toEqual([
      {
        physicalLocation: { artifactLocation: { uri: 'main.mlarch', uriBaseId: '%SRCROOT%' }, region: { startLine: 7, startColumn: 3, endLine: 7, endColumn: 9 } },
        logicalLocations: [{ name: 'Scorer', fullyQualifiedName: 'Shop.Scorer', kind: 'component' }],
      },
    ]);
  });

  it('shows the path hop by hop', () => {
    const [result] = resultsOf(runOf(inputOf()), 'ML90.1');
    expect(result!.codeFlows![0]!.threadFlows[0]!.locations.map(({ location }) => location.message.text)).toEqual(['Shop.App: 900 req/s', 'Shop.Scorer']);
    expect(result!.relatedLocations).toHaveLength(2);
    expect(resultsOf(runOf(inputOf()), 'ML90.4')[0]!.codeFlows).toBeUndefined();
  });

  it.each([
    ['a b/ü#1?.mlarch', 'a%20b/%C3%BC%231%3F.mlarch', '%SRCROOT%'],
    ['./x.mlarch', 'x.mlarch', '%SRCROOT%'],
    ['100%/x.mlarch', '100%25/x.mlarch', '%SRCROOT%'],
    ['/home/me/x y.mlarch', 'file:///home/me/x%20y.mlarch', undefined],
    ['C:/models/x.mlarch', 'file:///C:/models/x.mlarch', undefined],
    ['half \uD800.mlarch', 'half%20%EF%BF%BD.mlarch', '%SRCROOT%'],
  ])('writes the path %j as %j', (file, uri, uriBaseId) => {
    const run = runOf(inputOf({ reviews: [sampleReview({ findings: [finding({ span: span(1, file) })] })] }));
    expect(resultsOf(run, 'ML90.1')[0]!.locations[0]!.physicalLocation.artifactLocation).toEqual(uriBaseId ? { uri, uriBaseId } : { uri });
  });

  it('shows an accepted risk as suppressed, with the reason', () => {
    const run = runOf(inputOf());
    const [accepted] = resultsOf(run, 'ML90.3');
    expect(accepted!.suppressions).toEqual([
      {
        kind: 'inSource',
        status: 'accepted',
        justification: 'Mirrored traffic starts in spring (accepted by Risk ML until 2027-03-31)',
        location: { physicalLocation: { artifactLocation: { uri: 'main.mlarch', uriBaseId: '%SRCROOT%' }, region: { startLine: 10, startColumn: 3, endLine: 10, endColumn: 9 } } },
        properties: { by: 'Risk ML', until: '2027-03-31' },
      },
    ]);
    // Where one result states its suppressions, all must.
    for (const { ruleId, suppressions } of run.results) expect(suppressions).toHaveLength(ruleId === 'ML90.3' ? 1 : 0);
  });

  it('shows questions as open and without a severity', () => {
    const run = runOf(inputOf());
    const [open] = resultsOf(run, 'question');
    expect(open).toMatchObject({ kind: 'open', level: 'none', message: { text: 'ML90.2: How often is Scorer called?' }, properties: { rule: 'ML90.2', property: 'peak' } });
    expect(ruleOf(run, 'question').properties['security-severity']).toBeUndefined();
    expect(ruleOf(run, 'question').defaultConfiguration.level).toBe('note');
    for (const { kind, level } of run.results) if (kind !== undefined && kind !== 'fail') expect(level).toBe('none');
  });

  it('shows problems of the text as results of their own, and the run as not successful', () => {
    const run = runOf(inputOf({ problems: [textProblem()] }));
    expect(run.results[0]).toMatchObject({ ruleId: 'unknown-property', level: 'error', message: { text: 'A service has no property replcas. Did you mean replicas?' } });
    expect(ruleOf(run, 'unknown-property').shortDescription.text).toBe('Unknown property.');
    expect(run.invocations[0]!.executionSuccessful).toBe(false);
    expect(runOf(inputOf({ problems: [textProblem({ severity: 'warning' })] })).invocations[0]!.executionSuccessful).toBe(true);
  });

  it('reports a rule that could not be run as a fault of the tool', () => {
    const run = runOf(inputOf({ reviews: [sampleReview({ verdicts: [{ rule: 'ML90.1', check: 'ML90', verdict: 'failed', because: 'boom' }] })] }));
    expect(run.invocations[0]!.executionSuccessful).toBe(false);
    expect(run.invocations[0]!.toolExecutionNotifications[0]!.message.text).toBe('ML90.1 could not be run on Shop: boom');
  });

  it('lets no text of a file become a link', () => {
    const run = runOf(inputOf({ reviews: [sampleReview({ findings: [finding({ message: 'See [here](1).', remedy: { ...finding().remedy, title: HOSTILE } })], accepted: [acceptedRisk({ because: HOSTILE })] })] }));
    expect(resultsOf(run, 'ML90.1')[0]!.message.text).toContain('See \\[here\\](1).');
    expect(resultsOf(run, 'ML90.1')[0]!.message.text).toContain('\\[l\\](javascript:x)');
  });
});

describe('fingerprints', () => {
  const log = (text: string): Result[] => {
    const { architectures, problems } = loadText(text);
    return [...runOf({ reviews: architectures.map((architecture) => review(architecture, { today: '2026-11-21', checks: [sampleCheck] })), problems, tool }).results];
  };
  const text = 'system Shop {\n  service Scorer : realtime {\n    replicas 1\n  }\n  service Ranker : realtime {\n    replicas 1\n  }\n}\n';

  it('stay when lines move, and differ between elements', () => {
    const before = log(text);
    const after = log(`// a line\n\n${text.replace('  service Ranker', '\n\n      service Ranker')}`);
    expect(after.map(({ partialFingerprints }) => partialFingerprints)).toEqual(before.map(({ partialFingerprints }) => partialFingerprints));
    expect(after.map(({ locations }) => locations)).not.toEqual(before.map(({ locations }) => locations));
    const hashes = before.map(({ partialFingerprints }) => partialFingerprints!['primaryLocationLineHash']);
    expect(hashes.length).toBeGreaterThanOrEqual(4);
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(hashes[0]).toMatch(/^[0-9a-f]{16}:1$/);
  });

  it('are the same from run to run', () => {
    expect(JSON.stringify(log(text))).toBe(JSON.stringify(log(text)));
    expect(resultsOf(runOf(inputOf()), 'ML90.1')[0]!.partialFingerprints).toEqual({ primaryLocationLineHash: '0737038ae32466fa:1', 'mlarch/v1': 'ML90.1@Shop.Scorer' });
  });
});
