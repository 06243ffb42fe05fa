import { z } from 'zod';
import { tally } from './check-schema.ts';
import { comparedScore, limit } from './diff-schema.ts';
import { amount } from './estimate-schema.ts';

/** Zod schema of `trend --format json`. */

const system = z.object({
  name: z.string(),
  score: comparedScore,
  accepted: tally.meta({ description: 'Findings that are accepted.' }),
  limit: limit.optional().meta({ description: 'What is full first; left out where nobody can say.' }),
  cost: amount.optional().meta({ description: 'Money a month; left out where nothing has a price.' }),
});

export const trendSchema = z
  .object({
    schemaVersion: z.literal(1),
    tool: z.object({ name: z.string(), version: z.string() }),
    today: z.iso.date().meta({ description: 'The day by which every version is reviewed, so that only the text moves the figures.' }),
    path: z.string(),
    versions: z
      .array(
        z.object({
          commit: z.string(),
          date: z.iso.date().meta({ description: 'Day of the commit.' }),
          subject: z.string(),
          file: z.string().meta({ description: 'Its path at that commit, from the root of the repository.' }),
          systems: z.array(system),
          unreadable: z.array(z.string()).optional().meta({ description: 'Why the version cannot be read, a line for each fault.' }),
        }),
      )
      .meta({ description: 'Oldest first.' }),
  })
  .meta({ title: 'mlarch trend --format json', description: 'An architecture through its history.' });
