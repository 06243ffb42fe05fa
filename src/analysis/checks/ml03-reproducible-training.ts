import type { Check } from '../rule.ts';

export const ml03: Check = {
  id: 'ML03',
  slug: 'reproducible-training',
  title: 'Reproducible training',
  category: 'training',
  question: '',
  redFlag: '',
  failureMode: 'reproducibility',
  sources: [],
  applies: () => true,
  rules: [],
};
