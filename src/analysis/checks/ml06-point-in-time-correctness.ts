import type { Check } from '../rule.ts';

export const ml06: Check = {
  id: 'ML06',
  slug: 'point-in-time-correctness',
  title: 'Point-in-time correctness',
  category: 'data',
  question: '',
  redFlag: '',
  failureMode: 'leakage',
  sources: [],
  applies: () => true,
  rules: [],
};
