import type { Check } from '../rule.ts';

export const ml01: Check = {
  id: 'ML01',
  slug: 'model-registry',
  title: 'Model registry',
  category: 'training',
  question: '',
  redFlag: '',
  failureMode: 'reproducibility',
  sources: [],
  applies: () => true,
  rules: [],
};
