import type { Architecture, CatalogueEntry } from '../../model/architecture.ts';
import type { BomComponent, Property } from './cyclonedx.ts';
import { licencesOf } from './licences.ts';
import { technologiesOf, technologyRef } from './parts.ts';

type Facts = CatalogueEntry<'technology'>['properties'];

/** What is called from a program, and what runs programs; what is none of these runs by itself. */
const TYPES: Readonly<Record<string, BomComponent['type']>> = { data_quality: 'library', web_framework: 'framework', training: 'framework', data_processing: 'framework', llm_tooling: 'framework' };

/** Technologies that components are built with, each once, in the order of their first use. */
export function technologyParts(architecture: Architecture): BomComponent[] {
  const names = new Set([...architecture.components.values()].flatMap(technologiesOf));
  return [...names].map((name): BomComponent => {
    const facts = architecture.catalogue.technology.get(name)?.properties;
    return {
      type: facts?.category === undefined ? 'library' : (TYPES[facts.category] ?? 'platform'),
      'bom-ref': technologyRef(name),
      name: facts?.title ?? name,
      licenses: licencesOf(facts?.licence),
      properties: propertiesOf(name, facts),
    };
  });
}

const propertiesOf = (name: string, facts: Facts | undefined): Property[] => [
  { name: 'mlarch:technology', value: name },
  ...(facts?.category === undefined ? [] : [{ name: 'mlarch:category', value: facts.category }]),
  ...(facts?.managed === true ? [{ name: 'mlarch:managed', value: 'yes' }] : []),
];
