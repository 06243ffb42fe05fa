import { componentsOf } from '../../model/statements.ts';
import { unservedAgents } from '../deployment/agents.ts';
import { answersWithModel } from '../monitoring/observed.ts';
import type { Check } from '../rule.ts';
import { configurationRolledOut } from './ml18/artefact-rule.ts';
import { criteriaDecide, versionsCompared } from './ml18/comparison-rules.ts';
import { rollsBackByItself, versionVisible } from './ml18/fleet-rules.ts';
import { enoughSamples } from './ml18/sample-rule.ts';
import { fewBeforeAll } from './ml18/strategy-rule.ts';
import { truthInTime } from './ml18/truth-rule.ts';

export const ml18: Check = {
  id: 'ML18',
  slug: 'rollout',
  title: 'Rollout strategy',
  category: 'deployment',
  question: 'Does a new version, and whatever else changes behaviour, reach few first, compared with the old one, by criteria that were set before?',
  redFlag: 'Everyone gets a new version at once, and going back is a decision by hand without criteria.',
  failureMode: 'rollout',
  sources: ['ML Test Score Infra 6', 'AWS ML Lens MLREL-11', 'Cloudflare outage of 18 November 2025', 'Knight Capital 2012'],
  applies: ({ architecture }) => (componentsOf(architecture, 'artefact').length > 0 || unservedAgents(architecture).length > 0 ? true : answersWithModel(architecture)),
  rules: [fewBeforeAll, versionsCompared, criteriaDecide, truthInTime, enoughSamples, configurationRolledOut, versionVisible, rollsBackByItself],
};
