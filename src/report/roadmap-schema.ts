import { z } from 'zod';
import { QUADRANTS, type Quadrant } from '../analysis/roadmap/schedule.ts';
import { changes, effort, findingId, interval, severity } from './check-schema.ts';

/** Zod schema of the roadmap in `report --format json`. */

const share = (description: string) => z.number().min(0).max(1).meta({ description });
const ids = (description: string) => z.array(findingId).meta({ description });

const item = z
  .object({
    id: findingId.meta({ description: 'The gravest finding that it was made for.' }),
    title: z.string(),
    severity,
    findings: ids('Whose remedy it carries.'),
    closes: ids('What it closes and nothing before it.'),
    eases: ids('What it makes less grave.'),
    riskRemoved: share('Of the risk of all findings, beyond what is done before it.'),
    riskUnlocked: share('Of the risk of all findings, in actions that wait for it.'),
    effort,
    published: z.object({ source: z.string(), low: z.number(), high: z.number(), unit: z.string() }).optional().meta({ description: 'What a public guide claims for preventing such failures as a whole.' }),
    prerequisites: ids('Actions that come before it.'),
    owner: z.string().optional(),
    quadrant: z.enum(Object.keys(QUADRANTS) as [Quadrant, ...Quadrant[]]),
    within: z.union([z.literal(30), z.literal(60), z.literal(90), z.null()]).meta({ description: 'Days; null beyond 90.' }),
    scoreAfter: z.object(interval).optional().meta({ description: 'Once it and all before it are done; of recommended actions alone.' }),
    changes,
  })
  .meta({ id: 'roadmapItem' });

export const roadmap = z.object({ before: z.object(interval), top: z.array(item).meta({ description: 'Recommended, in their order.' }), backlog: z.array(item) });
