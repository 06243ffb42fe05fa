import type { Check } from '../rule.ts';

export const ml15: Check = {
  id: 'ML15',
  slug: 'ground-truth',
  title: 'Ground truth collection',
  category: 'monitoring',
  question: '',
  redFlag: '',
  failureMode: 'drift',
  sources: [],
  applies: () => true,
  rules: [],
};
