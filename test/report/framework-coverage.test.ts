import { describe, expect, it } from 'vitest';
import { frameworks } from '../../src/analysis/frameworks/all.ts';
import { coverageOf, type ItemCoverage } from '../../src/analysis/frameworks/coverage.ts';
import { review } from '../../src/analysis/review.ts';
import { gap, question, satisfied, type Check, type Rule } from '../../src/analysis/rule.ts';
import { coverageJson, coverageMarkdown, coverageText } from '../../src/report/framework-coverage.ts';
import { schemas } from '../../src/report/schemas.ts';
import { loadText } from '../support/load.ts';
import { sampleCheck } from './sample-review.ts';

const owasp = frameworks.find(({ name }) => name === 'owasp-llm')!;
const plain = { bold: String, dim: String, red: String, green: String, yellow: String };

function rule(id: string, source: string, evaluate: Rule['evaluate'], pack?: Rule['pack']): Rule {
  return { ...sampleCheck.rules[0]!, id, sources: [source], evaluate, ...(pack ? { pack } : {}) };
}

const checks: readonly Check[] = [
  {
    ...sampleCheck,
    id: 'ML90',
    sources: [],
    applies: () => true,
    rules: [
      rule('ML90.1', 'OWASP LLM (2025) LLM01', ({ architecture }) => [gap(architecture.system, { message: 'Nothing screens it.' })]),
      rule('ML90.2', 'OWASP LLM LLM01', ({ architecture }) => [satisfied(architecture.system)]),
      rule('ML90.3', 'OWASP LLM LLM02', ({ architecture }) => [question(architecture.system, undefined, 'Is it masked?')]),
      rule('ML90.4', 'OWASP LLM LLM03', ({ architecture }) => [satisfied(architecture.system)]),
      rule('ML90.5', 'OWASP LLM LLM04', () => []),
      rule('ML90.6', 'OWASP LLM LLM05', ({ architecture }) => [gap(architecture.system, { message: 'x' })], 'edge'),
      rule('ML90.7', 'OWASP ML ML01', ({ architecture }) => [gap(architecture.system, { message: 'x' })]),
    ],
  },
];

const system = loadText('system Shop {\n  stage production\n}\n').architectures[0]!;
const coverage = coverageOf(owasp, review(system, { today: '2026-11-21', checks }), checks);
const stateOf = (id: string): ItemCoverage | undefined => coverage.items.find(({ item }) => item.id === id);

describe('coverage of a framework', () => {
  it('is open where a rule that cites an item has a finding, and says which', () => {
    expect(stateOf('LLM01')).toMatchObject({ state: 'open', rules: [{ rule: 'ML90.1', verdict: 'finding' }, { rule: 'ML90.2', verdict: 'satisfied' }] });
  });

  it('separates a question, what holds, what does not apply, what is off and what no rule cites', () => {
    expect([stateOf('LLM02'), stateOf('LLM03'), stateOf('LLM04'), stateOf('LLM05'), stateOf('LLM06')].map((item) => item?.state)).toEqual(['asked', 'covered', 'not-applicable', 'not-applicable', 'uncovered']);
    expect(stateOf('LLM05')?.rules).toEqual([{ rule: 'ML90.6', verdict: 'off' }]);
  });

  it('is printed with its edition, its counts and what it does not say', () => {
    const text = coverageText(coverage, plain, true);
    expect(text).toContain('OWASP Top 10 for LLM Applications (2025)');
    expect(text).toContain('10 items: 1 open, 1 question, 0 accepted, 1 covered, 2 not applicable, 5 no rule.');
    expect(text).toMatch(/open +LLM01 prompt injection +ML90\.1 \(of 2 that cite it\)/);
    expect(text).toContain('It is no certificate');
    expect(coverageMarkdown(coverage)).toContain('| LLM01 prompt injection | open | ML90.1 (of 2 that cite it) |');
  });

  it('keeps the shape that programs read', () => {
    const json = coverageJson([coverage], { name: 'mlarch', version: '0.0.0' });
    expect(schemas.coverage.parse(json)).toEqual(json);
    expect(json).toMatchObject({ coverage: [{ system: system.system.name, counts: { open: 1, asked: 1, accepted: 0, covered: 1, 'not-applicable': 2, uncovered: 5 } }] });
  });
});
