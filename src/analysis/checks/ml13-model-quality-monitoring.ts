import { answersWithModel } from '../monitoring/observed.ts';
import type { Check } from '../rule.ts';
import { answersWatched, fallbackWatched, segmentsWatched, truthUsed } from './ml13/coverage-rules.ts';
import { monitorIsSharp, noticedInTime } from './ml13/detection-rules.ts';
import { predictionsLogged } from './ml13/log-rules.ts';

export const ml13: Check = {
  id: 'ML13',
  slug: 'model-quality-monitoring',
  title: 'Model quality monitoring',
  category: 'monitoring',
  question: 'Is the quality of the answers watched in production, against truth where there is any and by their distribution where there is not, with thresholds below which somebody is told?',
  redFlag: 'Only machines are watched, and users are the first to notice that the model has got worse.',
  failureMode: 'drift',
  sources: [
    'ML Test Score Monitor 7', 'AWS ML Lens MLPER-15', 'AWS ML Lens MLOE-15', 'AWS Generative AI Lens GENOPS01', 'NIST AI RMF MEASURE 2.4', 'NIST AI RMF MANAGE 4.1', 'EU AI Act Article 72',
  ],
  applies: ({ architecture }) => answersWithModel(architecture),
  rules: [predictionsLogged, answersWatched, truthUsed, monitorIsSharp, noticedInTime, segmentsWatched, fallbackWatched],
};
