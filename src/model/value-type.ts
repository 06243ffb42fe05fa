import type { DimensionName } from './units.ts';

/** How a value is written and what the model holds for it. Plain data, so that it can be generated and printed. */
export type ValueType =
  | { readonly type: 'quantity'; readonly dimension: DimensionName; readonly min?: number; readonly max?: number; readonly integer?: boolean }
  | { readonly type: 'quantities'; readonly dimension: DimensionName }
  | { readonly type: 'text' | 'texts' | 'flag' | 'date' | 'time' | 'names' }
  | { readonly type: 'choice' | 'choices'; readonly members: readonly string[] }
  /** Keys of the block that it stands in. */
  | { readonly type: 'keys'; readonly members: readonly string[] }
  | { readonly type: 'reference'; readonly kinds: readonly string[]; readonly members?: readonly string[] }
  | { readonly type: 'references'; readonly kinds: readonly string[] }
  | { readonly type: 'catalogue'; readonly section: 'technology' | 'accelerator' | 'instance' | 'llm' }
  | { readonly type: 'record'; readonly positional?: string; readonly fields: Readonly<Record<string, FieldType>> };

export interface FieldType {
  readonly value: ValueType;
}
