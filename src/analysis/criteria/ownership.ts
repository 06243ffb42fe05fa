import type { Check } from '../rule.ts';
import { busFactor } from './ownership/bus-factor.ts';
import { decisionLog } from './ownership/decision-log.ts';
import { descriptionFresh } from './ownership/description-age.ts';
import { knownConsumers } from './ownership/consumers.ts';
import { modelCard } from './ownership/model-card.ts';
import { owners } from './ownership/owners.ts';
import { purposeAndKpi } from './ownership/purpose.ts';
import { retirement } from './ownership/retirement.ts';

export const own: Check = {
  id: 'OWN',
  slug: 'ownership',
  title: 'Ownership and documentation',
  category: 'deployment',
  question: 'Does somebody answer for each part, and could another take over?',
  redFlag: 'The one who knows has left.',
  failureMode: 'reproducibility',
  sources: [],
  applies: () => true,
  beyond: true,
  rules: [owners, busFactor, modelCard, decisionLog, knownConsumers, purposeAndKpi, retirement, descriptionFresh],
};
