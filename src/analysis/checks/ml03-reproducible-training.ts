import type { Check } from '../rule.ts';
import { trainsInHouse } from '../training/in-house.ts';
import { dataIsFixed, historyIsLongEnough } from './ml03/data-rules.ts';
import { handsAreRecorded } from './ml03/manual-rule.ts';
import { codeIsVersioned, configurationIsCaptured, environmentIsPinned, seedsAreKnown } from './ml03/run-rules.ts';

export const ml03: Check = {
  id: 'ML03',
  slug: 'reproducible-training',
  title: 'Reproducible training pipelines',
  category: 'training',
  question: 'Could a training run of six months ago be repeated, with the code, data, libraries, settings and seeds of then?',
  redFlag: 'Training reads sources that change, in an environment that nothing pins, with seeds that nobody wrote down.',
  failureMode: 'reproducibility',
  sources: ['ML Test Score Infra 1', 'AWS ML Lens MLOE-11', 'AWS ML Lens MLREL-05', 'AWS ML Lens MLREL-06', 'ISO/IEC 42001 A.7.5', 'MITRE ATLAS AML.M0025', 'NIST AI RMF MEASURE 2.1', 'SLSA'],
  applies: ({ architecture }) => trainsInHouse(architecture),
  rules: [dataIsFixed, historyIsLongEnough, codeIsVersioned, configurationIsCaptured, environmentIsPinned, seedsAreKnown, handsAreRecorded],
};
