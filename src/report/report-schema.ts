import { z } from 'zod';
import { reviewedSystem } from './check-schema.ts';
import { estimatedSystem } from './estimate-schema.ts';
import { roadmap } from './roadmap-schema.ts';
import { systemTargets } from './target-schema.ts';

/** Zod schema of `report --format json`. */

const block = z.looseObject({ kind: z.enum(['paragraph', 'list', 'table', 'figure', 'code', 'note', 'facts', 'bars']) }).meta({ id: 'block', description: 'A piece of the text; of a picture its title and description.' });
const section = z
  .object({
    id: z.string(),
    title: z.string(),
    blocks: z.array(block),
    get sections() {
      return z.array(section).optional();
    },
  })
  .meta({ id: 'section' });

export const reportSchema = z
  .object({
    schemaVersion: z.literal(1),
    tool: z.object({ name: z.string(), version: z.string() }),
    date: z.iso.date(),
    system: z.string(),
    redacted: z.boolean().meta({ description: 'For people outside: names, places and details are left out.' }),
    document: z.object({ title: z.string(), sections: z.array(section) }),
    data: z
      .object({
        provenance: z.object({ version: z.string(), commit: z.string().optional(), digest: z.string().meta({ description: 'SHA-256 over the texts, hexadecimal.' }), files: z.array(z.string()) }),
        review: reviewedSystem,
        estimate: estimatedSystem,
        roadmap,
        target: systemTargets,
      })
      .optional()
      .meta({ description: 'What the text was written from; left out where it is redacted.' }),
  })
  .meta({ title: 'mlarch report --format json', description: 'The review report of one system: its text, and the results that it was written from.' });
