import type { Check } from '../rule.ts';
import { releasesApproved } from './delivery/approval.ts';
import { configurationTested, infrastructureAsCode } from './delivery/as-code.ts';
import { modelsValidated } from './delivery/model-validation.ts';
import { codeTested, gatesCanFail, pipelineTested } from './delivery/stages.ts';
import { nothingUnused } from './delivery/unused.ts';

export const cicd: Check = {
  id: 'CICD',
  slug: 'delivery',
  title: 'Continuous integration and delivery',
  category: 'deployment',
  question: 'Do changes of code, data and models pass tests that can stop them?',
  redFlag: 'The tests run, and nothing waits for what they say.',
  failureMode: 'rollout',
  sources: [],
  applies: () => true,
  beyond: true,
  rules: [codeTested, pipelineTested, modelsValidated, gatesCanFail, infrastructureAsCode, releasesApproved, configurationTested, nothingUnused],
};
