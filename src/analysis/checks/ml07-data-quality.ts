import { guardedTargets } from '../data/gates.ts';
import { componentsOf } from '../../model/statements.ts';
import type { Check } from '../rule.ts';
import { generatedArtefactsChecked } from './ml07/artefact-rule.ts';
import { gatesFitTheirPlace, gatesHaveEffect } from './ml07/gate-rules.ts';
import { gatesOnBothSides, gatesOnEveryPath } from './ml07/path-rules.ts';
import { foreignSourcesUnderContract, streamsHaveRules } from './ml07/source-rules.ts';

export const ml07: Check = {
  id: 'ML07',
  slug: 'data-quality',
  title: 'Data quality monitoring',
  category: 'data',
  question: 'Is data checked for missing values, ranges, form and shifts at every boundary, in training and in serving, and does bad data stop there?',
  redFlag: 'Nothing checks the data by itself; faults are found when models misbehave.',
  failureMode: 'data_quality',
  sources: ['ML Test Score Data 1', 'ML Test Score Monitor 1', 'ML Test Score Monitor 2', 'AWS ML Lens MLREL-04', 'AWS ML Lens MLREL-05', 'AWS ML Lens MLOE-10', 'AWS ML Lens MLPER-08', 'ISO/IEC 42001 A.7.4', 'EU AI Act Article 10'],
  applies({ architecture }) {
    const data = componentsOf(architecture, 'source', 'ingestion', 'validation', 'artefact').length > 0 || guardedTargets(architecture).length > 0;
    return data || 'No source, ingestion or other data on its way to a model is declared.';
  },
  rules: [gatesOnEveryPath, gatesHaveEffect, gatesFitTheirPlace, foreignSourcesUnderContract, generatedArtefactsChecked, gatesOnBothSides, streamsHaveRules],
};
