import type { CatalogueEntry, Stated } from '../../model/architecture.ts';
import { vocabulary } from '../../model/vocabulary.generated.ts';
import type { CatalogueEntry as Node } from '../generated/ast.ts';
import { spanOf } from '../source-file.ts';
import { documentationOf } from './documentation.ts';
import { lowerProperties } from './properties.ts';
import type { Lowering } from './reporter.ts';

export function lowerCatalogueEntry(lowering: Lowering, node: Node): CatalogueEntry {
  const table = vocabulary.catalogue[node.kind] ?? {};
  const statements = lowerProperties(lowering, node.properties, table, `a ${node.kind}`);
  const present = Object.entries(statements).filter((entry): entry is [string, Extract<Stated, { state: 'present' }>] => entry[1].state === 'present');
  return {
    kind: node.kind,
    name: node.name,
    doc: documentationOf(node),
    span: spanOf(lowering.file, node),
    properties: Object.fromEntries(present.map(([key, stated]) => [key, stated.value])),
  } as CatalogueEntry;
}
