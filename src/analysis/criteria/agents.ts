import type { Check } from '../rule.ts';
import { boundedLoops, stopAndGoBack } from './agents/bounds.ts';
import { apartFromProduction } from './agents/environments.ts';
import { meeting } from './agents/meeting.ts';
import { actsForItsUser, auditedCalls, memoryIsChecked } from './agents/records.ts';
import { allowedTools, approvedActions, repeatableCalls } from './agents/tools.ts';

export const agt: Check = {
  id: 'AGT',
  slug: 'agents',
  title: 'Agents',
  category: 'serving',
  question: 'Can an agent do only what it should, and be stopped?',
  redFlag: 'An agent with rights to write reads what strangers wrote.',
  failureMode: 'security',
  sources: [],
  applies: () => true,
  beyond: true,
  rules: [allowedTools, approvedActions, boundedLoops, meeting, apartFromProduction, auditedCalls, memoryIsChecked, repeatableCalls, stopAndGoBack, actsForItsUser],
};
