import { describe, expect, it } from 'vitest';
import { applyBaseline, readBaseline, writeBaseline, type Baseline } from '../../src/report/baseline.ts';
import { readJson } from '../../src/report/located-json.ts';
import { acceptedRisk, finding, sampleReview } from './sample-review.ts';

const review = (...components: string[]) => sampleReview({ findings: components.map((component) => finding({ component })), accepted: [] });

describe('a baseline', () => {
  it('holds the ids of the findings, sorted, each once', () => {
    expect(writeBaseline([review('Shop.B', 'Shop.A'), review('Shop.A')])).toBe('{\n  "schemaVersion": 1,\n  "findings": [\n    "ML90.1@Shop.A",\n    "ML90.1@Shop.B"\n  ]\n}\n');
  });

  it('is read as it was written', () => {
    expect(readBaseline(writeBaseline([review('Shop.A')]))).toEqual({ schemaVersion: 1, findings: ['ML90.1@Shop.A'] });
    expect(readBaseline(`\uFEFF${writeBaseline([])}`)).toEqual({ schemaVersion: 1, findings: [] });
  });

  it('parts known findings from new ones and lists what is fixed', () => {
    const baseline: Baseline = { schemaVersion: 1, findings: ['ML90.1@Shop.A', 'ML90.1@Shop.Gone', 'ML90.2@Shop'] };
    const { reviews, known, fixed } = applyBaseline(baseline, [review('Shop.A', 'Shop.New')]);
    expect(reviews[0]!.findings.map(({ id }) => id)).toEqual(['ML90.1@Shop.New']);
    expect(known).toBe(1);
    expect(fixed).toEqual(['ML90.1@Shop.Gone', 'ML90.2@Shop']);
    expect(reviews[0]!.score).toEqual(sampleReview().score);
  });

  it('calls nothing fixed that is accepted, or of a system that was not reviewed', () => {
    const baseline: Baseline = { schemaVersion: 1, findings: ['ML90.3@Shop.Scorer', 'ML90.1@Other.A', 'ML90.1@Shopping.A', 'ML90.1@Shop/about'] };
    const { fixed } = applyBaseline(baseline, [sampleReview({ findings: [], accepted: [acceptedRisk()] })]);
    expect(fixed).toEqual(['ML90.1@Shop/about']);
  });

  it.each([
    ['', '1:1: The text ends where a value is expected.'],
    ['[]', '1:1: Expected an object with schemaVersion and findings.'],
    ['null', '1:1: Expected an object'],
    ['{\n  "schemaVersion": 2,\n  "findings": []\n}', '2:3: Expected "schemaVersion": 1, the only version that this mlarch knows; found 2.'],
    ['{ "findings": [] }', '1:1: Expected "schemaVersion": 1, the only version that this mlarch knows; found none.'],
    ['{ "schemaVersion": 1, "findings": {} }', '1:23: Expected "findings": an array of finding ids.'],
    ['{ "schemaVersion": 1,\n  "findings": ["ML90.1@Shop", 7] }', '2:31: Expected the id of a finding such as "ML09.3@CardFraud.Scorer"; found 7.'],
    ['{ "schemaVersion": 1,\n  "findings": ["nonsense"] }', 'found "nonsense".'],
    ['{ "schemaVersion": 1,\n  "findings": [] ', '2:18: Expected a comma or a closing brace.'],
  ])('that is %j is an error with its place', (text, message) => {
    const read = readBaseline(text);
    expect(read).toHaveProperty('error');
    expect((read as { error: string }).error).toContain(message);
    expect((read as { error: string }).error).toContain('Write a new one with --write-baseline.');
  });
});

describe('JSON with places', () => {
  it.each(['{"a": [1, -2.5e3, true, false, null, "x\\n\\u00e9"], "b": {}, "__proto__": 1}', ' [] ', '"a"', '0'])('reads %s as JSON.parse does', (text) => {
    expect((readJson(text) as { value: unknown }).value).toEqual(JSON.parse(text));
  });

  it.each([
    ['{"a": 1,}', 1, 9, 'A comma stands before the closing brace; remove it.'],
    ['[1,\n 2,]', 2, 4, 'A comma stands before the closing bracket; remove it.'],
    ['{\r\n  // why\r\n}', 2, 3, 'Expected a name in double quotes.'],
    ['[ /* a */ 1]', 1, 3, 'JSON has no comments; remove this one.'],
    ["{'a': 1}", 1, 2, 'Expected a name in double quotes.'],
    ['{"a" 1}', 1, 6, 'Expected a colon after "a".'],
    ['{"a": 1, "a": 2}', 1, 10, '"a" is stated twice.'],
    ['{"a": "b\nc"}', 1, 7, 'This string is not closed on its line, or has an escape that JSON does not know.'],
    ['{"a": 01}', 1, 7, 'Expected a value'],
    ['{} x', 1, 4, 'There is more text after the end of the JSON value.'],
    ['['.repeat(100_000), 1, 66, 'Nested more than 64 levels deep.'],
  ])('says where %j is wrong', (text, line, column, error) => {
    expect(readJson(text)).toEqual({ line, column, error: expect.stringContaining(error) as string });
  });

  it('reads a long string', () => {
    const long = 'x\\n'.repeat(1_000_000);
    expect((readJson(`"${long}"`) as { value: string }).value).toHaveLength(2_000_000);
  });
});
