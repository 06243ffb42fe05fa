import type { Architecture } from '../../model/architecture.ts';
import { componentsOf, value } from '../../model/statements.ts';
import { standingOf } from '../severity.ts';

/** Rules under which a single decision of the past must be accounted for. */
const ACCOUNTABLE: ReadonlySet<string> = new Set(['sox', 'eu_ai_act', 'fcra', 'hipaa']);

/** The duty to say later which model decided, or undefined. */
export function dutyToAccount(architecture: Architecture): string | undefined {
  const { system } = architecture;
  if (value(system, 'risk_class') === 'high') return 'risk class high';
  const named = (value(system, 'compliance') ?? []).find((rule) => ACCOUNTABLE.has(rule));
  if (named) return named;
  return componentsOf(architecture, 'compliance').find((item) => ['audit', 'explanation'].includes(value(item, 'duty') ?? ''))?.name;
}

/** A system in production whose failure costs revenue, reputation or more. */
export function isVital(architecture: Architecture): boolean {
  const { stage, criticality } = standingOf(architecture);
  return stage === 'production' && criticality >= 2;
}
