import { z } from 'zod';
import { changes, effort, findingId } from './check-schema.ts';
import { comparedSystem } from './diff-schema.ts';

/** Zod schema of `target --format json`. */

const ids = (description: string) => z.array(findingId).meta({ description });

const step = z
  .object({
    id: findingId.meta({ description: 'The gravest finding that the change was made for.' }),
    title: z.string(),
    problem: ids('What is wrong today.'),
    options: z.array(z.object({ name: z.enum(['do nothing', 'minimal', 'recommended']), what: z.string(), result: z.string() })),
    gains: z.array(z.string()).optional(),
    pays: z.string().optional(),
    reversible: z.enum(['easily', 'with work', 'hardly']).optional(),
    undo: z.string().optional(),
    effort,
    prerequisites: ids('Steps that come before it.'),
    revisit: z.string().meta({ description: 'When to think again.' }),
    reach: z.object({ added: z.array(z.string()), changed: z.array(z.string()), removed: z.array(z.string()) }).meta({ description: 'Components and flows that it touches.' }),
    changes,
  })
  .meta({ id: 'targetStep' });

const state = z
  .object({
    title: z.string(),
    changes,
    closed: ids('Gone in the target, which was reviewed again.'),
    unproven: ids('Gone, but what they rest on is a question in the target.'),
    opened: ids('Only in the target.'),
    left: ids('In both.'),
    steps: z.array(step),
    comparison: comparedSystem.meta({ description: 'Today against the target, as in `diff --format json`.' }),
  })
  .meta({ id: 'targetState' });

export const systemTargets = z.object({
  name: z.string(),
  file: z.string(),
  derived: state.optional().meta({ description: 'What the remedies of critical and high findings make of the system; left out where none changes it.' }),
  declared: z.array(state),
  notRecommended: z.array(z.object({ what: z.string(), because: z.string(), changesAt: z.string().meta({ description: 'The number that would change it.' }) })),
});

export const targetSchema = z
  .object({ schemaVersion: z.literal(1), tool: z.object({ name: z.string(), version: z.string() }), today: z.iso.date(), systems: z.array(systemTargets) })
  .meta({ title: 'mlarch target --format json', description: 'Target states, derived and declared, each reviewed and estimated again.' });
