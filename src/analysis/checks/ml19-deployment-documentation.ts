import type { Check } from '../rule.ts';
import { rollbackDrilled } from './ml19/drill-rule.ts';
import { fewManualSteps, severalCanDeploy } from './ml19/people-rules.ts';
import { deploysSomething, runbookComplete, runbookExists, runbookReviewed } from './ml19/runbook-rules.ts';

export const ml19: Check = {
  id: 'ML19',
  slug: 'deployment-documentation',
  title: 'Deployment documentation',
  category: 'deployment',
  question: 'Could any qualified member of the team bring a version to production and take it back with what is written down?',
  redFlag: 'One person knows how to deploy, and nothing says how to see afterwards that it worked.',
  failureMode: 'rollout',
  sources: ['AWS ML Lens MLOE-12', 'ISO/IEC 42001 A.6.2.5', 'ISO/IEC 42001 A.6.2.7', 'AWS Agentic AI Lens AGENTOPS07-BP02', 'Knight Capital 2012'],
  applies: deploysSomething,
  rules: [runbookExists, runbookComplete, severalCanDeploy, runbookReviewed, fewManualSteps, rollbackDrilled],
};
