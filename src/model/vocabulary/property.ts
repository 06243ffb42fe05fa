import { z } from 'zod';
import type { DimensionName } from '../units.ts';
import type { ValueType } from '../value-type.ts';

/**
 * Builders for the properties of the vocabulary. Each returns a zod schema of the value as the model holds it, and
 * registers with it how the value is written and what it means.
 */

export interface PropertyMeta {
  readonly doc: string;
  readonly value: ValueType;
  /** What each word of a choice means. */
  readonly members?: Readonly<Record<string, string>>;
  readonly example?: string;
  /** What is assumed where the author says nothing. Assumptions are printed with the figures they feed. */
  readonly default?: string;
  /** The members may stand alone, without the key: `{ sync }` for `{ mode sync }`. */
  readonly shorthand?: boolean;
  /** The key of a record may stand alone, for one with nothing in it: `{ lookup }`. */
  readonly bare?: boolean;
  /** The text is the path of a file or a URL; whether it exists is looked up as for evidence. */
  readonly linked?: boolean;
  /** A reference that also is an edge of the graph. */
  readonly edge?: ImpliedEdge;
}

/** `in`: from what is named to the component that names it. `out`: the other way round. */
export interface ImpliedEdge {
  readonly direction: 'in' | 'out';
  readonly payload: string;
}

export const propertyRegistry = z.registry<PropertyMeta>();

type Extra = Omit<PropertyMeta, 'doc' | 'value'>;

function define<S extends z.ZodType>(schema: S, doc: string, value: ValueType, extra: Extra = {}): S {
  propertyRegistry.add(schema, { doc, value, ...extra });
  return schema;
}

export const quantitySchema = z.object({ low: z.number(), high: z.number(), unit: z.string() });

interface Bounds {
  readonly min?: number;
  readonly max?: number;
  readonly integer?: boolean;
}

export function quantity(dimension: DimensionName, doc: string, extra: Extra & Bounds = {}): z.ZodObject<typeof quantitySchema.shape> {
  const { min, max, integer, ...rest } = extra;
  return define(z.object(quantitySchema.shape), doc, { type: 'quantity', dimension, min: min === Number.NEGATIVE_INFINITY ? undefined : (min ?? 0), max, integer }, rest);
}

export const duration = (doc: string, extra?: Extra & Bounds) => quantity('duration', doc, extra);
export const rate = (doc: string, extra?: Extra & Bounds) => quantity('rate', doc, extra);
export const size = (doc: string, extra?: Extra & Bounds) => quantity('size', doc, extra);
export const ratio = (doc: string, extra?: Extra & Bounds) => quantity('ratio', doc, { max: 1, ...extra });
export const count = (doc: string, extra?: Extra & Bounds) => quantity('count', doc, { integer: true, ...extra });
export const spend = (doc: string, extra?: Extra & Bounds) => quantity('spend', doc, extra);
/** A bare number or a share: a threshold of a statistic may be either. */
export const number = (doc: string, extra?: Extra & Bounds) => quantity('number', doc, { min: Number.NEGATIVE_INFINITY, ...extra });

export const quantities = (dimension: DimensionName, doc: string, extra?: Extra) =>
  define(z.array(quantitySchema), doc, { type: 'quantities', dimension }, extra);

export const text = (doc: string, extra?: Extra) => define(z.string(), doc, { type: 'text' }, extra);
export const texts = (doc: string, extra?: Extra) => define(z.array(z.string()), doc, { type: 'texts' }, extra);
export const flag = (doc: string, extra?: Extra) => define(z.boolean(), doc, { type: 'flag' }, extra);
export const date = (doc: string, extra?: Extra) => define(z.iso.date(), doc, { type: 'date' }, extra);
/** A time of day, written as "02:30". */
export const time = (doc: string, extra?: Extra) => define(z.string(), doc, { type: 'time' }, extra);
/** Words of the author's own, such as feature or segment names. */
export const names = (doc: string, extra?: Extra) => define(z.array(z.string()), doc, { type: 'names' }, extra);

type Members = Readonly<Record<string, string>>;

export function choice<M extends Members>(doc: string, members: M, extra?: Extra): z.ZodEnum<{ [K in keyof M & string]: K }> {
  const schema = z.enum(Object.keys(members) as [string]) as unknown as z.ZodEnum<{ [K in keyof M & string]: K }>;
  return define(schema, doc, { type: 'choice', members: Object.keys(members) }, { ...extra, members });
}

export function choices<M extends Members>(doc: string, members: M, extra?: Extra): z.ZodArray<z.ZodEnum<{ [K in keyof M & string]: K }>> {
  const member = z.enum(Object.keys(members) as [string]) as unknown as z.ZodEnum<{ [K in keyof M & string]: K }>;
  return define(z.array(member), doc, { type: 'choices', members: Object.keys(members) }, { ...extra, members });
}

/** The id of one component of the given kinds; an empty list admits every kind. */
export const reference = (kinds: readonly string[], doc: string, extra?: Extra) =>
  define(z.string(), doc, { type: 'reference', kinds }, extra);

export const references = (kinds: readonly string[], doc: string, extra?: Extra) =>
  define(z.array(z.string()), doc, { type: 'references', kinds }, extra);

/** A component of the given kinds, or one of a few words. The model holds ids and words alike; `isElementId` tells. */
export function referenceOr<M extends Members>(kinds: readonly string[], members: M, doc: string, extra?: Extra) {
  return define(z.string(), doc, { type: 'reference', kinds, members: Object.keys(members) }, { ...extra, members });
}

export type CatalogueSection = 'technology' | 'accelerator' | 'instance' | 'llm';

export const catalogue = (section: CatalogueSection, doc: string, extra?: Extra) =>
  define(z.string(), doc, { type: 'catalogue', section }, extra);

/**
 * Words and values in sequence: `dynamic max 16 wait 4 ms`. The field named by `positional` stands first without its
 * name; every field may be left out.
 */
export function record<F extends Record<string, z.ZodType>>(doc: string, fields: F, extra?: Extra & { positional?: keyof F & string }) {
  const { positional, ...rest } = extra ?? {};
  const types = Object.fromEntries(
    Object.entries(fields).map(([name, schema]) => {
      const meta = propertyRegistry.get(schema);
      if (!meta) throw new Error(`Field ${name} is not made by a builder of property.ts`);
      return [name, { value: meta.value }];
    }),
  );
  return define(z.object(fields).partial(), doc, { type: 'record', positional, fields: types }, rest);
}
