import type { Component } from '../../model/architecture.ts';
import { statementOf, value } from '../../model/statements.ts';

/** Whether values of a feature group are computed ahead and looked up, as opposed to code that runs within its reader. */
export function isLookedUp(group: Component<'features'>): boolean {
  if (group.variant === 'on_demand' || group.variant === 'encoder' || value(group, 'passthrough') === true) return false;
  return group.variant === 'view' || (['online', 'ttl', 'materialised'] as const).some((property) => statementOf(group, property)?.state === 'present');
}
