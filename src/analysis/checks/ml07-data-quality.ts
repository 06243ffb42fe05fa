import type { Check } from '../rule.ts';

export const ml07: Check = {
  id: 'ML07',
  slug: 'data-quality',
  title: 'Data quality monitoring',
  category: 'data',
  question: '',
  redFlag: '',
  failureMode: 'data_quality',
  sources: [],
  applies: () => true,
  rules: [],
};
