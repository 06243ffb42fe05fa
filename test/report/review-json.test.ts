import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { review } from '../../src/analysis/review.ts';
import { checksJson } from '../../src/report/checks-json.ts';
import { reviewJson } from '../../src/report/review-json.ts';
import { jsonSchemaOf, type SchemaName } from '../../src/report/schemas.ts';
import { loadText } from '../support/load.ts';
import { HOSTILE, finding, inputOf, sampleCheck, sampleReview, span, textProblem, tool } from './sample-review.ts';

/** The value as a program reads it, with what its published schema says of it. */
function validated(name: SchemaName, value: unknown): unknown {
  const read: unknown = JSON.parse(JSON.stringify(value));
  const ajv = addFormats.default(new Ajv.default({ allErrors: true, strict: false }));
  const validate = ajv.compile(jsonSchemaOf(name));
  validate(read);
  expect(validate.errors ?? []).toEqual([]);
  return read;
}

describe('check --format json', () => {
  it('has the shape that scripts rely on', () => {
    const json = validated('check', reviewJson(inputOf())) as ReturnType<typeof reviewJson>;
    expect(Object.keys(json)).toEqual(['schemaVersion', 'tool', 'systems']);
    const [system] = json.systems;
    expect(Object.keys(system!)).toEqual(['name', 'file', 'score', 'findings', 'questions', 'notApplicable', 'accepted', 'packs']);
    expect(system!.findings[0]).toEqual({
      id: 'ML90.1@Shop.Scorer',
      rule: 'ML90.1',
      check: 'ML90',
      type: 'gap',
      severity: 'critical',
      confidence: 0.9,
      message: 'Scorer has one replica.',
      why: 'A restart stops every answer.',
      component: 'Shop.Scorer',
      file: 'main.mlarch',
      range: { start: { line: 6, character: 2 }, end: { line: 6, character: 8 } },
      path: [
        { component: 'Shop.App', file: 'main.mlarch', range: span(3).range, note: '900 req/s' },
        { component: 'Shop.Scorer', file: 'main.mlarch', range: span(6).range },
      ],
      remedy: {
        title: 'Run two replicas.',
        changes: [{ op: 'set', subject: 'Scorer', property: 'replicas', value: { low: 2, high: 2, unit: '1' } }],
        effort: { size: 'S', days: { low: 1, likely: 3, high: 5 } },
        impact: 'Serving',
        prerequisites: [],
      },
    });
    expect(system!.questions[0]).toEqual({ id: 'ML90.2@Shop.Scorer', rule: 'ML90.2', check: 'ML90', message: 'How often is Scorer called?', component: 'Shop.Scorer', file: 'main.mlarch', range: span(6).range, property: 'peak', value: 0.5 });
    expect(system!.accepted[0]).toMatchObject({ because: 'Mirrored traffic starts in spring', by: 'Risk ML', until: '2027-03-31', range: span(9).range, finding: { rule: 'ML90.3' } });
  });

  it('lists problems of the text by place, and rules that could not be run', () => {
    const failed = sampleReview({ verdicts: [{ rule: 'ML90.1', check: 'ML90', verdict: 'failed', because: 'boom' }] });
    const problems = [textProblem({ span: span(9) }), textProblem({ span: span(7) })];
    const json = validated('check', reviewJson(inputOf({ reviews: [failed], problems }))) as ReturnType<typeof reviewJson>;
    expect(json.problems?.map(({ range }) => range.start.line)).toEqual([7, 9]);
    expect(json.systems[0]!.failed).toEqual([{ rule: 'ML90.1', because: 'boom' }]);
  });

  it('keeps text from the file as it is', () => {
    const hostile = sampleReview({ findings: [finding({ message: HOSTILE, component: `Shop.${HOSTILE}` })] });
    const json = validated('check', reviewJson(inputOf({ reviews: [hostile] }))) as ReturnType<typeof reviewJson>;
    expect(json.systems[0]!.findings[0]!.message).toBe(HOSTILE);
  });

  it('holds for a review of a real architecture, and twice gives the same', () => {
    const { architectures, problems } = loadText('system Shop {\n  service Scorer : realtime {\n    replicas 1\n  }\n}\n');
    const run = (): unknown => reviewJson({ reviews: architectures.map((architecture) => review(architecture, { today: '2026-11-21', checks: [sampleCheck] })), problems, tool });
    const json = validated('check', run()) as ReturnType<typeof reviewJson>;
    expect(json.systems[0]!.findings.map(({ id }) => id)).toEqual(['ML90.1@Shop.Scorer']);
    expect(json.systems[0]!.questions.map(({ id }) => id)).toEqual(['system/criticality@Shop', 'system/stage@Shop', 'ML90.2@Shop.Scorer']);
    expect(JSON.stringify(run())).toBe(JSON.stringify(run()));
  });

  it('refuses another shape', () => {
    const ajv = addFormats.default(new Ajv.default({ strict: false }));
    const validate = ajv.compile(jsonSchemaOf('check'));
    const value = JSON.parse(JSON.stringify(reviewJson(inputOf()))) as { systems: { findings: { severity: string }[] }[] };
    value.systems[0]!.findings[0]!.severity = 'huge';
    expect(validate(value)).toBe(false);
  });
});

describe('checks --format json', () => {
  it('has the shape that scripts rely on, for all checks', () => {
    const json = validated('checks', checksJson()) as ReturnType<typeof checksJson>;
    expect(json.checks.slice(0, 20).map(({ id }) => id)).toEqual(Array.from({ length: 20 }, (_, index) => `ML${String(index + 1).padStart(2, '0')}`));
    expect(json.checks.slice(20).map(({ id }) => id)).toEqual(['DG', 'SEC', 'LLM', 'RAG', 'AGT', 'REL', 'COST', 'CICD', 'EVAL', 'EDGE', 'BATCH', 'LOOP', 'OWN', 'COMP']);
    for (const check of json.checks) {
      expect(Object.keys(check)).toEqual(expect.arrayContaining(['id', 'title', 'category', 'question', 'redFlag', 'rules']));
      for (const rule of check.rules) expect(Object.keys(rule)).toEqual(expect.arrayContaining(['id', 'summary', 'type', 'severity']));
    }
  });

  it('says which rules cannot be accepted', () => {
    const json = validated('checks', checksJson([sampleCheck])) as ReturnType<typeof checksJson>;
    expect(json.checks[0]!.rules.filter(({ acceptable }) => !acceptable).map(({ id }) => id)).toEqual(['ML90.4']);
    expect(json.checks[0]!.rules[0]).toMatchObject({ summary: 'Point 1 is looked after', docs: 'https://github.com/mlarch/mlarch/blob/main/docs/checks/ml90.md#ml901' });
  });
});
