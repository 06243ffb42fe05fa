import type { Check } from '../rule.ts';

export const loop: Check = {
  id: 'LOOP',
  slug: 'retraining',
  title: 'Retraining and feedback',
  category: 'training',
  question: 'Does a model that learns from its own results get better, and not only more certain?',
  redFlag: 'New models replace old ones because they are newer.',
  failureMode: 'drift',
  sources: [],
  applies: () => true,
  beyond: true,
  rules: [],
};
