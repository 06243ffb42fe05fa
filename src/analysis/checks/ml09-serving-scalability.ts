import type { Check } from '../rule.ts';

export const ml09: Check = {
  id: 'ML09',
  slug: 'serving-scalability',
  title: 'Serving scalability',
  category: 'serving',
  question: '',
  redFlag: '',
  failureMode: 'infrastructure',
  sources: [],
  applies: () => true,
  rules: [],
};
