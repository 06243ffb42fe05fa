import type { Check } from '../rule.ts';

export const ml12: Check = {
  id: 'ML12',
  slug: 'inference-cost',
  title: 'Inference cost tracking',
  category: 'serving',
  question: '',
  redFlag: '',
  failureMode: 'cost',
  sources: [],
  applies: () => true,
  rules: [],
};
