import { pastExamples, variesOverTime } from '../data/time-facts.ts';
import type { Check } from '../rule.ts';
import { trainsInHouse } from '../training/in-house.ts';
import { notFromPresent, sourcesKeepHistory } from './ml06/history-rules.ts';
import { joinedAsOf } from './ml06/join-rule.ts';
import { noLeakFromLabels } from './ml06/leak-rule.ts';
import { splitByTime, timesRecorded } from './ml06/split-rules.ts';

export const ml06: Check = {
  id: 'ML06',
  slug: 'point-in-time-correctness',
  title: 'Point-in-time correctness',
  category: 'data',
  question: 'Do the training examples hold only what was known at the time of each example, with nothing from after the outcome?',
  redFlag: 'Labels are joined with features regardless of time, or past events are given the values of today.',
  failureMode: 'leakage',
  sources: ['Rules of ML 29', 'Rules of ML 31', 'Rules of ML 33', 'ISO/IEC 42001 A.7.6'],
  applies({ architecture }) {
    const trained = trainsInHouse(architecture);
    if (trained !== true) return trained;
    const all = pastExamples(architecture);
    if (all.length === 0) return 'No training is declared, so there are no examples to look at.';
    if (all.every(({ temporal }) => temporal === 'denied')) return `The examples of ${all.map(({ training }) => training.name).join(', ')} have no time.`;
    const fixed = all.every(({ groups }) => groups.length > 0 && groups.every((group) => variesOverTime(group) === false));
    return fixed ? 'No feature changes over time.' : true;
  },
  rules: [joinedAsOf, notFromPresent, sourcesKeepHistory, noLeakFromLabels, splitByTime, timesRecorded],
};
