import type { Check } from '../rule.ts';

export const ml20: Check = {
  id: 'ML20',
  slug: 'incident-response',
  title: 'Incident response for ML failures',
  category: 'deployment',
  question: '',
  redFlag: '',
  failureMode: 'rollout',
  sources: [],
  applies: () => true,
  rules: [],
};
