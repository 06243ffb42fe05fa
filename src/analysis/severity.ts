import type { Architecture } from '../model/architecture.ts';
import { value } from '../model/statements.ts';
import { SECONDS_PER_MONTH } from '../model/units.ts';
import { SEVERITIES, type Severity } from './finding.ts';
import type { FindingDetails } from './rule.ts';

/** Where a system stands: what a fault in it costs. Undeclared stage or criticality counts as a production system of medium criticality. */
export interface Standing {
  readonly stage: 'prototype' | 'pilot' | 'production';
  /** 0 low, 1 medium, 2 high or revenue, 3 safety, regulated, or automated decisions on people. */
  readonly criticality: 0 | 1 | 2 | 3;
  /** The review is for scaling up or for diligence. */
  readonly scaling: boolean;
  /** Few predictions, and a person looks at each. */
  readonly supervised: boolean;
}

const CRITICALITY = { low: 0, medium: 1, high: 2, critical: 3 } as const;

export function standingOf({ system }: Architecture): Standing {
  const declared = CRITICALITY[value(system, 'criticality') ?? 'medium'];
  const affects = value(system, 'affects') ?? [];
  const onPeople = value(system, 'decisions') === 'automated' && (affects.includes('people') || affects.includes('safety'));
  const perDay = (value(system, 'volume')?.high ?? Number.POSITIVE_INFINITY) * (SECONDS_PER_MONTH / 30.4375);
  return {
    stage: value(system, 'stage') ?? 'production',
    criticality: onPeople || value(system, 'risk_class') === 'high' ? 3 : declared,
    scaling: ['scale', 'diligence'].includes(value(system, 'review')?.for ?? ''),
    supervised: perDay < 1000 && value(system, 'decisions') === 'human_reviewed',
  };
}

/** The severity that a finding has in its context. */
export function severityOf(base: Severity, details: FindingDetails & { readonly counts?: 'at every stage' }, standing: Standing, monitored: boolean): Severity {
  let level = SEVERITIES.indexOf(base);
  if (details.silent && !monitored && level >= 1) level += 1;
  if (details.mitigated) level -= 1;
  if (standing.supervised) level -= 1;
  // Findings of privacy and legal harm are not softened by an early stage.
  const { shift, cap } = (details.critical === 'harm' || details.counts) && standing.stage !== 'production' ? { shift: 0, cap: 3 } : stageShift(standing);
  level = Math.min(level + shift, cap, details.critical ? 3 : 2);
  return SEVERITIES[Math.max(0, level)] ?? 'low';
}

function stageShift({ stage, criticality, scaling }: Standing): { shift: number; cap: number } {
  if (stage === 'prototype') return { shift: 0, cap: criticality >= 2 ? 1 : 0 };
  if (stage === 'pilot') return { shift: 0, cap: criticality >= 2 ? 2 : 1 };
  if (scaling) return { shift: criticality >= 2 ? 1 : 0, cap: 3 };
  return { shift: [-1, 0, 0, 1][criticality] ?? 0, cap: 3 };
}
