import type { Check } from '../rule.ts';
import { ageLimited } from './retraining/ageing.ts';
import { downstreamFollows } from './retraining/chains.ts';
import { echoBroken } from './retraining/echo.ts';
import { newDataStopped } from './retraining/new-data.ts';
import { challengerCompared } from './retraining/promotion.ts';
import { retrainingStarts, stormsLimited } from './retraining/starting.ts';

export const loop: Check = {
  id: 'LOOP',
  slug: 'retraining',
  title: 'Retraining and feedback',
  category: 'training',
  question: 'Does a model that learns from its own results get better, and not only more certain?',
  redFlag: 'New models replace old ones because they are newer.',
  failureMode: 'drift',
  sources: [],
  applies: () => true,
  beyond: true,
  rules: [retrainingStarts, newDataStopped, challengerCompared, echoBroken, ageLimited, downstreamFollows, stormsLimited],
};
