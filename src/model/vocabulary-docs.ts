/** What the vocabulary says of itself, for those who show it to an author. `check` does not load it. */
export interface VocabularyDocs {
  /** Each text once; the properties of a kind are places in this list. */
  readonly documents: readonly PropertyDoc[];
  readonly kinds: Readonly<Record<string, KindDoc>>;
  readonly forms: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly catalogue: Readonly<Record<string, KindDoc>>;
}

export interface KindDoc {
  readonly doc: string;
  readonly example: string;
  readonly variants: Readonly<Record<string, string>>;
  readonly properties: Readonly<Record<string, number>>;
}

export interface PropertyDoc {
  readonly doc: string;
  /** What each word of a choice means. */
  readonly members?: Readonly<Record<string, string>>;
  readonly example?: string;
  /** What is assumed where the author says nothing. */
  readonly default?: string;
  readonly fields?: Readonly<Record<string, { readonly doc: string; readonly members?: Readonly<Record<string, string>> }>>;
}
