import type { Framework } from './framework.ts';

export const nistAiRmf: Framework = {
  name: 'nist-ai-rmf',
  title: 'NIST AI Risk Management Framework',
  edition: '1.0',
  cite: 'NIST AI RMF',
  url: 'https://airc.nist.gov/airmf-resources/airmf/5-sec-core/',
  checkedOn: '2026-11-21',
  items: [
    { id: 'GOVERN 1.6', title: 'inventory' }, { id: 'GOVERN 1.7', title: 'decommissioning' }, { id: 'GOVERN 2.1', title: 'roles' }, { id: 'GOVERN 4.3', title: 'tests and incidents' }, { id: 'GOVERN 6.1', title: 'third parties' }, { id: 'GOVERN 6.2', title: 'contingency for third parties' },
    { id: 'MAP 1.1', title: 'purpose and context' }, { id: 'MAP 1.3', title: 'goals' }, { id: 'MAP 3.5', title: 'human oversight' }, { id: 'MAP 4.1', title: 'legal risk of components' }, { id: 'MAP 5.1', title: 'impact' },
    { id: 'MEASURE 1.3', title: 'independent assessors' }, { id: 'MEASURE 2.1', title: 'test sets are documented' }, { id: 'MEASURE 2.3', title: 'conditions like those of use' }, { id: 'MEASURE 2.4', title: 'monitoring in production' }, { id: 'MEASURE 2.6', title: 'safety' }, { id: 'MEASURE 2.7', title: 'security' }, { id: 'MEASURE 2.9', title: 'explained' }, { id: 'MEASURE 2.10', title: 'privacy' }, { id: 'MEASURE 2.11', title: 'fairness' }, { id: 'MEASURE 3.3', title: 'feedback' },
    { id: 'MANAGE 1.2', title: 'risks are ranked' }, { id: 'MANAGE 1.3', title: 'responses' }, { id: 'MANAGE 2.3', title: 'unknown risks' }, { id: 'MANAGE 2.4', title: 'switching off' }, { id: 'MANAGE 3.1', title: 'third parties are watched' }, { id: 'MANAGE 3.2', title: 'pre-trained models are watched' }, { id: 'MANAGE 4.1', title: 'monitoring after deployment' }, { id: 'MANAGE 4.3', title: 'incidents' },
  ],
  partial: 'Of the 72 subcategories, those that an architecture can show.',
};
