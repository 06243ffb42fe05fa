import { numbered, type Framework } from './framework.ts';

export const awsMlLens: Framework = {
  name: 'aws-ml',
  title: 'AWS Well-Architected Machine Learning Lens',
  edition: '2023',
  cite: 'AWS ML Lens',
  url: 'https://docs.aws.amazon.com/wellarchitected/latest/machine-learning-lens/',
  checkedOn: '2026-11-21',
  items: [
    ...numbered('MLOE-', ['skills', 'level of explainability', 'compliance is watched', 'roles', 'profile template', 'strategies of improvement', 'lineage', 'feedback loops', 'fairness and explanations', 'data profile', 'tracking and version control', 'CI/CD of ML', 'packaging', 'environment metrics', 'model can be observed', 'environments agree, skew']),
    ...numbered('MLSEC-', ['rights and licences of data', 'encryption', 'least privilege', 'secure environment', 'privacy', 'lineage', 'only relevant data', 'governed environment', 'traffic between nodes', 'poisoning', 'adversarial inputs', 'restricted consumers', 'unusual human access']),
    ...numbered('MLREL-', ['interfaces hide changes', 'small services', 'data catalogue', 'pipelines', 'data changes are automated', 'traceable CI/CD/CT', 'same features', 'validation data', 'bias', 'endpoints by pipeline', 'strategy of deployment and tests', 'automatic scaling', 'endpoints recover, versions']),
    ...numbered('MLPER-', ['KPIs', 'purpose-built tools', 'metrics', 'data architecture', 'instances', 'alternatives', 'evaluation pipeline', 'feature statistics', 'trade-offs', 'transfer learning', 'cloud or edge', 'option of deployment', 'explainability', 'drift', 'degradation', 'automated retraining', 'updated features', 'human in the loop']),
    ...numbered('MLCOST-', ['return of investment', 'managed services', 'is ML right', 'custom or pre-trained', 'labelling', 'data wrangling', 'data processing', 'reuse of features', 'instance size', 'build environment', 'local training', 'framework', 'AutoML', 'managed training', 'distributed training', 'stop what is idle', 'small data first', 'warm start', 'hyperparameter search', 'budgets and tags', 'near the data', 'algorithms', 'debugging', 'option of deployment', 'hardware', 'size of the fleet', 'cost by activity', 'return is watched', 'use of endpoints']),
    ...numbered('MLSUS-', Array.from({ length: 16 }, () => '')).map(({ id }) => ({ id })),
  ],
  partial: 'The edition of 2025 numbers its practices anew; its full list is not entered. Titles of the sustainability pillar are left out.',
};
