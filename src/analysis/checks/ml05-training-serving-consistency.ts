import type { Check } from '../rule.ts';

export const ml05: Check = {
  id: 'ML05',
  slug: 'training-serving-consistency',
  title: 'Training-serving consistency',
  category: 'data',
  question: '',
  redFlag: '',
  failureMode: 'skew',
  sources: [],
  applies: () => true,
  rules: [],
};
