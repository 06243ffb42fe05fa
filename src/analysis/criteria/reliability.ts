import type { Check } from '../rule.ts';

export const rel: Check = {
  id: 'REL',
  slug: 'reliability',
  title: 'Reliability',
  category: 'serving',
  question: 'Does the system go on when a part of it fails?',
  redFlag: 'One part without a second takes everything down.',
  failureMode: 'infrastructure',
  sources: [],
  applies: () => true,
  beyond: true,
  rules: [],
};
