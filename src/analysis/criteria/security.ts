import type { Check } from '../rule.ts';

export const sec: Check = {
  id: 'SEC',
  slug: 'security',
  title: 'Security',
  category: 'deployment',
  question: 'Can only those who should call it, change it and read it do so?',
  redFlag: 'A model file that anyone can overwrite is loaded and run.',
  failureMode: 'security',
  sources: [],
  applies: () => true,
  beyond: true,
  rules: [],
};
