import type { Check } from '../rule.ts';

export const ml02: Check = {
  id: 'ML02',
  slug: 'experiment-tracking',
  title: 'Experiment tracking',
  category: 'training',
  question: '',
  redFlag: '',
  failureMode: 'reproducibility',
  sources: [],
  applies: () => true,
  rules: [],
};
