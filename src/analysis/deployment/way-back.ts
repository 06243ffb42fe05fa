import type { Component } from '../../model/architecture.ts';
import { presenceOf, value } from '../../model/statements.ts';
import type { Release } from './releases.ts';

type Bearer = Component<'service' | 'rollout'>;

/** How a service goes back to the version before, and who says so. */
export interface WayBack {
  /** The service or rollout that speaks of it; the service where nobody does. */
  readonly bearer: Bearer;
  readonly presence: ReturnType<typeof presenceOf>;
  readonly rollback?: NonNullable<ReturnType<typeof rollbackOf>>;
}

const rollbackOf = (bearer: Bearer) => value(bearer as Component<'rollout'>, 'rollback');

/** What is said of going back: a present way counts before an absent one, and an absent one before nothing. */
export function wayBackOf({ service, rollouts }: Release): WayBack {
  const bearers: readonly Bearer[] = [service, ...rollouts];
  const present = bearers.find((bearer) => rollbackOf(bearer)?.within) ?? bearers.find((bearer) => rollbackOf(bearer));
  if (present) return { bearer: present, presence: 'present', rollback: rollbackOf(present) };
  const spoken = bearers.find((bearer) => presenceOf(bearer, 'rollback') === 'absent') ?? bearers.find((bearer) => presenceOf(bearer, 'rollback') !== 'undeclared');
  return { bearer: spoken ?? service, presence: spoken ? presenceOf(spoken, 'rollback') : 'undeclared' };
}

/** Whether the version before is said to be at hand. */
export const keepsPrevious = ({ service }: Release): boolean => ['warm', 'retained'].includes(value(service, 'keeps_previous') ?? '');
