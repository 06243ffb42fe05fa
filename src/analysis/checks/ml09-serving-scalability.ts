import type { Check } from '../rule.ts';
import { answersAnything, streamServices } from '../serving/services.ts';
import { batchesOnAccelerators } from './ml09/batching-rule.ts';
import { headroomFits, peakFitsCapacity } from './ml09/capacity-rules.ts';
import { dependenciesKeepUp } from './ml09/dependency-rule.ts';
import { scalesInTime } from './ml09/elasticity-rule.ts';
import { loadTested } from './ml09/load-test-rule.ts';
import { platformFitsNeeds } from './ml09/platform-rule.ts';
import { moreThanOneReplica } from './ml09/redundancy-rule.ts';

export const ml09: Check = {
  id: 'ML09',
  slug: 'serving-scalability',
  title: 'Serving scalability',
  category: 'serving',
  question: 'Can the service and everything that it calls take several times today’s peak without a new architecture, and was that tried?',
  redFlag: 'One process answers one request at a time, nothing scales, and nobody has tested the expected peak.',
  failureMode: 'infrastructure',
  sources: ['ML Test Score Infra 3', 'AWS ML Lens MLREL-12', 'AWS ML Lens MLCOST-26', 'AWS Generative AI Lens GENREL01-BP01', 'AWS Generative AI Lens GENPERF02-BP01'],
  applies: ({ architecture }) => (streamServices(architecture).length > 0 ? true : answersAnything(architecture)),
  rules: [peakFitsCapacity, headroomFits, moreThanOneReplica, dependenciesKeepUp, loadTested, batchesOnAccelerators, scalesInTime, platformFitsNeeds],
};
