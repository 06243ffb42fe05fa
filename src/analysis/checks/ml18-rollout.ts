import type { Check } from '../rule.ts';

export const ml18: Check = {
  id: 'ML18',
  slug: 'rollout',
  title: 'Rollout strategy',
  category: 'deployment',
  question: '',
  redFlag: '',
  failureMode: 'rollout',
  sources: [],
  applies: () => true,
  rules: [],
};
