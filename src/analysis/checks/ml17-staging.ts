import type { Check } from '../rule.ts';

export const ml17: Check = {
  id: 'ML17',
  slug: 'staging',
  title: 'Staging environment',
  category: 'deployment',
  question: '',
  redFlag: '',
  failureMode: 'rollout',
  sources: [],
  applies: () => true,
  rules: [],
};
