import type { Check } from '../rule.ts';

export const comp: Check = {
  id: 'COMP',
  slug: 'compliance',
  title: 'Compliance',
  category: 'deployment',
  question: 'Is it known which law applies, and can it be shown that it is met?',
  redFlag: 'The risk class is looked up when the authority asks.',
  failureMode: 'security',
  sources: [],
  applies: () => true,
  beyond: true,
  rules: [],
};
