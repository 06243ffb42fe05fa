import type { Architecture } from '../../model/architecture.ts';
import { value } from '../../model/statements.ts';
import type { TechnologyFacts } from '../technology.ts';
import type { Service } from './services.ts';

/** What serves a model, as the catalogue describes it. */
export interface Platform {
  /** Name of the catalogue entry. */
  readonly name: string;
  readonly title: string;
  readonly facts: TechnologyFacts;
  /** The property that names it. */
  readonly property: 'platform' | 'technology';
}

/** The platform of a service; undefined where none is named or the catalogue does not know it. */
export function platformOf(architecture: Architecture, service: Service): Platform | undefined {
  for (const property of ['platform', 'technology'] as const) {
    const name = value(service, property);
    const facts = name === undefined ? undefined : architecture.catalogue.technology.get(name)?.properties;
    if (name !== undefined && facts) return { name, title: facts.title ?? name, facts, property };
  }
  return undefined;
}

type Capability = NonNullable<TechnologyFacts['can']>[number];

/** The first self-run model server of the catalogue that can do all of this by itself. */
export function serverThatCan(architecture: Architecture, capabilities: readonly Capability[]): string | undefined {
  for (const [name, { properties }] of architecture.catalogue.technology) {
    if (properties.category === 'serving' && properties.managed !== true && capabilities.every((capability) => properties.can?.includes(capability))) return name;
  }
  return undefined;
}
