import type { Check } from '../rule.ts';
import { disclosure } from './compliance/disclosure.ts';
import { eventLogs } from './compliance/event-logs.ts';
import { humanOversight } from './compliance/human-oversight.ts';
import { impactAssessment } from './compliance/impact-assessment.ts';
import { postMarketPlan } from './compliance/post-market-plan.ts';
import { riskClassDecided } from './compliance/risk-class.ts';
import { sectorDuties } from './compliance/sector-duties.ts';
import { statementOfApplicability } from './compliance/statement-of-applicability.ts';
import { technicalDocumentation } from './compliance/technical-documentation.ts';

export const comp: Check = {
  id: 'COMP',
  slug: 'compliance',
  title: 'Compliance',
  category: 'deployment',
  question: 'Is it known which law applies, and can it be shown that it is met?',
  redFlag: 'The risk class is looked up when the authority asks.',
  failureMode: 'security',
  sources: [],
  applies: () => true,
  beyond: true,
  rules: [riskClassDecided, technicalDocumentation, eventLogs, humanOversight, postMarketPlan, impactAssessment, disclosure, sectorDuties, statementOfApplicability],
};
