import type { Stated } from '../../model/architecture.ts';
import type { Quantity } from '../../model/quantity.ts';

/** Two statements of one declaration that cannot both hold, shown at the one that is likelier to be wrong. */
export interface Contradiction {
  readonly property: string;
  /** The part of a record that is likelier to be wrong. */
  readonly field?: string;
  readonly message: string;
}

const PERCENTILES = ['p50', 'p95', 'p99'] as const;

/** What cannot be whatever the system is: percentiles out of order, a mean above its peak, fewer replicas at most than at least. */
export function contradictionsIn(statements: Readonly<Record<string, Stated>>): Contradiction[] {
  return [...Object.keys(statements).flatMap((property) => percentilesIn(property, valueOf(statements, property))), ...means(statements), ...replicas(statements)];
}

const valueOf = (statements: Readonly<Record<string, Stated>>, property: string): unknown => {
  const stated = Object.hasOwn(statements, property) ? statements[property] : undefined;
  return stated?.state === 'present' ? stated.value : undefined;
};

const isQuantity = (value: unknown): value is Quantity => typeof value === 'object' && value !== null && 'low' in value && 'high' in value;

function percentilesIn(property: string, value: unknown): Contradiction[] {
  if (typeof value !== 'object' || value === null || isQuantity(value)) return [];
  const held = PERCENTILES.flatMap((name) => {
    const quantity = (value as Readonly<Record<string, unknown>>)[name];
    return isQuantity(quantity) ? [{ name, quantity }] : [];
  });
  const wrong = held.flatMap((later, index) => held.slice(0, index).flatMap((earlier) => (earlier.quantity.low > later.quantity.high ? [{ earlier, later }] : [])));
  const [first] = wrong;
  return first ? [{ property, field: first.later.name, message: `${first.earlier.name} cannot be more than ${first.later.name}: a share of the requests that is larger takes at least as long. Are they mixed up?` }] : [];
}

function means(statements: Readonly<Record<string, Stated>>): Contradiction[] {
  const peak = valueOf(statements, 'peak');
  return (['average', 'volume'] as const).flatMap((property) => {
    const mean = valueOf(statements, property);
    return isQuantity(mean) && isQuantity(peak) && mean.low > peak.high ? [{ property, message: `The mean rate (${property}) cannot be above the peak. Are they mixed up, or is a unit wrong?` }] : [];
  });
}

function replicas(statements: Readonly<Record<string, Stated>>): Contradiction[] {
  const [least, scaling] = [valueOf(statements, 'replicas'), valueOf(statements, 'autoscale')];
  const most = (scaling as { readonly max?: unknown } | undefined)?.max;
  if (!isQuantity(least) || !isQuantity(most) || least.low <= most.high) return [];
  return [{ property: 'autoscale', field: 'max', message: `At most ${most.high} replicas are fewer than the ${least.low} that \`replicas\` states.` }];
}
