import type { Architecture, Component } from '../../model/architecture.ts';
import { presenceOf, value } from '../../model/statements.ts';
import { servesVendorOnly } from '../serving/services.ts';
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
export function wayBackOf(architecture: Architecture, release: Release): WayBack {
  const { service, rollouts } = release;
  // What a vendor runs goes back by what the application sends; own models behind it have a way of their own.
  const bearers: readonly Bearer[] = [service, ...rollouts, ...(servesVendorOnly(architecture, service) ? frontsOf(architecture, release) : [])];
  const present = bearers.find((bearer) => rollbackOf(bearer)?.within) ?? bearers.find((bearer) => rollbackOf(bearer));
  if (present) return { bearer: present, presence: 'present', rollback: rollbackOf(present) };
  const spoken = bearers.find((bearer) => presenceOf(bearer, 'rollback') === 'absent') ?? bearers.find((bearer) => presenceOf(bearer, 'rollback') !== 'undeclared');
  return { bearer: spoken ?? service, presence: spoken ? presenceOf(spoken, 'rollback') : 'undeclared' };
}

/** Applications in front of a service, through which its answers reach people: prompts and settings go back there. */
export function frontsOf(architecture: Architecture, { service, observed }: Release): Component<'service'>[] {
  const named = [...observed.names].flatMap((name) => architecture.components.get(name) ?? []);
  return named.filter((component): component is Component<'service'> => component.kind === 'service' && component.variant === 'app' && component.name !== service.name);
}

/** Whether the version before is said to be at hand. */
export const keepsPrevious = ({ service }: Release): boolean => ['warm', 'retained'].includes(value(service, 'keeps_previous') ?? '');
