import type { Catalogue, CatalogueEntry } from '../model/architecture.ts';
import { libraryLines } from './library.generated.ts';

let library: Catalogue | undefined;

/** The catalogue that ships with the product. */
export function bundledLibrary(): Catalogue {
  library ??= readLibrary();
  return library;
}

function readLibrary(): Catalogue {
  const sections: Record<string, LazyEntries> = {};
  for (const kind of ['technology', 'accelerator', 'instance', 'llm'] as const) sections[kind] = new LazyEntries(kind);
  for (const line of libraryLines.split('\n')) {
    const [kind = '', name = ''] = line.split('\t', 2);
    sections[kind]?.add(name, line.slice(kind.length + name.length + 2));
  }
  return sections as unknown as Catalogue;
}

/** A map that parses an entry when it is first looked at: a review looks at a few of hundreds. */
class LazyEntries extends Map<string, CatalogueEntry> {
  readonly #kind: CatalogueEntry['kind'];
  readonly #unread = new Map<string, string>();

  constructor(kind: CatalogueEntry['kind']) {
    super();
    this.#kind = kind;
  }

  add(name: string, json: string): void {
    this.#unread.set(name, json);
    super.set(name, undefined as unknown as CatalogueEntry);
  }

  override get(name: string): CatalogueEntry | undefined {
    const json = this.#unread.get(name);
    if (json !== undefined) {
      super.set(name, { kind: this.#kind, name, ...(JSON.parse(json) as Omit<CatalogueEntry, 'kind' | 'name'>) });
      this.#unread.delete(name);
    }
    return super.get(name);
  }

  override *entries(): MapIterator<[string, CatalogueEntry]> {
    for (const name of super.keys()) yield [name, this.get(name) as CatalogueEntry];
  }

  override *values(): MapIterator<CatalogueEntry> {
    for (const [, entry] of this.entries()) yield entry;
  }

  override [Symbol.iterator](): MapIterator<[string, CatalogueEntry]> {
    return this.entries();
  }

  override forEach(visit: (entry: CatalogueEntry, name: string, map: Map<string, CatalogueEntry>) => void): void {
    for (const [name, entry] of this.entries()) visit(entry, name, this);
  }
}
