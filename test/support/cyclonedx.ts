import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

const folder = path.join(import.meta.dirname, '../../node_modules/@cyclonedx/cyclonedx-library/res/schema');
const read = (file: string): object => JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as object;

/** Identifiers of licences that SPDX knows. */
export const spdxIdentifiers = (): readonly string[] => (read('spdx.SNAPSHOT.schema.json') as { readonly enum: readonly string[] }).enum;

/** The official JSON Schema of CycloneDX 1.6. URI references are the stricter form of its IRI references. */
export function cyclonedxValidator(): ValidateFunction {
  const ajv = new Ajv.default({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addFormat('iri-reference', ajv.formats['uri-reference'] ?? true);
  ajv.addFormat('idn-email', true);
  ajv.addSchema(read('spdx.SNAPSHOT.schema.json'), 'http://cyclonedx.org/schema/spdx.SNAPSHOT.schema.json');
  ajv.addSchema(read('jsf-0.82.SNAPSHOT.schema.json'), 'http://cyclonedx.org/schema/jsf-0.82.SNAPSHOT.schema.json');
  return ajv.compile(read('bom-1.6.SNAPSHOT.schema.json'));
}
