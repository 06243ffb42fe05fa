import { answersWithModel, observedServices } from '../monitoring/observed.ts';
import type { Check } from '../rule.ts';
import { keepsUp } from './ml14/cadence-rules.ts';
import { chainsCovered } from './ml14/chain-rules.ts';
import { inputsWatched, unstructuredWatched } from './ml14/input-rules.ts';
import { coversInputs, leadsSomewhere, referenceOfTraining, testNamed } from './ml14/monitor-rules.ts';

export const ml14: Check = {
  id: 'ML14',
  slug: 'drift-detection',
  title: 'Data drift detection',
  category: 'monitoring',
  question: 'Are the inputs that the model gets in production compared with those it learned from, by a named test, before its performance falls?',
  redFlag: 'No monitoring of distributions: drift is found after users report that something is wrong.',
  failureMode: 'drift',
  sources: ['ML Test Score Monitor 2', 'ML Test Score Monitor 4', 'AWS ML Lens MLPER-14', 'AWS ML Lens MLPER-16', 'Hidden technical debt: correction cascades', 'NIST AI RMF MEASURE 2.4'],
  applies: ({ architecture }) => {
    const answers = answersWithModel(architecture);
    if (answers !== true) return answers;
    return observedServices(architecture).some(({ agents }) => !agents) || 'Only agents are served: each of their inputs is a task of its own, and what they do is watched under ML13.';
  },
  rules: [inputsWatched, referenceOfTraining, testNamed, coversInputs, leadsSomewhere, keepsUp, unstructuredWatched, chainsCovered],
};
