import type { Framework } from './framework.ts';

const TITLES = [
  'limit public information', 'limit release of artifacts', 'make outputs less exact', 'harden models', 'restrict queries', 'access control at rest', 'ensembles', 'clean training data', 'validate models', 'several sensors', 'restore inputs', 'restrict loading of libraries', 'encrypt', 'sign code', 'verify artifacts', 'detect adversarial inputs', 'scan for vulnerabilities',
  'ways of distribution', 'train users', 'access control in production', 'guardrails', 'guidelines', 'alignment', 'bill of materials', 'telemetry', 'provenance of data sets', 'permissions of privileged agents', 'permissions of single-user agents', 'permissions of tools', 'human in the loop', 'restrict tools on untrusted data', 'harden memory', 'segmentation', 'validate inputs and outputs of agents', 'detect deepfakes',
];

export const mitreAtlas: Framework = {
  name: 'mitre-atlas',
  title: 'MITRE ATLAS, mitigations',
  edition: '5.6.1',
  cite: 'MITRE ATLAS',
  url: 'https://atlas.mitre.org/mitigations',
  checkedOn: '2026-11-21',
  items: TITLES.map((title, index) => ({ id: `AML.M${String(index).padStart(4, '0')}`, title })),
};
