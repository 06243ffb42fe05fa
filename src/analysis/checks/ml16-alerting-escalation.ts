import { answersWithModel } from '../monitoring/observed.ts';
import type { Check } from '../rule.ts';
import { classesCovered } from './ml16/coverage-rules.ts';
import { escalationHolds, volumeBearable } from './ml16/escalation-rules.ts';
import { behaviourAlerted, signalReachesSomebody } from './ml16/route-rules.ts';
import { runbookLinked } from './ml16/runbook-rules.ts';
import { silenceNoticed } from './ml16/silence-rules.ts';

export const ml16: Check = {
  id: 'ML16',
  slug: 'alerting-escalation',
  title: 'Alerting and escalation',
  category: 'monitoring',
  question: 'Does every signal of a failing model reach somebody who knows what to do, and somebody else if the first does not answer?',
  redFlag: 'Alerts exist for infrastructure only, and there is no procedure for the day on which quality falls.',
  failureMode: 'drift',
  sources: ['ML Test Score Monitor 1-7', 'AWS ML Lens MLOE-15', 'AWS Agentic AI Lens AGENTOPS07-BP04', 'NIST AI RMF MANAGE 2.3', 'NIST AI RMF MANAGE 4.3'],
  applies: ({ architecture }) => answersWithModel(architecture),
  rules: [signalReachesSomebody, behaviourAlerted, runbookLinked, classesCovered, escalationHolds, silenceNoticed, volumeBearable],
};
