import type { Check } from '../rule.ts';

export const ml16: Check = {
  id: 'ML16',
  slug: 'alerting-escalation',
  title: 'Alerting and escalation',
  category: 'monitoring',
  question: '',
  redFlag: '',
  failureMode: 'drift',
  sources: [],
  applies: () => true,
  rules: [],
};
