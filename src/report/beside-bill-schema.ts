import { z } from 'zod';

/**
 * Schema of what stands beside a bill.
 *
 * @param amount An amount of money with its band.
 * @param reckoned The same with its formula.
 */
export function besideBillSchema(amount: z.ZodType, reckoned: z.ZodType, provenance: z.ZodType) {
  const published = z.object({ source: z.string().meta({ description: 'Sentence of the guide.' }), what: z.string(), low: z.number(), high: z.number(), unit: z.string(), provenance, caution: z.string().optional() }).meta({ id: 'published', description: 'A figure that a guide claims; to compare with, and part of no sum.' });
  const assumptions = z.array(z.string()).meta({ description: 'What was taken for granted.' });
  const unknown = z.string().optional().meta({ description: 'Why it cannot be said.' });
  const leaf = { cost: reckoned.optional(), unknown, settledBy: z.string().optional() };
  const budget = z.object({
    holder: z.string().meta({ description: 'The system or the component that declares the budget.' }),
    budget: amount,
    bill: amount.optional(),
    gap: amount.optional().meta({ description: 'Bill minus budget: below zero is left.' }),
    chanceBeyond: z.number().optional(),
    verdict: z.enum(['within', 'beyond', 'may be beyond']).optional(),
    unknown,
    multiple: z.number().optional().meta({ description: 'Multiple of today’s traffic at which the bill, with the machines that it then takes, exceeds the budget; 1 where it would with enough machines for today’s.' }),
    exhaustion: z.object({ when: z.enum(['already', 'later', 'never']), months: z.number().optional(), multiple: z.number().optional(), date: z.string().optional() }).optional().meta({ description: 'When declared growth makes the bill exceed it.' }),
    growth: z.array(z.object({ consumer: z.string(), perMonth: z.number() })),
    assumptions,
  });
  const objective = z.object({
    from: z.string(),
    to: z.string(),
    objective: z.object({ holder: z.string(), percentile: z.enum(['p50', 'p95', 'p99']), seconds: z.number() }),
    verdict: z.enum(['missed', 'open']),
    replicas: z.array(z.object({ component: z.string(), count: z.number(), now: z.number() })).meta({ description: 'With which it would be kept at today’s peak, and those that run then.' }),
    more: z.object({ value: z.number(), unit: z.string() }).optional().meta({ description: 'What they cost a month beside today’s bill.' }),
    times: z.number().optional(),
    uncertain: z.boolean().optional(),
    unknown,
    assumptions,
  });
  const option = z.object({
    name: z.string(),
    total: amount.optional(),
    perThousand: amount.optional(),
    feasible: z.enum(['yes', 'no', 'open']).meta({ description: '`open` where something that is not known may be an obstacle.' }),
    obstacles: z.array(z.string()),
    open: z.array(z.string()),
    timesCheapest: z.number().optional(),
  });
  const alternatives = z.object({
    service: z.string(),
    today: z.string().meta({ description: 'Name of the way that is declared.' }),
    options: z.array(option).optional().meta({ description: 'The cheapest first.' }),
    cheapest: z.string().optional().meta({ description: 'Of those that do and of which the bill is known in full.' }),
    mayBeCheaper: z.array(z.string()).optional(),
    unknown,
    missing: z.array(z.object({ name: z.string(), needs: z.array(z.string()) })).meta({ description: 'Ways that cannot be reckoned, with what would have to be known.' }),
    breakEven: z.object({
      model: z.string(), instance: z.string(), verdict: z.enum(['feasible', 'never']),
      tokensPerMonth: z.number().optional().meta({ description: 'From so many on machines of one’s own can be cheaper; left out where they never are.' }),
      alwaysFrom: z.number().optional(), tokensNow: z.number(),
      requiredUtilisation: z.number(), feasibleUtilisation: z.number(),
    }).optional(),
    assumptions,
  });
  const platform = z.object({
    verdict: z.enum(['managed', 'build', 'grey zone']),
    because: z.string().optional(),
    facts: z.record(z.string(), z.union([z.number(), z.boolean()])),
    billAtLeast: z.boolean().meta({ description: 'Components declare no cost, so the bill is at least what is known of it.' }),
    provenance,
    votes: z.array(z.object({ fact: z.string(), direction: z.enum(['managed', 'build', 'grey', 'unknown']), threshold: z.string(), source: z.string() })),
    breakEven: published,
  });
  const monitoring = z.object({
    monitors: z.number(),
    sampling: z.array(z.object({ monitor: z.string(), counted: z.string().optional(), rows: z.number().optional().meta({ description: 'In each window, so that chance alone speaks at most once a month.' }), share: z.number().optional(), enough: z.boolean().optional(), shortestWindow: z.object({ value: z.number(), unit: z.string() }).optional(), unknown })),
    logs: z.array(z.object({ service: z.string(), store: z.string(), full: z.object(leaf), sampled: z.object({ share: z.number(), ...leaf }).optional().meta({ description: 'With what drift monitors need; truth, audits and training may need all.' }), assumptions })),
    published,
  });
  const retraining = z.object({
    training: z.string(),
    way: z.enum(['automated', 'by hand', 'not known']),
    runsPerYear: z.number().optional(),
    billed: z.object({ value: z.number(), unit: z.string() }).optional().meta({ description: 'What the bill has for it.' }),
    perRun: published.optional(),
    perYear: z.object({ low: z.number(), high: z.number(), unit: z.string(), provenance }).optional(),
    useCase: published.optional(),
    breakEven: z.object({ runs: z.number().optional(), best: z.number().optional(), worst: z.number().optional(), months: z.number().optional(), build: published }).optional().meta({ description: 'Runs after which automating it has paid for itself; left out where it never does.' }),
    unknown,
  });
  return z.object({ budgets: z.array(budget), objectives: z.array(objective), alternatives: z.array(alternatives), platform: platform.optional(), monitoring, retraining: z.array(retraining) });
}
