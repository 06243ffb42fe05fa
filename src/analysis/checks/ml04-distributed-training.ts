import type { Check } from '../rule.ts';

export const ml04: Check = {
  id: 'ML04',
  slug: 'distributed-training',
  title: 'Distributed training',
  category: 'training',
  question: '',
  redFlag: '',
  failureMode: 'infrastructure',
  sources: [],
  applies: () => true,
  rules: [],
};
