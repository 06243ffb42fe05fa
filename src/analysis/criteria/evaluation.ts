import type { Check } from '../rule.ts';
import { decisionsExplained, fairnessEvaluated, slicesEvaluated } from './evaluation/groups.ts';
import { calibrationChecked, metricSuitsBalance } from './evaluation/metrics.ts';
import { baselineCompared, tiedToBusiness } from './evaluation/purpose.ts';
import { holdoutHygiene, stressTested, vendorValidated } from './evaluation/trials.ts';
import { actionBounded, stalenessKnown } from './evaluation/use.ts';

export const evaluation: Check = {
  id: 'EVAL',
  slug: 'evaluation',
  title: 'Evaluation and fairness',
  category: 'training',
  question: 'Does the evaluation tell whether the model is good for its purpose, and for whom it is not?',
  redFlag: 'One number over everyone decides.',
  failureMode: 'drift',
  sources: [],
  applies: () => true,
  beyond: true,
  rules: [tiedToBusiness, baselineCompared, slicesEvaluated, fairnessEvaluated, calibrationChecked, metricSuitsBalance, holdoutHygiene, stressTested, stalenessKnown, vendorValidated, decisionsExplained, actionBounded],
};
