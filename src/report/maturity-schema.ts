import { z } from 'zod';

/** Zod schema of `maturity --format json`. */

const state = z.enum(['met', 'missing', 'open', 'not-applicable']).meta({ description: '`missing` is a confirmed absence, `open` what the file does not say.' });
const headline = z.enum(['not applicable', 'insufficient information', 'exact', 'interval']).meta({ description: 'Where information is insufficient, no level may be told as a fact, not even the lowest.' });
const by = z.array(z.string()).meta({ description: 'Names of the elements that show it, that lack it, or of which it is not said.' });
const shownBy = z.array(z.string()).meta({ description: 'Rules by their ids, and properties of the language, that would show it.' });
const atLeast = z.number().meta({ description: 'What is shown.' });
const atMost = z.number().meta({ description: 'What good answers to the open questions would show.' });
const decided = z.int().meta({ description: 'How many could be decided.' });

const level = z.object({ level: z.int(), title: z.string(), state: z.enum(['reached', 'open', 'not reached']), criteria: z.array(z.object({ title: z.string(), state, by, because: z.string(), shownBy })) }).meta({ id: 'maturityLevel' });

const ladder = z.object({ name: z.string(), notApplicable: z.string().optional(), headline, atLeast, atMost, decided, applicable: z.int(), levels: z.array(level) }).meta({ id: 'maturityModel' });

const test = z
  .object({ id: z.string(), title: z.string(), state: z.enum(['decided', 'open', 'not decidable', 'not applicable']), atLeast, atMost, by, because: z.string(), shownBy })
  .meta({ id: 'maturityTest', description: '0.5 points where it is declared or done by hand, 1 where a gate, a monitor or a pipeline of the model does it. What is not decidable has no points.' });

const score = z.object({
  notApplicable: z.string().optional(),
  headline,
  atLeast: atLeast.meta({ description: 'Least of the sections.' }),
  atMost,
  meaning: z.string().optional().meta({ description: 'What the published scale says of `atLeast`.' }),
  sections: z.array(z.object({ section: z.enum(['data', 'model', 'infrastructure', 'monitoring']), title: z.string(), atLeast, atMost, decided, decidable: z.int().meta({ description: 'Of the seven tests, how many a model of the architecture can decide.' }), tests: z.array(test) })),
});

const stages = z.object({ model: z.string(), met: z.int(), open: z.int(), stages: z.array(z.object({ stage: z.string(), title: z.string(), state, by, because: z.string() })) });

const row = z
  .object({ id: z.string(), axis: z.enum(['scalability', 'reliability']), title: z.string(), levels: z.array(z.string()).length(5).meta({ description: 'What levels 0 to 4 mean; a proposal of mlarch.' }), state: z.enum(['judged', 'unknown', 'not applicable']), atLeast, atMost, figure: z.string().meta({ description: 'The number that decides; empty where there is none.' }), by, next: z.string().meta({ description: 'Why the next level is not reached, or not known to be.' }), shownBy })
  .meta({ id: 'rubricRow' });

const system = z.object({
  name: z.string(),
  file: z.string(),
  models: z.array(ladder).meta({ description: 'Published maturity models.' }),
  testScore: score.meta({ description: 'The ML Test Score: 28 tests, and the least of four sums.' }),
  stages: z.array(stages).meta({ description: 'The stages of delivery that exist, for each model that is trained in-house.' }),
  rubric: z.object({ rows: z.array(row), axes: z.array(z.object({ axis: z.enum(['scalability', 'reliability']), atLeast, atMost, known: z.int(), applicable: z.int() })) }),
});

export const maturitySchema = z
  .object({ schemaVersion: z.literal(1), tool: z.object({ name: z.string(), version: z.string() }), today: z.iso.date(), systems: z.array(system) })
  .meta({ title: 'mlarch maturity --format json', description: 'Maturity levels, test score and rubric, each derived from the model and its review.' });
