/** Writes src/model/vocabulary.generated.ts: what the programs need of the vocabulary at run time, without zod. */
import { writeGenerated } from './write-generated.ts';
import { propertyRegistry } from '../src/model/vocabulary/property.ts';
import { catalogueKinds, forms, kinds } from '../src/model/vocabulary/vocabulary.ts';
import type { Shape } from '../src/model/vocabulary/kind.ts';

function properties(shape: Shape): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(shape).map(([name, schema]) => {
      const meta = propertyRegistry.get(schema);
      if (!meta) throw new Error(`Property ${name} is not made by a builder of property.ts`);
      return [name, { value: meta.value, shorthand: meta.shorthand, bare: meta.bare, linked: meta.linked, edge: meta.edge }];
    }),
  );
}

const table = {
  kinds: Object.fromEntries(
    Object.entries(kinds).map(([name, kind]) => [
      name,
      { layer: kind.layer, variants: Object.keys(kind.variants ?? {}), subject: kind.subject, properties: properties(kind.properties) },
    ]),
  ),
  forms: Object.fromEntries(Object.entries(forms).map(([name, shape]) => [name, properties(shape)])),
  catalogue: Object.fromEntries(Object.entries(catalogueKinds).map(([name, kind]) => [name, properties(kind.properties)])),
};

writeGenerated(
  'src/model/vocabulary.generated.ts',
  `// Generated from src/model/vocabulary by npm run generate. Do not edit.
import type { VocabularyTable } from './vocabulary-table.ts';

export const vocabulary = JSON.parse(
  ${JSON.stringify(JSON.stringify(table))},
) as VocabularyTable;
`,
);

/** Each sentence once: many properties are the same for all kinds. */
const documents: object[] = [];
const places = new Map<string, number>();

function documented(shape: Shape): Record<string, number> {
  return Object.fromEntries(
    Object.entries(shape).map(([name, schema]) => {
      const meta = propertyRegistry.get(schema);
      const inner = 'unwrap' in schema || !('shape' in schema) ? {} : (schema.shape as Shape);
      const fields = meta?.value.type === 'record' ? Object.fromEntries(Object.entries(inner).flatMap(([field, optional]) => {
        const held = propertyRegistry.get('unwrap' in optional ? ((optional as { unwrap(): Shape[string] }).unwrap()) : optional);
        return held && (held.doc !== '' || held.members) ? [[field, { doc: held.doc, members: held.members }]] : [];
      })) : undefined;
      const document = { doc: meta?.doc, members: meta?.members, example: meta?.example, default: meta?.default, fields };
      const key = JSON.stringify(document);
      const place = places.get(key) ?? documents.push(document) - 1;
      places.set(key, place);
      return [name, place];
    }),
  );
}

const docs = {
  kinds: Object.fromEntries(Object.entries(kinds).map(([name, kind]) => [name, { doc: kind.doc, example: kind.example, variants: kind.variants ?? {}, properties: documented(kind.properties) }])),
  forms: Object.fromEntries(Object.entries(forms).map(([name, shape]) => [name, documented(shape)])),
  catalogue: Object.fromEntries(Object.entries(catalogueKinds).map(([name, kind]) => [name, { doc: kind.doc, example: kind.example, variants: {}, properties: documented(kind.properties) }])),
};

writeGenerated(
  'src/model/vocabulary-docs.generated.ts',
  `// Generated from src/model/vocabulary by npm run generate. Do not edit.
import type { VocabularyDocs } from './vocabulary-docs.ts';

export const vocabularyDocs = JSON.parse(
  ${JSON.stringify(JSON.stringify({ documents, ...docs }))},
) as VocabularyDocs;
`,
);
