import type { Check } from '../rule.ts';

export const edge: Check = {
  id: 'EDGE',
  slug: 'devices',
  title: 'Models on devices',
  category: 'serving',
  question: 'Can a model on devices be updated, watched, and do without the network?',
  redFlag: 'A new version reaches every device at once, and there is no way back.',
  failureMode: 'skew',
  sources: [],
  applies: () => true,
  beyond: true,
  rules: [],
};
