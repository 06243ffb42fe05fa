import type { Architecture, Component, Kind } from '../../model/architecture.ts';
import { componentsOf, statementOf } from '../../model/statements.ts';

/** Kinds that hold or are data. */
export const DATA = ['source', 'store', 'dataset', 'labels', 'features', 'knowledge', 'prompt', 'artefact'] as const satisfies readonly Kind[];

/** Kinds that run and answer, or are asked. */
export const SERVICES = ['service', 'gateway', 'cache', 'ingestion', 'registry', 'tracker', 'orchestrator', 'agent', 'tool', 'guardrail'] as const satisfies readonly Kind[];

/** Kinds that a bill of materials lists; processes, people and rules are no materials. */
const LISTED: ReadonlySet<string> = new Set<Kind>(['model', ...DATA, ...SERVICES]);

export const isListed = ({ kind }: Component): boolean => LISTED.has(kind);

/** How a component is referred to within a bill of materials. */
export const refOf = ({ kind, name }: Pick<Component, 'kind' | 'name'>): string => `${kind}:${name}`;

/** How a technology is referred to. */
export const technologyRef = (name: string): string => `technology:${name}`;

/** Entries of the catalogue that a component is built with or served by. */
export function technologiesOf(component: Component): string[] {
  return ['technology', 'platform'].flatMap((property) => {
    const stated = statementOf(component, property);
    return stated?.state === 'present' && typeof stated.value === 'string' ? [stated.value] : [];
  });
}

export const dataComponents = (architecture: Architecture): Component[] => componentsOf(architecture, ...DATA);
export const serviceComponents = (architecture: Architecture): Component[] => componentsOf(architecture, ...SERVICES);

/** The text of a property, where it has one. */
export function textOf(component: Component, property: string): string | undefined {
  const stated = statementOf(component, property);
  return stated?.state === 'present' && typeof stated.value === 'string' ? stated.value : undefined;
}

/** The list of a property, where it has one. */
export function listOf(component: Component, property: string): readonly string[] {
  const stated = statementOf(component, property);
  return stated?.state === 'present' && Array.isArray(stated.value) ? (stated.value as readonly string[]) : [];
}
