import { numbered, type Framework } from './framework.ts';

export const mlTestScore: Framework = {
  name: 'ml-test-score',
  title: 'ML Test Score',
  edition: '2017',
  cite: 'ML Test Score',
  url: 'https://research.google/pubs/the-ml-test-score-a-rubric-for-ml-production-readiness-and-technical-debt-reduction/',
  checkedOn: '2026-11-21',
  items: [
    ...numbered('Data ', ['schema of inputs', 'features help', 'features are worth their cost', 'requirements on inputs are kept', 'privacy in the pipeline', 'new features are quick to add', 'feature code is tested'], 1),
    ...numbered('Model ', ['specification is reviewed', 'offline and online metrics go together', 'hyperparameters are tuned', 'effect of staleness is known', 'simpler baseline', 'slices', 'inclusion'], 1),
    ...numbered('Infra ', ['training can be repeated', 'specification is tested', 'whole pipeline is tested', 'model is validated before it serves', 'training can be stepped through', 'canary', 'rollback'], 1),
    ...numbered('Monitor ', ['changes of dependencies are announced', 'inputs stay as they were', 'training and serving agree', 'staleness', 'numerical stability', 'speed, memory and throughput', 'quality of predictions'], 1),
  ],
};
