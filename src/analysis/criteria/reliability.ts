import type { Check } from '../rule.ts';
import { availabilityAddsUp, dependenciesAreAsGood } from './reliability/availability.ts';
import { callsAreBounded, noCallCycles } from './reliability/calls.ts';
import { failureModeDecided } from './reliability/failure-mode.ts';
import { fallbackIsIndependent } from './reliability/fallbacks.ts';
import { limitsCheckedBeforePublish } from './reliability/hard-limits.ts';
import { trainingDoesNotStarveServing } from './reliability/isolation.ts';
import { missingFeaturesDecided } from './reliability/missing-features.ts';
import { modelDependenciesDeclared } from './reliability/model-chains.ts';
import { pipelinesRecover } from './reliability/pipelines.ts';
import { stateComesBack, streamsRecover } from './reliability/recovery.ts';
import { noSinglePoint } from './reliability/single-points.ts';

export const rel: Check = {
  id: 'REL',
  slug: 'reliability',
  title: 'Reliability',
  category: 'serving',
  question: 'Does the system go on when a part of it fails?',
  redFlag: 'One part without a second takes everything down.',
  failureMode: 'infrastructure',
  sources: [],
  applies: () => true,
  beyond: true,
  rules: [
    noSinglePoint,
    fallbackIsIndependent,
    callsAreBounded,
    availabilityAddsUp,
    dependenciesAreAsGood,
    stateComesBack,
    pipelinesRecover,
    streamsRecover,
    missingFeaturesDecided,
    trainingDoesNotStarveServing,
    modelDependenciesDeclared,
    limitsCheckedBeforePublish,
    failureModeDecided,
    noCallCycles,
  ],
};
