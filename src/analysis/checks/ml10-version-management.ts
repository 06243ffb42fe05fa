import { releasesOf } from '../deployment/releases.ts';
import type { Check } from '../rule.ts';
import { previousStillWorks, rollbackCoversCompanions } from './ml10/companions-rules.ts';
import { experimentsArePlanned } from './ml10/experiment-rule.ts';
import { modelsDeployAlone } from './ml10/packaging-rule.ts';
import { backWithinMinutes } from './ml10/rollback-rule.ts';
import { somethingDivides } from './ml10/router-rule.ts';

export const ml10: Check = {
  id: 'ML10',
  slug: 'version-management',
  title: 'Model version management',
  category: 'serving',
  question: 'Can a new version serve beside the present one, be compared with it on real traffic, and be taken back within minutes with all that changed with it?',
  redFlag: 'Each new model replaces the old one everywhere, and going back means training or building it again.',
  failureMode: 'rollout',
  sources: ['ML Test Score Infra 7', 'AWS ML Lens MLREL-10', 'AWS ML Lens MLREL-11', 'AWS ML Lens MLREL-13', 'AWS Agentic AI Lens AGENTOPS02-BP03'],
  applies({ architecture }) {
    return releasesOf(architecture).length > 0 ? true : 'No service in production that answers with a learned model is declared.';
  },
  rules: [backWithinMinutes, somethingDivides, experimentsArePlanned, modelsDeployAlone, previousStillWorks, rollbackCoversCompanions],
};
