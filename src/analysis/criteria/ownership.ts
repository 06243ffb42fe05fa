import type { Check } from '../rule.ts';
import { owners } from './ownership/owners.ts';

export const own: Check = {
  id: 'OWN',
  slug: 'ownership',
  title: 'Ownership and documentation',
  category: 'deployment',
  question: 'Does somebody answer for each part, and could another take over?',
  redFlag: 'The one who knows has left.',
  failureMode: 'reproducibility',
  sources: [],
  applies: () => true,
  beyond: true,
  rules: [owners],
};
