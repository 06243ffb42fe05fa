import type { Check } from '../rule.ts';
import { standingOf } from '../severity.ts';
import { trainsInHouse } from '../training/in-house.ts';
import { oneKeyOneModel } from './ml01/key-rule.ts';
import { artifactsStay } from './ml01/overwriting-rule.ts';
import { registryOnEveryPath } from './ml01/path-rules.ts';
import { registryIsOne, servedWhenIsKnown, versionsCarryTheirRecord } from './ml01/record-rules.ts';

export const ml01: Check = {
  id: 'ML01',
  slug: 'model-registry',
  title: 'Model registry',
  category: 'training',
  question: 'Does every trained model pass a registry that keeps its versions, with metrics, data version, hyperparameters and code, on the way to what serves it?',
  redFlag: 'A new model overwrites the file of the old one, and nobody can say which model served when.',
  failureMode: 'reproducibility',
  sources: [
    'ML Test Score Infra 1', 'ML Test Score Infra 7', 'AWS ML Lens MLOE-11', 'AWS ML Lens MLOE-07', 'AWS ML Lens MLREL-13', 'MITRE ATLAS AML.M0014', 'MITRE ATLAS AML.M0023', 'ISO/IEC 42001 A.6.2.3', 'EU AI Act Article 12',
  ],
  applies({ architecture }) {
    if (standingOf(architecture).stage === 'prototype') return 'The system is a prototype: a registry pays from the pilot on.';
    return trainsInHouse(architecture);
  },
  rules: [registryOnEveryPath, artifactsStay, registryIsOne, versionsCarryTheirRecord, servedWhenIsKnown, oneKeyOneModel],
};
