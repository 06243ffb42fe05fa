import type { Document, Section } from '../document/block.ts';
import type { ReportSubject } from './subject.ts';
import { analysesSection } from './analyses.ts';
import { checklistSection } from './checklist.ts';
import { currentStateSection } from './current-state.ts';
import { decisionLogSection } from './decision-log.ts';
import { decouplingSection } from './design/decoupling.ts';
import { deploymentRunbookSection } from './design/deployment-runbook.ts';
import { experimentSection } from './design/experiment.ts';
import { incidentResponseSection } from './design/incident-response.ts';
import { monitoringSection } from './design/monitoring.ts';
import { scalingRunbookSection } from './design/scaling-runbook.ts';
import { servingSection } from './design/serving.ts';
import { findingsSection } from './findings.ts';
import { glossarySection } from './glossary.ts';
import { maturitySection } from './maturity.ts';
import { openQuestionsSection } from './open-questions.ts';
import { provenanceSection } from './provenance.ts';
import { redactDocument, redactSubject } from './redaction.ts';
import { riskRegisterSection } from './risk-register.ts';
import { roadmapSection } from './roadmap.ts';
import { scopeSection } from './scope.ts';
import { scorecardSection } from './scorecard.ts';
import { executiveSummary, summarySection } from './summary.ts';
import { systemBriefSection } from './system-brief.ts';
import { targetSection } from './target.ts';
import { themesSection } from './themes.ts';

/** A part of the report, which can also be written by itself. */
export interface Part {
  /** What `--part` takes. */
  readonly name: string;
  readonly section: (subject: ReportSubject) => Section;
  /** It shows diagrams, which take a layout each. */
  readonly pictured?: true;
}

/** What the review says, in its order. */
const REVIEW_PARTS: readonly Part[] = [
  { name: 'provenance', section: provenanceSection },
  { name: 'summary', section: summarySection },
  { name: 'scope', section: scopeSection },
  { name: 'system', section: systemBriefSection },
  { name: 'current-state', section: currentStateSection, pictured: true },
  { name: 'scorecard', section: scorecardSection },
  { name: 'maturity', section: maturitySection },
  { name: 'themes', section: themesSection },
  { name: 'findings', section: findingsSection },
  { name: 'analyses', section: analysesSection },
  { name: 'target', section: targetSection, pictured: true },
  { name: 'roadmap', section: roadmapSection },
  { name: 'questions', section: openQuestionsSection },
  { name: 'decision-log', section: decisionLogSection },
  { name: 'risk-register', section: riskRegisterSection },
];

/** The platform design that goes with a review: one part for each thing that a platform team builds or follows. */
export const DESIGN_PARTS: readonly Part[] = [
  { name: 'serving-design', section: servingSection },
  { name: 'monitoring-design', section: monitoringSection },
  { name: 'experiment-design', section: experimentSection },
  { name: 'decoupling', section: decouplingSection },
  { name: 'scaling-runbook', section: scalingRunbookSection },
  { name: 'deployment-runbook', section: deploymentRunbookSection },
  { name: 'incident-response', section: incidentResponseSection },
];

/** All parts of the report, in their order. */
export const PARTS: readonly Part[] = [...REVIEW_PARTS, ...DESIGN_PARTS, { name: 'checklist', section: checklistSection }, { name: 'glossary', section: glossarySection }];

/** The parts that a name means; `design` means all of the platform design. Undefined where there is no such part. */
export function partsNamed(name: string): readonly Part[] | undefined {
  if (name === 'design') return DESIGN_PARTS;
  const part = PARTS.find((candidate) => candidate.name === name);
  return part && [part];
}

export const PART_NAMES: readonly string[] = [...REVIEW_PARTS.map(({ name }) => name), 'design', ...PARTS.slice(REVIEW_PARTS.length).map(({ name }) => name)];

/** The whole report, or the parts that are named; the summary by itself is a document of one page. */
export function reviewReport(given: ReportSubject, parts: readonly Part[] = PARTS): Document {
  if (parts.length === 1 && parts[0]?.name === 'summary') return executiveSummary(given);
  const subject = given.redact ? redactSubject(given) : given;
  const { context } = subject;
  const { name } = context.architecture.system;
  const document: Document = {
    title: `${name}: architecture review`,
    subtitle: 'Derived from the architecture file; nothing was measured by this review',
    date: context.today,
    language: 'en',
    subject: 'Review of a machine-learning system',
    sections: parts.map(({ section }) => section(subject)),
    footer: `${name} · mlarch ${subject.provenance.version}`,
  };
  return subject.redact ? redactDocument(document, subject) : document;
}
