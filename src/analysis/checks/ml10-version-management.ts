import type { Check } from '../rule.ts';

export const ml10: Check = {
  id: 'ML10',
  slug: 'version-management',
  title: 'Model version management',
  category: 'serving',
  question: '',
  redFlag: '',
  failureMode: 'rollout',
  sources: [],
  applies: () => true,
  rules: [],
};
