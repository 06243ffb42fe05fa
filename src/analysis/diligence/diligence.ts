import type { Review } from '../review.ts';
import type { Context } from '../rule.ts';
import type { DiligenceAnswer } from './answer.ts';
import { evaluationAnswer, biasAnswer } from './evaluation-answers.ts';
import { economicsAnswer, degradationAnswer, keyPersonAnswer, vendorAnswer } from './operation-answers.ts';
import { reproducibilityAnswer, rightsAnswer } from './training-answers.ts';

/** The eight questions in their order; each has an answer, and be it that none was declared. */
export function diligenceAnswers(context: Context, review: Review): DiligenceAnswer[] {
  return [
    rightsAnswer(context),
    reproducibilityAnswer(context, review),
    evaluationAnswer(context),
    biasAnswer(context),
    degradationAnswer(context),
    economicsAnswer(context),
    vendorAnswer(context),
    keyPersonAnswer(context),
  ];
}
