import { answersWithModel } from '../monitoring/observed.ts';
import type { Check } from '../rule.ts';
import { outcomesVisible } from './ml15/censoring-rules.ts';
import { feedbackFiltered, labelsChecked } from './ml15/label-quality-rules.ts';
import { delayKnown, logOutlivesDelay, truthReturns } from './ml15/truth-rules.ts';

export const ml15: Check = {
  id: 'ML15',
  slug: 'ground-truth',
  title: 'Ground truth collection',
  category: 'monitoring',
  question: 'Is there a pipeline that brings back what really happened, or a proxy of it, and joins it with what was predicted?',
  redFlag: 'Accuracy is not measured after training: nobody knows how often the model is right in production.',
  failureMode: 'drift',
  sources: ['AWS ML Lens MLOE-08', 'AWS Generative AI Lens GENOPS01-BP02', 'Rules of ML 34', 'Rules of ML 35', 'Rules of ML 36', 'EU AI Act Article 10', 'EU AI Act Article 15', 'OWASP ML ML08'],
  applies: ({ architecture }) => answersWithModel(architecture),
  rules: [truthReturns, logOutlivesDelay, outcomesVisible, delayKnown, labelsChecked, feedbackFiltered],
};
