import type { Check } from '../rule.ts';
import { budgetWithAlert, costIsAttributed } from './cost/budget.ts';
import { growthIsBounded } from './cost/growth.ts';
import { patternFitsNeed } from './cost/pattern.ts';
import { automationPaysBack, buildOrBuyFits } from './cost/pays-back.ts';
import { noIdleTraining } from './cost/waste.ts';

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
  rules: [budgetWithAlert, costIsAttributed, patternFitsNeed, noIdleTraining, automationPaysBack, buildOrBuyFits, growthIsBounded],
};
