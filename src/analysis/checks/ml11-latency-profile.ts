import type { Check } from '../rule.ts';

export const ml11: Check = {
  id: 'ML11',
  slug: 'latency-profile',
  title: 'Serving latency profile',
  category: 'serving',
  question: '',
  redFlag: '',
  failureMode: 'infrastructure',
  sources: [],
  applies: () => true,
  rules: [],
};
