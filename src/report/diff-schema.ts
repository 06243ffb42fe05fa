import { z } from 'zod';
import { ELEMENT_SORTS } from '../analysis/comparison/elements.ts';
import { category, component, finding, findingId, headline, interval, readiness, ruleId, severity, tally } from './check-schema.ts';
import { amount } from './estimate-schema.ts';

/** Zod schema of `diff --format json`. A side, `before` or `after`, is left out where there is nothing on it. */

const sides = <T extends z.ZodType>(side: T) => ({ before: side.optional(), after: side.optional() });

const element = z
  .object({
    change: z.enum(['added', 'changed', 'removed', 'moved']).meta({ description: 'moved: to or from another of the systems.' }),
    sort: z.enum(ELEMENT_SORTS),
    name: z.string().meta({ description: 'Scorer, App->Scorer, the title of a decision; empty for the system itself.' }),
    kind: z.string().optional().meta({ description: 'Of a component; of an entry of the catalogue its section.' }),
    from: z.string().optional().meta({ description: 'The system that it moved from.' }),
    to: z.string().optional().meta({ description: 'The system that it moved to.' }),
    properties: z.array(z.object({ property: z.string(), ...sides(z.string()) })).meta({ description: 'What differs, as it stands in the language after the key; all of it for what is added or removed.' }),
  })
  .meta({ id: 'elementDifference' });

const standing = z.object({ state: z.enum(['open', 'accepted']), severity }).meta({ id: 'standing', description: 'How a finding stands in one version.' });
const findingDifference = z
  .object({ id: findingId, ...sides(standing), acceptance: z.object({ because: z.string(), by: z.string(), until: z.string() }).optional(), finding: finding.meta({ description: 'As it reads now, or as it last read.' }) })
  .meta({ id: 'findingDifference' });
const findings = z.object({
  added: z.array(findingDifference),
  reopened: z.array(findingDifference).meta({ description: 'Accepted before, and open again.' }),
  changed: z.array(findingDifference).meta({ description: 'Of another severity.' }),
  accepted: z.array(findingDifference),
  fixed: z.array(findingDifference).meta({ description: 'Not there any more, with or without what it was about.' }),
  kept: z.array(findingId),
});

const question = z.object({ id: findingId, rule: ruleId, message: z.string(), component, property: z.string().optional() }).meta({ id: 'questionDifference' });

export const comparedScore = z.object({
  headline,
  index: z.object(interval),
  mean: z.object(interval),
  coverage: z.number().min(0).max(1),
  bar: readiness,
  counts: z.object({ low: tally, medium: tally, high: tally, critical: tally }),
  contradictions: tally,
  questions: tally,
});

export const limit = z.object({ component: z.string(), multiple: amount.meta({ description: 'Of today’s peak.' }) });
const load = z.object({ traffic: amount.optional(), capacity: amount.optional(), breaksAt: amount.optional(), utilisation: amount.optional(), replicas: z.number().optional() });
const way = z.object({
  objective: z.object({ holder: z.string(), percentile: z.enum(['p50', 'p95', 'p99']), seconds: z.number() }).optional(),
  p99: amount.optional(),
  verdict: z.enum(['met', 'missed', 'open']).optional(),
  overloaded: z.array(z.string()).optional(),
});
const change = z.number().optional().meta({ description: 'After minus before; left out where an amount is not known or the currencies differ. Of the known parts, where a side is only a lower bound.' });

export const comparedSystem = z.object({
  name: z.string(),
  renamedFrom: z.string().optional(),
  change: z.enum(['added', 'changed', 'removed', 'unchanged']),
  files: z.object(sides(z.string())),
  structure: z.object({ elements: z.array(element), unchanged: z.object(Object.fromEntries(ELEMENT_SORTS.map((sort) => [sort, tally])) as Record<(typeof ELEMENT_SORTS)[number], typeof tally>) }),
  findings,
  questions: z.object({ opened: z.array(question), closed: z.array(question), kept: tally }),
  score: z.object(sides(comparedScore)),
  categories: z.array(z.object({ category, title: z.string(), ...sides(z.object(interval)) })),
  capacity: z.object({ limit: z.object({ changed: z.boolean(), ...sides(limit) }).meta({ description: 'What is full first.' }), services: z.array(z.object({ component: z.string(), ...sides(load) })).meta({ description: 'Those that carry something else at today’s peak.' }), unchanged: tally }),
  latency: z.object({ ways: z.array(z.object({ from: z.string(), to: z.string(), ...sides(way) })), unchanged: tally }).meta({ description: 'Ways of requests at today’s peak.' }),
  cost: z.object({
    total: z.object({ ...sides(amount), change }),
    components: z.array(z.object({ component: z.string(), ...sides(amount), change })),
    unchanged: tally,
    leftOut: z.object({ added: z.array(z.string()), removed: z.array(z.string()) }).meta({ description: 'Components that run without a price now, and those that no longer do.' }),
  }).meta({ description: 'Money a month.' }),
});

export const diffSchema = z
  .object({
    schemaVersion: z.literal(1),
    tool: z.object({ name: z.string(), version: z.string() }),
    today: z.iso.date().meta({ description: 'The day by which both versions are reviewed.' }),
    before: z.string().meta({ description: 'Where the older version comes from.' }),
    after: z.string(),
    systems: z.array(comparedSystem),
  })
  .meta({ title: 'mlarch diff --format json', description: 'What changed between two versions of an architecture: structure, findings, questions, figures. What is unchanged is counted.' });
