/** Writes schemas/*.schema.json: the published JSON Schemas of the outputs and of the configuration. */
import { jsonSchemaOf, SCHEMA_NAMES } from '../src/report/schemas.ts';
import { writeGenerated } from './write-generated.ts';

for (const name of SCHEMA_NAMES) writeGenerated(`schemas/${name}.schema.json`, `${JSON.stringify(jsonSchemaOf(name), undefined, 2)}\n`);
