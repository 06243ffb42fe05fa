import type { Architecture } from '../../model/architecture.ts';
import { value } from '../../model/statements.ts';
import { PROJECT_URL } from '../links.ts';
import type { Bom, BomComponent } from './cyclonedx.ts';
import { some } from './cyclonedx.ts';
import { dataParts } from './data-components.ts';
import { dependenciesOf } from './dependencies.ts';
import { modelParts, versionOf } from './models.ts';
import { propertiesOf } from './properties.ts';
import { referencesOf } from './references.ts';
import { serviceParts } from './services.ts';
import { technologyParts } from './technologies.ts';

export interface BomOptions {
  readonly tool: { readonly name: string; readonly version: string };
  /** As in 2026-11-21; without it the document holds no time and is the same on any day. */
  readonly date?: string;
  /** A UUID that follows from a text alone, lower case. */
  readonly uuidOf: (text: string) => string;
}

/** A serial number while the text that the real one follows from is written. */
const NO_SERIAL = '00000000-0000-0000-0000-000000000000';

/**
 * What a system is made of as a CycloneDX 1.6 document: models with their cards, data, technologies, services, and who needs what. It lists what the file
 * declares and no more; the packages within an image or a library are not known here, so the list says of itself that it is incomplete.
 */
export function bomOf(architecture: Architecture, options: BomOptions): Bom {
  const uuid = options.uuidOf(`${PROJECT_URL}#bom ${JSON.stringify(build(architecture, options, NO_SERIAL))}`);
  return build(architecture, options, uuid);
}

function build(architecture: Architecture, { tool, date }: BomOptions, uuid: string): Bom {
  const root = `system:${architecture.system.name}`;
  const linkOf = (ref: string): string => `urn:cdx:${uuid}/1#${encodeURIComponent(ref)}`;
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${uuid}`,
    version: 1,
    metadata: {
      ...(date !== undefined && { timestamp: `${date}T00:00:00Z` }),
      lifecycles: [{ phase: 'design' }],
      tools: { components: [{ type: 'application', name: tool.name, version: tool.version }] },
      component: systemPart(architecture, root),
    },
    components: [...modelParts(architecture), ...dataParts(architecture), ...technologyParts(architecture)],
    services: serviceParts(architecture, linkOf),
    dependencies: dependenciesOf(architecture, root),
    compositions: [{ aggregate: 'incomplete', assemblies: [root] }],
  };
}

const FIELDS: ReadonlySet<string> = new Set(['version', 'provider']);

function systemPart({ system }: Architecture, root: string): BomComponent {
  const provider = value(system, 'provider');
  return {
    type: 'application',
    'bom-ref': root,
    ...(provider !== undefined && { manufacturer: { name: provider } }),
    name: system.name,
    ...versionOf(value(system, 'version')),
    description: system.doc,
    externalReferences: some(referencesOf(system)),
    properties: some(propertiesOf(system, FIELDS)),
  };
}
