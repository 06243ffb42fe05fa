import type { Check } from '../rule.ts';
import { accessAudited } from './data-governance/access-log.ts';
import { catalogued } from './data-governance/catalogue.ts';
import { classesDeclared } from './data-governance/classes.ts';
import { erasureReaches } from './data-governance/erasure.ts';
import { labelOrigin } from './data-governance/label-origin.ts';
import { lineageUnbroken } from './data-governance/lineage.ts';
import { purposeKept } from './data-governance/purpose.ts';
import { rawLayerImmutable } from './data-governance/raw-layer.ts';
import { residencyKept } from './data-governance/residency.ts';
import { retentionConsistent } from './data-governance/retention.ts';
import { rightsKnown } from './data-governance/rights.ts';
import { personalDataContained } from './data-governance/spread.ts';

export const dg: Check = {
  id: 'DG',
  slug: 'data-governance',
  title: 'Data governance and privacy',
  category: 'data',
  question: 'Is it known what data there is, whose it is, where it goes, and how it is forgotten?',
  redFlag: 'Personal data reaches logs, prompts or vendors, and nobody could say by which way.',
  failureMode: 'data_quality',
  sources: [],
  applies: () => true,
  beyond: true,
  rules: [catalogued, lineageUnbroken, classesDeclared, personalDataContained, retentionConsistent, erasureReaches, residencyKept, rightsKnown, rawLayerImmutable, labelOrigin, accessAudited, purposeKept],
};
