import type { RuleTest, TestOutcome } from '../../model/rule-test.ts';
import { evaluateCustomRule } from './evaluate.ts';

/** What came of the test of a rule. */
export interface TestResult {
  readonly test: RuleTest;
  readonly passed: boolean;
  readonly outcome: TestOutcome;
  /** What the rule said, as far as it found or asked. */
  readonly messages: readonly string[];
}

/** Evaluates the rule on the system of its test. A finding outweighs a question, and a question what holds; a test in which the rule is about nothing passes. */
export function runRuleTest(test: RuleTest): TestResult {
  const said = [...evaluateCustomRule(test.architecture, test.rule)];
  const questions = said.flatMap((outcome) => (outcome.outcome === 'question' ? [outcome.message] : []));
  const findings = said.flatMap((outcome) => ('message' in outcome && outcome.outcome !== 'question' ? [outcome.message] : []));
  const outcome: TestOutcome = findings.length > 0 ? 'finds' : questions.length > 0 ? 'asks' : 'passes';
  return { test, passed: outcome === test.expects, outcome, messages: findings.length > 0 ? findings : questions };
}

/** Why a test fails, in a sentence. */
export function failureOf({ test, outcome, messages }: TestResult): string {
  const said = { finds: 'the rule finds something', asks: 'the rule asks', passes: 'the rule finds and asks nothing' }[outcome];
  const [first] = messages;
  return `This test ${test.expects === 'passes' ? 'should pass' : test.expects === 'finds' ? 'should find something' : 'should ask'}, but ${said}${first === undefined ? '.' : `: ${first}`}`;
}
