import type { Architecture, CatalogueEntry, Component } from '../model/architecture.ts';
import { value } from '../model/statements.ts';

export type TechnologyFacts = CatalogueEntry<'technology'>['properties'];

/** What the catalogue says of the technology that a component is built with. */
export function technologyOf(architecture: Architecture, component: Component): TechnologyFacts | undefined {
  const name = value(component, 'technology');
  return name === undefined ? undefined : architecture.catalogue.technology.get(name)?.properties;
}

/** Whether the main purpose of a technology is one of these. */
export const isOfCategory = (facts: TechnologyFacts | undefined, ...categories: readonly string[]): boolean =>
  facts?.category !== undefined && categories.includes(facts.category);

/** The name of a technology as people write it, else that of the catalogue entry. */
export function technologyTitle(architecture: Architecture, component: Component): string {
  return technologyOf(architecture, component)?.title ?? value(component, 'technology') ?? component.kind;
}
