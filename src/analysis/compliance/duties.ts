import type { Architecture, Component, ComponentDraft, Evidence } from '../../model/architecture.ts';
import { componentsOf, isKindAbsent, statementOf, value } from '../../model/statements.ts';
import { evidenceOf } from '../presence.ts';
import { freeName } from '../monitoring/drafts.ts';

export type Duty = NonNullable<ReturnType<typeof dutyNamed>>;
type Compliance = Component<'compliance'>;

const dutyNamed = (component: Compliance) => value(component, 'duty');

/** `absent` where the file says that there is nothing of the kind: `compliance none`, or a governance layer that is complete. */
export interface DutyState {
  readonly state: 'declared' | 'absent' | 'open';
  readonly components: readonly Compliance[];
}

export function dutyState(architecture: Architecture, duty: Duty): DutyState {
  const components = componentsOf(architecture, 'compliance').filter((component) => dutyNamed(component) === duty);
  if (components.length > 0) return { state: 'declared', components };
  return { state: isKindAbsent(architecture, 'compliance') ? 'absent' : 'open', components };
}

/** Whether a duty speaks of a component: it names it, or names nothing and so speaks of the system. */
export const speaksOf = (component: Compliance, name: string): boolean => value(component, 'covers')?.includes(name) ?? true;

/** The document that a duty points to and that is not there. */
export const lostDocument = (component: Compliance): Evidence | undefined => evidenceOf(statementOf(component, 'file'))?.find(({ status }) => status === 'missing');

const NAMES: Readonly<Partial<Record<Duty, string>>> = {
  impact_assessment: 'ImpactAssessment',
  risk_management: 'RiskManagement',
  post_market_monitoring: 'PostMarketPlan',
  instructions: 'InstructionsForUse',
  standards: 'AppliedStandards',
  conformity: 'ConformityDeclaration',
  applicability: 'StatementOfApplicability',
  agreement: 'ProcessingAgreement',
};

/** A draft of what meets a duty, for a remedy. */
export function dutyDraft(architecture: Architecture, duty: Duty, properties: ComponentDraft['properties'] = {}): ComponentDraft {
  const wanted = NAMES[duty] ?? duty.split('_').map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return { kind: 'compliance', name: freeName(architecture, wanted), properties: { duty, ...properties } };
}
