import type { Framework } from './framework.ts';

export const rulesOfMl: Framework = {
  name: 'rules-of-ml',
  title: 'Rules of Machine Learning',
  edition: 'Google, no edition',
  cite: 'Rules of ML',
  url: 'https://developers.google.com/machine-learning/guides/rules-of-ml',
  checkedOn: '2026-11-21',
  items: [
    { id: '8', title: 'how fresh it must be' }, { id: '9', title: 'find problems before export' }, { id: '10', title: 'silent failures' }, { id: '11', title: 'features have owners' }, { id: '14', title: 'start with what can be explained' }, { id: '16', title: 'plan to iterate' },
    { id: '22', title: 'remove what is unused' }, { id: '24', title: 'difference between models' }, { id: '29', title: 'log features when serving' }, { id: '31', title: 'joined tables change' }, { id: '32', title: 'share code of training and serving' },
    { id: '33', title: 'test on later data' }, { id: '34', title: 'held-out traffic of filters' }, { id: '35', title: 'skew of ranking' }, { id: '36', title: 'no feedback loops by position' }, { id: '37', title: 'measure skew' },
  ],
  partial: 'Of the 43 rules, those that an architecture can show.',
};
