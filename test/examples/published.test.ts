import { describe, expect, it } from 'vitest';
import type { Finding, Question } from '../../src/analysis/finding.ts';
import { review, type Review } from '../../src/analysis/review.ts';
import { loadExample } from '../support/examples.ts';
import { CASES, type Ask, type Case } from './published-cases.ts';

/** `ML06.*` is every rule of the check. */
const matches = (pattern: string, rule: string): boolean => (pattern.endsWith('.*') ? rule.startsWith(pattern.slice(0, -1)) : rule === pattern);
const some = (patterns: readonly string[], rule: string): boolean => patterns.some((pattern) => matches(pattern, rule));
const listed = (findings: readonly Finding[]): string => findings.map((finding) => finding.id).join(', ');

function reviewOf(item: Case): Review {
  const { architectures } = loadExample(`examples/published/${item.file}.mlarch`);
  const [architecture] = architectures;
  if (!architecture) throw new Error(`${item.file} declares no system`);
  return review(architecture, { today: '2026-11-21' });
}

const isAsked = (ask: Ask, questions: readonly Question[]): boolean =>
  questions.some((question) => some(ask.rules, question.rule) || (question.property !== undefined && (ask.properties ?? []).includes(question.property)));

describe.each(CASES)('$file', (item) => {
  const { findings, questions, verdicts } = reviewOf(item);

  it.each(item.must.map((rules) => [rules.join(' or '), rules] as const))('finds %s', (_, rules) => {
    const found = findings.filter((finding) => some(rules, finding.rule));
    expect(found.length, `only found ${listed(findings)}`).toBeGreaterThan(0);
  });

  it('finds nothing that would be a false alarm', () => {
    expect(listed(findings.filter((finding) => some(item.mustNot ?? [], finding.rule)))).toBe('');
  });

  it.each((item.asks ?? []).map((ask) => [ask.what, ask] as const))('asks for %s', (_, ask) => {
    expect(isAsked(ask, questions), `only asked ${questions.map((question) => question.id).join(', ')}`).toBe(true);
  });

  it.each(item.satisfied ?? [])('%s is satisfied', (rule) => {
    expect(verdicts.find((verdict) => verdict.rule === rule)?.verdict).toBe('satisfied');
  });

  const { critical, notLeading } = item;
  if (critical) {
    it('is critical where it has to be', () => {
      expect(findings.filter((finding) => some(critical, finding.rule)).map((finding) => finding.severity)).toContain('critical');
    });
  }

  if (notLeading) {
    it('does not lead with what is beside the point', () => {
      expect(findings[0]?.check).toBeDefined();
      expect(notLeading).not.toContain(findings[0]?.check);
    });
  }
});
