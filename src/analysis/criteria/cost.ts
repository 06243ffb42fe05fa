import type { Check } from '../rule.ts';

export const cost: Check = {
  id: 'COST',
  slug: 'cost',
  title: 'Cost',
  category: 'serving',
  question: 'Is spending known, limited, and no higher than the need?',
  redFlag: 'The bill is the first to tell that something runs.',
  failureMode: 'cost',
  sources: [],
  applies: () => true,
  beyond: true,
  rules: [],
};
