import type { Architecture, Component } from '../../model/architecture.ts';
import { some, type BomComponent, type ComponentData } from './cyclonedx.ts';
import { licencesOf } from './licences.ts';
import { dataComponents, listOf, refOf, textOf } from './parts.ts';
import { kindProperty, propertiesOf, reachedProperty } from './properties.ts';
import { referencesOf } from './references.ts';

const FIELDS: ReadonlySet<string> = new Set(['technology', 'owner', 'contains', 'licence', 'tags', 'see']);

const TYPES: Readonly<Record<string, ComponentData['type']>> = { features: 'definition', prompt: 'configuration', artefact: 'configuration' };

/** Classes that say that nothing is sensitive. */
const HARMLESS: ReadonlySet<string> = new Set(['public', 'none']);

/** Sources, stores, data sets, labels, features, knowledge, prompts and generated configuration as components of type `data`. */
export function dataParts(architecture: Architecture): BomComponent[] {
  return dataComponents(architecture).map((component): BomComponent => ({
    type: 'data',
    'bom-ref': refOf(component),
    name: component.name,
    description: component.doc,
    licenses: licencesOf(textOf(component, 'licence')),
    externalReferences: some(referencesOf(component)),
    data: [dataOf(component)],
    properties: [kindProperty(component), ...propertiesOf(component, FIELDS), ...reachedProperty(architecture, component)],
    tags: some(listOf(component, 'tags')),
  }));
}

function dataOf(component: Component): ComponentData {
  const classes = listOf(component, 'contains');
  const owner = textOf(component, 'owner');
  return {
    type: TYPES[component.kind] ?? 'dataset',
    name: component.name,
    ...(classes.length > 0 && { classification: classes.join(', ') }),
    sensitiveData: some(classes.filter((name) => !HARMLESS.has(name))),
    ...(owner !== undefined && { governance: { owners: [{ organization: { name: owner } }] } }),
  };
}
