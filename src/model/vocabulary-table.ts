import type { ValueType } from './value-type.ts';

/** The vocabulary as the programs read it: plain data, generated from the zod schemas. */
export interface VocabularyTable {
  readonly kinds: Readonly<Record<string, KindEntry>>;
  readonly forms: Readonly<Record<'system' | 'flow' | 'acceptance' | 'decision' | 'target', PropertyTable>>;
  readonly catalogue: Readonly<Record<string, PropertyTable>>;
}

export interface KindEntry {
  readonly layer: string;
  readonly variants: readonly string[];
  /** Kinds that may follow `for`; undefined where the form takes none. */
  readonly subject?: readonly string[];
  readonly properties: PropertyTable;
}

export type PropertyTable = Readonly<Record<string, PropertyEntry>>;

export interface PropertyEntry {
  readonly value: ValueType;
  readonly shorthand?: boolean;
  readonly bare?: boolean;
  readonly linked?: boolean;
  /** A list that may be stated several times; the lists are joined. */
  readonly repeatable?: boolean;
  readonly edge?: { readonly direction: 'in' | 'out'; readonly payload: string };
}
