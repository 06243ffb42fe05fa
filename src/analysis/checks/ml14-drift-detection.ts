import type { Check } from '../rule.ts';

export const ml14: Check = {
  id: 'ML14',
  slug: 'drift-detection',
  title: 'Data drift detection',
  category: 'monitoring',
  question: '',
  redFlag: '',
  failureMode: 'drift',
  sources: [],
  applies: () => true,
  rules: [],
};
