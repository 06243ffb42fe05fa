import type { Check } from '../rule.ts';

export const ml08: Check = {
  id: 'ML08',
  slug: 'feature-store',
  title: 'Feature store architecture',
  category: 'data',
  question: '',
  redFlag: '',
  failureMode: 'skew',
  sources: [],
  applies: () => true,
  rules: [],
};
