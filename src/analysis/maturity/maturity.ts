import type { Review } from '../review.ts';
import type { Context } from '../rule.ts';
import { factsOf } from './facts.ts';
import { googleLevels } from './google.ts';
import type { Ladder } from './ladder.ts';
import { microsoftLevels } from './microsoft.ts';
import { rubricOf, type Rubric } from './rubric/rubric.ts';
import { stageLadders, type StageLadder } from './stages.ts';
import { testScoreOf, type TestScore } from './test-score/test-score.ts';

/** How mature the making and running of the models of a system is, by public models and a rubric. Everything follows from the model and its review. */
export interface Maturity {
  readonly system: string;
  readonly file: string;
  readonly ladders: readonly Ladder[];
  readonly testScore: TestScore;
  readonly stages: readonly StageLadder[];
  readonly rubric: Rubric;
}

/** It estimates the system once, which takes some tenths of a second, and does not fail. */
export function maturityOf(context: Context, review: Review): Maturity {
  const facts = factsOf(context, review);
  return { system: context.architecture.system.name, file: context.architecture.system.span.file, ladders: [googleLevels(facts), microsoftLevels(facts)], testScore: testScoreOf(facts), stages: stageLadders(facts), rubric: rubricOf(facts) };
}
