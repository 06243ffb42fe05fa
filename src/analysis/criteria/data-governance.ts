import type { Check } from '../rule.ts';

export const dg: Check = {
  id: 'DG',
  slug: 'data-governance',
  title: 'Data governance and privacy',
  category: 'data',
  question: 'Is it known what data there is, whose it is, where it goes, and how it is forgotten?',
  redFlag: 'Personal data reaches logs, prompts or vendors, and nobody could say by which way.',
  failureMode: 'data_quality',
  sources: [],
  applies: () => true,
  beyond: true,
  rules: [],
};
