import { dossierOf, type ModelDossier } from '../../analysis/dossier/model-dossier.ts';
import type { Architecture, Component } from '../../model/architecture.ts';
import { componentsOf, value } from '../../model/statements.ts';
import { modelCardOf } from './card.ts';
import { some, type BomComponent } from './cyclonedx.ts';
import { licencesOf } from './licences.ts';
import { listOf, refOf } from './parts.ts';
import { kindProperty, propertiesOf } from './properties.ts';
import { referencesOf } from './references.ts';

/** Properties that have a field in the component or in its card. */
const FIELDS: ReadonlySet<string> = new Set(['technology', 'version', 'licence', 'tags', 'see', 'task', 'architecture', 'input_types', 'purpose', 'use_case', 'not_for', 'limits', 'harms', 'base']);

/** The longest version that CycloneDX takes. */
const LONGEST_VERSION = 1024;

/** Models as machine-learning models with their card; rules did not learn, so they are a program. */
export function modelParts(architecture: Architecture): BomComponent[] {
  return componentsOf(architecture, 'model').map((model): BomComponent => {
    const dossier = dossierOf(architecture, model);
    const learned = model.variant !== 'rules';
    return {
      type: learned ? 'machine-learning-model' : 'application',
      'bom-ref': refOf(model),
      ...supplierOf(architecture, model),
      name: model.name,
      ...versionOf(value(model, 'version')),
      description: model.doc,
      hashes: hashesOf(value(model, 'digest')),
      licenses: licencesOf(value(model, 'licence')),
      ...(dossier.bases.length > 0 && { pedigree: { ancestors: dossier.bases.map((base): BomComponent => ({ type: 'machine-learning-model', ...supplierOf(architecture, base), name: base.name, ...versionOf(value(base, 'version')) })) } }),
      externalReferences: some(referencesOf(model)),
      ...(learned && { modelCard: modelCardOf(architecture, dossier) }),
      properties: [kindProperty(model), ...propertiesOf(model, learned ? FIELDS : RULES_FIELDS), ...trainingProperties(dossier)],
      tags: some(listOf(model, 'tags')),
    };
  });
}

/** What stands in the card of a learned model stands among the properties of rules, which have none. */
const RULES_FIELDS: ReadonlySet<string> = new Set(['technology', 'version', 'licence', 'tags', 'see']);

/** A version that is too long for its field is none. */
export const versionOf = (version: string | undefined): { version?: string } => (version === undefined || [...version].length > LONGEST_VERSION ? {} : { version });

function supplierOf(architecture: Architecture, model: Component<'model'>): Pick<BomComponent, 'supplier'> {
  const provider = architecture.catalogue.llm.get(value(model, 'llm') ?? '')?.properties.provider;
  return provider === undefined ? {} : { supplier: { name: provider } };
}

const LENGTHS = { 'SHA-256': 64, 'SHA-384': 96, 'SHA-512': 128 } as const;

/** `sha256:9f2c…` in full; anything else is no hash that a program could compare, and stays a property. */
function hashesOf(digest: string | undefined): BomComponent['hashes'] {
  const [, bits, content = ''] = /^sha-?(256|384|512):([0-9a-f]+)$/i.exec(digest?.trim() ?? '') ?? [];
  const alg = (['SHA-256', 'SHA-384', 'SHA-512'] as const).find((name) => name === `SHA-${bits}` && LENGTHS[name] === content.length);
  return alg === undefined ? undefined : [{ alg, content: content.toLowerCase() }];
}

/** How a model was made: `mlarch:training:TrainFraud:pins`. */
const trainingProperties = ({ trainings }: ModelDossier): BomComponent['properties'] & object => trainings.flatMap((training) => propertiesOf(training, new Set(), `mlarch:training:${training.name}`));
