import { answersWithModel } from '../monitoring/observed.ts';
import type { Check } from '../rule.ts';
import { resultsGate, triedBefore } from './ml17/environment-rules.ts';
import { realisticData, realisticLoad, sameAsProduction } from './ml17/likeness-rules.ts';
import { personalDataProtected } from './ml17/privacy-rule.ts';

export const ml17: Check = {
  id: 'ML17',
  slug: 'staging',
  title: 'Staging environment',
  category: 'deployment',
  question: 'Is a new version tried on data and traffic like those of production before it answers for real?',
  redFlag: 'Staging runs on made-up or outdated data, or there is none.',
  failureMode: 'rollout',
  sources: ['ML Test Score Infra 3', 'ML Test Score Infra 4', 'AWS ML Lens MLOE-14', 'AWS ML Lens MLOE-16', 'NIST AI RMF MEASURE 2.3'],
  applies: ({ architecture }) => answersWithModel(architecture),
  rules: [triedBefore, realisticData, sameAsProduction, resultsGate, personalDataProtected, realisticLoad],
};
