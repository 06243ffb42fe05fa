import type { Architecture, Component } from '../../../model/architecture.ts';
import type { DataClass } from '../../../model/graph/data-classes.ts';
import { componentsOf, value } from '../../../model/statements.ts';

type Duty = Component<'compliance'>;

/** Duties of a kind that are for a component: those that name it, and those that name nothing and so are for the whole system. */
export const dutiesOn = (architecture: Architecture, duty: string, component: Component): Duty[] =>
  dutiesOf(architecture, duty).filter((item) => value(item, 'covers')?.includes(component.name) ?? true);

export const dutiesOf = (architecture: Architecture, duty: string): Duty[] => componentsOf(architecture, 'compliance').filter((item) => value(item, 'duty') === duty);

/** Classes that a duty is about; undefined where it does not say. */
export const classesOf = (duty: Duty): readonly DataClass[] | undefined => value(duty, 'contains');

/** How long something keeps what is in it by itself, in seconds; a store of feature values by the time to live of the features. */
export function expiryOf(architecture: Architecture, component: Component): number | undefined {
  if (component.kind !== 'store') return component.kind === 'dataset' ? value(component as Component<'dataset'>, 'retention')?.high : undefined;
  const own = value(component as Component<'store'>, 'retention') ?? value(component as Component<'store'>, 'ttl');
  if (own) return own.high;
  const groups = componentsOf(architecture, 'features').filter((group) => value(group, 'online') === component.name);
  const lives = groups.flatMap((group) => {
    const ttl = value(group, 'ttl');
    return ttl?.online?.high ?? ttl?.both?.high ?? [];
  });
  return groups.length > 0 && lives.length === groups.length ? Math.max(...lives) : undefined;
}

const ERASING: ReadonlySet<string> = new Set(['gdpr', 'ccpa']);

/** Why people may ask to be forgotten; undefined where nothing of the kind is declared. */
export function erasureDuty({ system }: Architecture, duties: readonly Duty[]): string | undefined {
  const rule = (value(system, 'compliance') ?? []).find((name) => ERASING.has(name));
  return rule ? rule.toUpperCase() : duties[0]?.name;
}
