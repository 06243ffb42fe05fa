import { z } from 'zod';
import { besideBillSchema } from './beside-bill-schema.ts';
import { PROVENANCES } from '../analysis/estimation/provenance.ts';
import { TECHNIQUES } from '../analysis/estimation/what-if-variant.ts';

/** Zod schema of `estimate --format json`. */

const provenance = z.enum(PROVENANCES).meta({ id: 'provenance', description: 'measured: declared by the author. published: from a source, or calibrated on it. transferred: carried over from other hardware. roofline: from peak rates. assumed: taken for granted. A figure has the weakest of its inputs.' });
const band = {
  value: z.number().meta({ description: 'The middle of the band.' }),
  low: z.number().meta({ description: '10th percentile.' }),
  high: z.number().meta({ description: '90th percentile.' }),
  unit: z.string().meta({ description: 'SI base unit: s, B, req/s, 1; money as USD/month.' }),
  provenance,
  bound: z.enum(['at least', 'at most']).optional().meta({ description: 'More is known of one side than of the other.' }),
};
const quantity = z.object({
  ...band,
  formula: z.string(),
  inputs: z.array(z.object({ component: z.string(), property: z.string(), low: z.number(), high: z.number(), unit: z.string() })).meta({ description: 'Declared values that went into it.' }),
  assumptions: z.array(z.string()).meta({ description: 'What was taken for granted where nothing is declared.' }),
}).meta({ id: 'quantity', description: 'A figure with its 80 % band, where it comes from and what it was made from.' });
export const amount = z.object(band).meta({ id: 'amount', description: 'An amount of money with its band.' });

const percentiles = z.object({ p50: quantity, p95: quantity, p99: quantity }).meta({ id: 'percentiles', description: 'Seconds.' });
const multiple = z.number().meta({ description: 'Multiple of today’s peak.' });
const sizing = z.object({
  replicas: z.array(z.object({ component: z.string(), count: z.number() })),
  obstacle: z.string().optional().meta({ description: 'Why replicas alone do not keep the objective.' }),
});

const station = z.object({
  component: z.string(),
  kind: z.string(),
  traffic: quantity.optional().meta({ description: 'Requests per second at today’s peak.' }),
  capacity: quantity.optional().meta({ description: 'Requests per second that it takes at most, with all replicas that it may have.' }),
  breaksAt: quantity.optional().meta({ description: 'Multiple of today’s peak at which it is full.' }),
  losses: z.array(z.object({ lost: z.enum(['replica', 'zone']), left: z.number(), utilisation: z.number(), holds: z.boolean() })),
  retries: z.object({
    settles: z.boolean().optional().meta({ description: 'Whether the traffic with all retries comes to rest below what it takes: false is a retry storm. Left out where it comes so close to full that nobody can say.' }),
    factor: quantity.optional().meta({ description: 'What retries multiply the traffic by.' }),
    timedOut: quantity.optional().meta({ description: 'Share of the tries that outlast the timeout of their caller.' }),
  }).optional().meta({ description: 'Calls that are sent again after a timeout, at today’s peak; every other figure leaves them out.' }),
  at: z.array(z.object({
    multiple,
    rate: quantity,
    replicas: z.number().optional().meta({ description: 'Replicas that run.' }),
    needed: z.number().optional().meta({ description: 'Replicas that keep it at or below 80 %.' }),
    utilisation: quantity.optional(),
    overloaded: z.object({ takes: z.number().meta({ description: 'Share of the traffic that it takes.' }) }).optional(),
    latency: percentiles.optional(),
    firstToken: quantity.optional(),
    perToken: quantity.optional(),
    nearlyFull: z.boolean().optional(),
  })),
});

const path = z.object({
  from: z.string(),
  to: z.string(),
  objective: z.object({ holder: z.string(), percentile: z.enum(['p50', 'p95', 'p99']), seconds: z.number() }).optional(),
  at: z.array(z.object({
    multiple,
    latency: percentiles.optional(),
    overloaded: z.array(z.string()).optional(),
    verdict: z.enum(['met', 'missed', 'open']).optional().meta({ description: 'Whether the objective holds over the whole band, over none of it, or over part of it.' }),
    sizing: sizing.optional(),
  })),
  missing: z.array(z.string()).optional().meta({ description: 'Components on the way of which no time is known: the latencies are lower bounds.' }),
});

const surge = z.object({
  component: z.string(),
  missing: z.array(z.object({ component: z.string(), property: z.string() })).meta({ description: 'Inputs without which nothing can be said; nothing else is then given.' }),
  refused: z.string().optional().meta({ description: 'Why nothing can be said where every input is declared.' }),
  rise: z.object({
    from: quantity.meta({ description: 'Requests per second before it.' }),
    to: quantity.meta({ description: 'Requests per second after it: today’s peak.' }),
    factor: z.number(),
    within: z.number().meta({ description: 'Seconds; 0 for a rise at once.' }),
    declared: z.boolean().meta({ description: 'Whether consumers declare it (`ramp`); else it is from the mean to the peak at once.' }),
  }).optional(),
  reaction: quantity.optional().meta({ description: 'Seconds from a change of the traffic until new replicas answer, the loading of the model included.' }),
  replicas: z.object({ before: z.number(), after: z.number() }).optional().meta({ description: 'Replicas that run before the rise, and when all new ones are there.' }),
  backlog: quantity.optional().meta({ description: 'Requests that wait when most of them do; those that a cache answers do not.' }),
  drains: z.boolean().optional().meta({ description: 'Whether the queue is worked off; left out where nobody can say.' }),
  longestWait: quantity.optional().meta({ description: 'Seconds, on top of what requests take at the usual load.' }),
  drainTime: quantity.optional().meta({ description: 'Seconds from the largest backlog until nobody waits.' }),
  headroom: z.object({
    replicas: quantity.meta({ description: 'Replicas that must run when the rise begins.' }),
    target: quantity.meta({ description: 'Their busy share before the rise: the target of an autoscaler that keeps so many running.' }),
    objective: z.object({ holder: z.string(), percentile: z.enum(['p50', 'p95', 'p99']), seconds: z.number() }).optional().meta({ description: 'What then holds through the rise; without one, the replicas stay at or below 80 %.' }),
    most: z.number().optional().meta({ description: 'Replicas that may run, where that is fewer.' }),
  }).optional(),
  obstacle: z.string().optional().meta({ description: 'Why no number of replicas would hold the objective.' }),
});

interface CostNode {
  name: string;
  total?: z.infer<typeof amount>;
  parts?: CostNode[];
  cost?: z.infer<typeof amount> & { formula: string };
  unknown?: string;
  settledBy?: string;
}
const costNode: z.ZodType<CostNode> = z.lazy(() => z.object({
  name: z.string(),
  total: amount.optional().meta({ description: 'Of a group: the sum of its leaves.' }),
  parts: z.array(costNode).optional(),
  cost: amount.extend({ formula: z.string() }).optional().meta({ description: 'Of a leaf.' }),
  unknown: z.string().optional().meta({ description: 'Why the cost of a leaf is not known.' }),
  settledBy: z.string().optional(),
})).meta({ id: 'costNode' });

const cost = z.object({
  total: amount,
  perPrediction: amount.optional(),
  perThousand: amount.optional(),
  budget: amount.optional(),
  tree: costNode,
  leftOut: z.array(z.string()).meta({ description: 'Components that declare no cost; the total leaves them out.' }),
  listPrices: z.array(z.object({ name: z.string(), asOf: z.string() })),
});

const ends = z.object({ low: z.number(), high: z.number().optional() }).meta({ description: 'Ends of an 80 % band; without `high`, a lower bound.' });
const measureNext = z.object({
  component: z.string(),
  property: z.string(),
  narrows: z.enum(['bottleneck', 'latency', 'cost']).meta({ description: 'The multiple of today’s peak at which the first station is full, the tail of a way with an objective, or the bill.' }),
  way: z.object({ from: z.string(), to: z.string() }).optional(),
  from: ends.optional().meta({ description: 'The band of today.' }),
  to: ends.optional().meta({ description: 'The band if a measurement finds the value taken today.' }),
  unit: z.string(),
  how: z.string(),
});

const tail = z.object({ p99: quantity.optional(), overloaded: z.array(z.string()).optional(), verdict: z.enum(['met', 'missed', 'open']).optional() });
const whatIf = z.object({
  component: z.string(),
  techniques: z.array(z.enum(TECHNIQUES)),
  edits: z.array(z.string()).meta({ description: 'What would be declared or done.' }),
  capacity: z.object({ before: quantity.optional(), after: quantity.optional() }),
  ways: z.array(z.object({ from: z.string(), to: z.string(), before: tail, after: tail })),
  cost: z.object({ before: amount.optional(), after: amount.optional() }).meta({ description: 'Of the whole system, with as many replicas as are declared.' }),
  fewer: z.object({ replicas: z.number(), before: z.number(), cost: amount, ways: z.array(tail) }).optional().meta({ description: 'Fewer replicas that still take what all of them take today.' }),
  saving: z.object({ value: z.number(), unit: z.string() }).optional().meta({ description: 'Negative where it costs more; left out where nobody can say.' }),
  accuracy: z.string().optional().meta({ description: 'Loss of quality to expect.' }),
  provenance,
  assumptions: z.array(z.string()),
});

export const estimatedSystem = z.looseObject({
  name: z.string(),
  file: z.string(),
  multiples: z.array(z.number()),
  bottleneck: z.object({
    component: z.string(),
    multiple: quantity,
    exhausted: z.object({
      months: z.object({ value: z.number(), low: z.number(), high: z.number(), unit: z.string() }),
      date: z.string(),
      growth: z.array(z.object({ consumer: z.string(), perMonth: z.number() })),
    }).optional(),
  }).nullable(),
  cost,
  stations: z.array(station),
  paths: z.array(path),
  surges: z.array(surge).meta({ description: 'What happens to services that are scaled when traffic rises, until new replicas have loaded their model and answer.' }),
  missing: z.array(z.object({ component: z.string(), property: z.string(), needed: z.string() })),
  besideBill: besideBillSchema(amount, amount.extend({ formula: z.string() }), provenance).optional().meta({ description: 'What a bill leads to and what stands beside it; none of it is part of the bill.' }),
  measureNext: z.array(measureNext).optional().meta({ description: 'Numbers to measure, the one that narrows an answer most first.' }),
  whatIf: z.array(whatIf).optional().meta({ description: 'With --what-if: techniques and what they would change, the largest saving first.' }),
});

export const estimateSchema = z.object({ schemaVersion: z.literal(1), systems: z.array(estimatedSystem) }).meta({ title: 'mlarch estimate', description: 'Capacity, latency and cost of the systems of an architecture.' });
