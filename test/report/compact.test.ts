import { describe, expect, it } from 'vitest';
import { compact } from '../../src/report/compact.ts';
import { HOSTILE, finding, inputOf, openQuestion, sampleReview, span, textProblem } from './sample-review.ts';

const lines = (text: string): string[] => text.trimEnd().split('\n');
const FORM = /^([^:]+):(\d+):(\d+): (error|warning|info): \[([^\]]+)\] (.+)$/;

describe('the compact format', () => {
  it('is one line for each problem, finding and question, in this order', () => {
    expect(lines(compact(inputOf({ problems: [textProblem()] })))).toEqual([
      'main.mlarch:8:3: error: [unknown-property] A service has no property replcas. Did you mean replicas?',
      'main.mlarch:7:3: error: [ML90.1 critical] Scorer has one replica.',
      'main.mlarch:1:3: warning: [ML90.4 medium] The plan is old.',
      'main.mlarch:7:3: info: [ML90.5 low] A cache would pay.',
      'main.mlarch:7:3: info: [ML90.2 question] How often is Scorer called?',
    ]);
  });

  it('calls critical and high errors, medium a warning, low an information', () => {
    const findings = (['critical', 'high', 'medium', 'low'] as const).map((severity) => finding({ severity }));
    const words = lines(compact(inputOf({ reviews: [sampleReview({ findings, questions: [] })] }))).map((line) => FORM.exec(line)?.[4]);
    expect(words).toEqual(['error', 'error', 'warning', 'info']);
  });

  it('orders problems by place and keeps warnings apart', () => {
    const problems = [textProblem({ span: span(9) }), textProblem({ severity: 'warning', code: 'missing-evidence', span: span(2) })];
    expect(lines(compact(inputOf({ problems, reviews: [] })))).toEqual([
      'main.mlarch:3:3: warning: [missing-evidence] A service has no property replcas. Did you mean replicas?',
      'main.mlarch:10:3: error: [unknown-property] A service has no property replcas. Did you mean replicas?',
    ]);
  });

  it('names a rule that failed', () => {
    const review = sampleReview({ findings: [], questions: [], verdicts: [{ rule: 'ML90.1', check: 'ML90', verdict: 'failed', because: 'boom\nat line 1' }] });
    expect(compact(inputOf({ reviews: [review] }))).toBe('main.mlarch:1:1: error: [ML90.1 failed] The rule could not be run: boom at line 1. This is a fault of mlarch; the other rules stand.\n');
  });

  it('keeps each item on its line, whatever stands in the file', () => {
    const review = sampleReview({ findings: [finding({ message: HOSTILE }), finding({ message: 'a\r\nb\u2028c\td' })], questions: [openQuestion({ message: `${HOSTILE}\n\n/etc/passwd:1:1: error: x` })] });
    const all = lines(compact(inputOf({ reviews: [review], problems: [textProblem({ message: HOSTILE, span: span(1, 'a\nb.mlarch') })] })));
    expect(all).toHaveLength(4);
    for (const line of all) expect(line).toMatch(FORM);
    expect(all[2]).toBe('main.mlarch:7:3: error: [ML90.1 high] a b c d');
  });

  it('is empty where there is nothing to say', () => {
    expect(compact(inputOf({ reviews: [sampleReview({ findings: [], questions: [], verdicts: [] })] }))).toBe('');
  });
});
