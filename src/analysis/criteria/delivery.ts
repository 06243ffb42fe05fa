import type { Check } from '../rule.ts';

export const cicd: Check = {
  id: 'CICD',
  slug: 'delivery',
  title: 'Continuous integration and delivery',
  category: 'deployment',
  question: 'Do changes of code, data and models pass tests that can stop them?',
  redFlag: 'The tests run, and nothing waits for what they say.',
  failureMode: 'rollout',
  sources: [],
  applies: () => true,
  beyond: true,
  rules: [],
};
