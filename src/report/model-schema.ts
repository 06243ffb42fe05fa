import { z } from 'zod';
import { propertyRegistry, quantitySchema } from '../model/vocabulary/property.ts';
import type { KindDefinition, Shape } from '../model/vocabulary/kind.ts';
import { common } from '../model/vocabulary/common.ts';
import { forms, kinds } from '../model/vocabulary/vocabulary.ts';

/** Schema of the exported model, made from the vocabulary: a property that is added there is part of it. */

const quantity = z.object(quantitySchema.shape).meta({ id: 'quantity', description: 'A number or a range in a canonical unit: seconds, bytes, per second, money with its currency.' });
const evidence = z
  .array(z.object({ target: z.string(), status: z.enum(['found', 'missing', 'unchecked']) }))
  .meta({ id: 'evidence', description: 'Paths relative to the file, or URLs, that prove it.' });

const withoutValue = z
  .discriminatedUnion('state', [
    z.object({ state: z.literal('none'), evidence: evidence.optional() }),
    z.object({ state: z.literal('unknown') }),
    z.object({ state: z.literal('not-applicable'), because: z.string() }),
    z.object({ state: z.literal('planned'), by: z.string() }),
  ])
  .meta({ id: 'withoutValue', description: 'none: it does not exist. unknown: the author does not know. not-applicable and planned say why and until when.' });

const statedAs = (value: z.ZodType) => z.union([z.object({ state: z.literal('present'), value, evidence: evidence.optional() }), withoutValue]);

/** Types of value that need no more said than what the type is. */
const PLAIN: Readonly<Record<string, z.ZodType>> = {
  quantity: statedAs(quantity).meta({ id: 'stated_quantity' }),
  quantities: statedAs(z.array(quantity)).meta({ id: 'stated_quantities' }),
  text: statedAs(z.string()).meta({ id: 'stated_text' }),
  texts: statedAs(z.array(z.string())).meta({ id: 'stated_texts' }),
  names: statedAs(z.array(z.string())).meta({ id: 'stated_names' }),
  flag: statedAs(z.boolean()).meta({ id: 'stated_flag' }),
  date: statedAs(z.iso.date()).meta({ id: 'stated_date' }),
  time: statedAs(z.string()).meta({ id: 'stated_time' }),
  reference: statedAs(z.string()).meta({ id: 'stated_reference' }),
  references: statedAs(z.array(z.string())).meta({ id: 'stated_references' }),
  catalogue: statedAs(z.string()).meta({ id: 'stated_catalogue_entry' }),
};

/** Properties that every component takes are written once, as definitions. */
const SHARED: ReadonlyMap<z.ZodType, string> = new Map(Object.entries(common).map(([name, schema]) => [schema, `common_${name}`]));
const statements = new WeakMap<z.ZodType, z.ZodType>();

function stated(schema: z.ZodType): z.ZodType {
  const known = statements.get(schema);
  if (known) return known;
  const meta = propertyRegistry.get(schema);
  const id = SHARED.get(schema);
  const made = (PLAIN[meta?.value.type ?? ''] ?? statedAs(schema)).meta({ ...(meta?.doc ? { description: meta.doc } : {}), ...(id === undefined ? {} : { id }) });
  statements.set(schema, made);
  return made;
}

const properties = (shape: Shape) => z.object(Object.fromEntries(Object.entries(shape).map(([name, schema]) => [name, stated(schema).optional()])));

const component = ([name, { doc, variants, subject, properties: shape }]: [string, KindDefinition]) =>
  z
    .object({
      kind: z.literal(name),
      name: z.string(),
      ...(variants ? { variant: z.enum(Object.keys(variants) as [string]).optional() } : {}),
      ...(subject ? { subject: z.string().optional().meta({ description: `A component of the kind ${subject.join(' or ')}.` }) } : {}),
      doc: z.string().optional(),
      properties: properties(shape),
    })
    .meta({ id: name, description: doc });

const components = Object.entries(kinds as Readonly<Record<string, KindDefinition>>).map(component);

const literal = z.unknown().meta({ description: 'A value as the property takes it, or { state: … } where there is none.' });
const drafts = z.record(z.string(), literal);
const kind = z.enum(Object.keys(kinds) as [string]);
const draft = { kind, name: z.string(), variant: z.string().optional(), subject: z.string().optional(), properties: drafts };
const change = z
  .discriminatedUnion('op', [
    z.object({ op: z.literal('add-component'), component: z.object(draft) }),
    z.object({ op: z.literal('remove-component'), name: z.string() }),
    z.object({ op: z.literal('set'), subject: z.string(), property: z.string(), value: literal }),
    z.object({ op: z.literal('unset'), subject: z.string(), property: z.string() }),
    z.object({ op: z.literal('set-variant'), subject: z.string(), variant: z.string() }),
    z.object({ op: z.literal('add-flow'), flow: z.object({ from: z.string(), to: z.string(), properties: drafts.optional() }) }),
    z.object({ op: z.literal('remove-flow'), from: z.string(), to: z.string() }),
    z.object({ op: z.literal('set-flow'), from: z.string(), to: z.string(), property: z.string(), value: literal }),
  ])
  .meta({ id: 'change', description: 'A typed change of the model.' });

const doc = z.string().optional();

export const modelSchema = z
  .object({
    schemaVersion: z.literal(1),
    systems: z.array(
      z.object({
        name: z.string(),
        doc,
        properties: properties(forms.system),
        components: z.array(z.discriminatedUnion('kind', components as [(typeof components)[number], ...typeof components])),
        flows: z.array(z.object({ from: z.string(), to: z.string(), doc, properties: properties(forms.flow) })),
        absences: z.array(z.object({ kind, state: z.enum(['none', 'unknown']) })).meta({ description: 'Kinds of which the author says that there are none, or that nobody knows.' }),
        decisions: z.array(z.object({ title: z.string(), doc, properties: properties(forms.decision) })),
        acceptances: z.array(z.object({ rule: z.string(), subject: z.string().optional(), properties: properties(forms.acceptance) })),
        targets: z.array(z.object({ name: z.string(), doc, because: z.string().optional(), by: z.string().optional(), changes: z.array(change) })),
      }),
    ),
  })
  .meta({ title: 'mlarch export', description: 'The declared architecture.' });
