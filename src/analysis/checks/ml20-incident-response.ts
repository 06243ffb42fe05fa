import { unservedAgents } from '../deployment/agents.ts';
import { answersWithModel } from '../monitoring/observed.ts';
import type { Check } from '../rule.ts';
import { causesCanBeTold } from './ml20/diagnosis-rule.ts';
import { canBeDisengaged } from './ml20/disengage-rule.ts';
import { proceduresExist } from './ml20/procedure-rule.ts';
import { authoritiesTold, processKnowsModels, rolesFilled } from './ml20/process-rules.ts';
import { recoveredInTime } from './ml20/recovery-rule.ts';

export const ml20: Check = {
  id: 'ML20',
  slug: 'incident-response',
  title: 'Incident response for ML failures',
  category: 'deployment',
  question: 'When the model is wrong rather than down, is it known who acts, what they do, and how the model is taken out?',
  redFlag: 'Failures of the model are handled as faults of machines, by whoever is there.',
  failureMode: 'rollout',
  sources: ['NIST AI RMF MANAGE 2.3', 'NIST AI RMF MANAGE 2.4', 'NIST AI RMF MANAGE 4.1', 'NIST AI RMF MANAGE 4.3', 'EU AI Act Article 14', 'EU AI Act Article 73', 'ISO/IEC 42001 A.8.4', 'AWS Agentic AI Lens AGENTSEC07-BP04'],
  applies: ({ architecture }) => (unservedAgents(architecture).length > 0 ? true : answersWithModel(architecture)),
  rules: [processKnowsModels, rolesFilled, proceduresExist, canBeDisengaged, recoveredInTime, causesCanBeTold, authoritiesTold],
};
