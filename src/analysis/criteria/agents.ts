import type { Check } from '../rule.ts';

export const agt: Check = {
  id: 'AGT',
  slug: 'agents',
  title: 'Agents',
  category: 'serving',
  question: 'Can an agent do only what it should, and be stopped?',
  redFlag: 'An agent with rights to write reads what strangers wrote.',
  failureMode: 'security',
  sources: [],
  applies: () => true,
  beyond: true,
  rules: [],
};
