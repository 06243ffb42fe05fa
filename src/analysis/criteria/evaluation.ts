import type { Check } from '../rule.ts';

export const evaluation: Check = {
  id: 'EVAL',
  slug: 'evaluation',
  title: 'Evaluation and fairness',
  category: 'training',
  question: 'Does the evaluation tell whether the model is good for its purpose, and for whom it is not?',
  redFlag: 'One number over everyone decides.',
  failureMode: 'drift',
  sources: [],
  applies: () => true,
  beyond: true,
  rules: [],
};
