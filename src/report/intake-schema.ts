import { z } from 'zod';

/** Zod schema of `intake --format json`, which `intake --answers` reads back. */

const position = z.object({ line: z.int().min(0), character: z.int().min(0) });
const words = z.array(z.object({ word: z.string(), meaning: z.string() })).optional();

const form = z
  .object({
    type: z.string().meta({ description: 'Type of the value, as in the language reference.' }),
    form: z.string().meta({ description: 'What an answer looks like, in a few words.' }),
    units: z.array(z.string()).optional().meta({ description: 'Units that a number may have; the commonest of them.' }),
    allowed: words.meta({ description: 'The words that are allowed, with what each means.' }),
    parts: z.array(z.object({ name: z.string(), form: z.string(), meaning: z.string(), allowed: words, first: z.boolean().optional().meta({ description: 'Its name may be left out.' }) })).optional(),
    names: z.array(z.string()).optional().meta({ description: 'Names that there are to choose from.' }),
    examples: z.array(z.string()),
  })
  .meta({ id: 'form' });

const destination = z.discriminatedUnion('to', [
  z.object({
    to: z.literal('property'),
    element: z.object({ kind: z.string(), name: z.string() }),
    property: z.string(),
    meaning: z.string(),
    alternatives: z.array(z.string()).meta({ description: 'Other properties that would answer as well: an answer may begin with one of them.' }),
    stated: z.boolean().meta({ description: 'It is stated already, and something is missing in it.' }),
    form,
  }),
  z.object({
    to: z.literal('file'),
    place: z.string().meta({ description: 'What has to be declared.' }),
    kind: z.string().optional().meta({ description: 'Kind of component of which `none` or `unknown` may be said.' }),
  }),
]);

const question = z
  .object({
    id: z.string().meta({ description: 'By this an answer finds its question.' }),
    answer: z.string().meta({ description: 'To be filled in: a value, none, unknown, n/a because …, planned by DATE. Empty means no answer.' }),
    text: z.string(),
    also: z.array(z.string()).meta({ description: 'What else the same answer settles.' }),
    component: z.string(),
    minutes: z.number().min(0).meta({ description: 'Time to find out and write down.' }),
    value: z.number().min(0).meta({ description: 'Expected risk removed for each minute of answering; orders the questions.' }),
    rules: z.array(z.string()),
    lookUp: z.string(),
    whoKnows: z.string(),
    goes: destination,
    file: z.string(),
    range: z.object({ start: position, end: position }).meta({ description: 'Zero-based, as in the Language Server Protocol.' }),
  })
  .meta({ id: 'question' });

export const intakeSchema = z
  .object({
    schemaVersion: z.literal(1),
    tool: z.object({ name: z.string(), version: z.string() }),
    systems: z.array(
      z.object({
        name: z.string(),
        budget: z.number().min(0).meta({ description: 'Minutes that there are.' }),
        minutes: z.number().min(0).meta({ description: 'Minutes that the questions take which fit into them.' }),
        questions: z.array(question).meta({ description: 'Most valuable first.' }),
        ifThereIsTime: z.array(question),
      }),
    ),
  })
  .meta({ title: 'mlarch intake --format json', description: 'What a review needs to know, as questions; the answers are filled in and read back.' });
