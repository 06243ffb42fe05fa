import type { Catalogue, CatalogueEntry } from '../model/architecture.ts';
import { libraryJson } from './library.generated.ts';

let library: Catalogue | undefined;

/** The catalogue that ships with the product. */
export function bundledLibrary(): Catalogue {
  if (!library) {
    const sections = JSON.parse(libraryJson) as Record<string, Omit<CatalogueEntry, 'kind'>[]>;
    library = Object.fromEntries(
      Object.entries(sections).map(([kind, entries]) => [kind, new Map(entries.map((entry) => [entry.name, { kind, ...entry }]))]),
    ) as unknown as Catalogue;
  }
  return library;
}
