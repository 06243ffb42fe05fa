import type { Check } from '../rule.ts';
import { ageVisible, publishedWhole, resultsChecked } from './batch/results.ts';
import { lateJobsTold, waitsForInputs } from './batch/timing.ts';

export const batch: Check = {
  id: 'BATCH',
  slug: 'batch',
  title: 'Batch prediction',
  category: 'serving',
  question: 'Are results of jobs complete, in time, and never worse than the last good ones?',
  redFlag: 'A job that failed half-way overwrites what was good.',
  failureMode: 'data_quality',
  sources: [],
  applies: () => true,
  beyond: true,
  rules: [lateJobsTold, publishedWhole, resultsChecked, waitsForInputs, ageVisible],
};
