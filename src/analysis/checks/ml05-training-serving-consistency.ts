import { groupsOnBothPaths, modelFeatures } from '../data/feature-use.ts';
import type { Check } from '../rule.ts';
import { trainsInHouse } from '../training/in-house.ts';
import { oneDefinition } from './ml05/definition-rule.ts';
import { parityShown, transformsVersioned } from './ml05/evidence-rules.ts';
import { inputsServed, missingValuesAgree, sameParameters } from './ml05/serving-rules.ts';

export const ml05: Check = {
  id: 'ML05',
  slug: 'training-serving-consistency',
  title: 'Training-serving consistency',
  category: 'data',
  question: 'Does each model see the same features in production as in training: computed by the same code, with the same parameters, from the same inputs?',
  redFlag: 'Features are written in a notebook for training and again in the application for serving.',
  failureMode: 'skew',
  sources: ['ML Test Score Monitor 3', 'ML Test Score Data 7', 'Rules of ML 29', 'Rules of ML 31', 'Rules of ML 32', 'Rules of ML 37', 'AWS ML Lens MLREL-07', 'AWS ML Lens MLOE-16'],
  applies({ architecture }) {
    if (modelFeatures(architecture).length > 0 || groupsOnBothPaths(architecture).length > 0) return true;
    const trained = trainsInHouse(architecture);
    return trained === true ? 'No model is both trained and run in what is declared, so there are no two paths to compare.' : trained;
  },
  rules: [oneDefinition, inputsServed, sameParameters, transformsVersioned, parityShown, missingValuesAgree],
};
