import type { Check } from '../rule.ts';

export const ml13: Check = {
  id: 'ML13',
  slug: 'model-quality-monitoring',
  title: 'Model quality monitoring',
  category: 'monitoring',
  question: '',
  redFlag: '',
  failureMode: 'drift',
  sources: [],
  applies: () => true,
  rules: [],
};
