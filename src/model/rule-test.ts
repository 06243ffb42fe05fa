import type { Architecture } from './architecture.ts';
import type { CustomRule } from './custom-rule.ts';
import type { Span } from './span.ts';

/** A small system that shows what a rule says. */
export interface RuleTest {
  readonly rule: CustomRule;
  readonly title: string;
  readonly expects: TestOutcome;
  /** A system of its own, in production and of high criticality where it does not say otherwise. */
  readonly architecture: Architecture;
  readonly span: Span;
  readonly nameSpan: Span;
}

export const TEST_OUTCOMES = ['finds', 'passes', 'asks'] as const;
export type TestOutcome = (typeof TEST_OUTCOMES)[number];
