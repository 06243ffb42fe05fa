import type { Check } from '../rule.ts';

export const ml19: Check = {
  id: 'ML19',
  slug: 'deployment-documentation',
  title: 'Deployment documentation',
  category: 'deployment',
  question: '',
  redFlag: '',
  failureMode: 'rollout',
  sources: [],
  applies: () => true,
  rules: [],
};
