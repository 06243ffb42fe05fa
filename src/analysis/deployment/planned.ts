import type { Element } from '../../model/architecture.ts';
import { statementOf } from '../../model/statements.ts';
import { weak, type FindingDetails, type Outcome } from '../rule.ts';

/** A weakness until the day by which the author plans to have it; undefined where nothing is planned. */
export function plannedInstead(subject: Element, property: string, missing: FindingDetails): Outcome | undefined {
  const stated = statementOf(subject, property);
  if (stated?.state !== 'planned') return undefined;
  return weak(subject, { ...missing, at: property, critical: undefined, message: `${missing.message} It is planned by ${stated.by}.` });
}
