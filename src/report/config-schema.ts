import { z } from 'zod';
import { PLACEHOLDERS } from '../analysis/acceptance.ts';
import { checklist } from '../analysis/checklist.ts';
import { PACK_NAMES, PACKS, type Pack } from '../analysis/criteria/packs.ts';
import { SEVERITIES } from '../analysis/finding.ts';
import type { Check } from '../analysis/rule.ts';
import { isOfTeam } from '../model/custom-rule.ts';
import type { RoadmapWeights, Thresholds } from '../analysis/settings.ts';

/** Schema of mlarch.config.json. */

const severity = z.enum(SEVERITIES);
const id = z.string().regex(/^(ML\d{2}(\.\d+)?|[A-Z][A-Z0-9]*(-\d+)?)$/, 'expected a check such as ML09, a rule such as ML09.3 or a criterion such as REL-01');
const positive = (description: string) => z.number().positive().optional().meta({ description });
const share = (description: string) => z.number().min(0).max(1).optional().meta({ description });

export const thresholdShape = {
  headroom: z.number().min(1).optional().meta({ description: 'Multiple of today’s peak to be taken without a new architecture (5).' }),
  peakFactor: z.number().min(1).optional().meta({ description: 'Peak over average where only a volume is declared (5).' }),
  reproduceWithinDays: positive('Days back for which training must be repeatable (183).'),
  rollbackSeconds: positive('Longest acceptable way back to the previous version, in seconds (900).'),
  detectWithinHighSeconds: positive('How long a fall in quality may go unnoticed at high criticality, in seconds (86400).'),
  detectWithinSeconds: positive('How long a fall in quality may go unnoticed otherwise, in seconds (604800).'),
  staleDays: positive('Age in days after which a review, a drill or a document counts as old (180).'),
  stagingDataDays: positive('Age in days after which staging data is too old, where the drift of the models does not say otherwise (30).'),
  batchingRatePerDevice: positive('Requests per second and accelerator above which batching pays (10).'),
  fanOut: positive('Parallel calls from which the tail of the slowest rules (10).'),
  idleUtilisation: share('Accelerator utilisation below which it idles (0.15).'),
  cacheRepeats: share('Share of repeated requests from which a cache pays (0.7).'),
  costBandProcessor: positive('Usual upper end of what one million predictions a day cost on processors, in USD a month (5000).'),
  costBandAccelerator: positive('The same on accelerators (20000).'),
  costExcess: positive('Multiple of the usual cost from which it is worth a look (2).'),
  driftCoverage: share('Share of inputs that drift monitoring should cover (0.8).'),
} as const satisfies { readonly [K in keyof Thresholds]-?: z.ZodType<number | undefined> };

export const roadmapShape = {
  size: z.int().min(1).max(20).optional().meta({ description: 'How many actions are recommended; the rest is the backlog (5).' }),
  effortExponent: z.number().min(0).max(2).optional().meta({ description: 'Risk is divided by effort to this power (0.7).' }),
  unlock: z.number().min(0).max(1).optional().meta({ description: 'What a unit of risk counts that an action only makes removable (0.5).' }),
  severityLow: positive('Points of a low finding (1).'),
  severityMedium: positive('Points of a medium finding (3).'),
  severityHigh: positive('Points of a high finding (9).'),
  severityCritical: positive('Points of a critical finding (27).'),
  unseen: share('Weight of a failure that nothing would show (1).'),
  shown: share('Weight of a failure that shows by something else (0.6).'),
  watched: share('Weight of a failure that a monitor with an alert watches (0.3).'),
  prototype: positive('Exposure of a prototype (0.5).'),
  pilot: positive('Exposure of a pilot (0.75).'),
  production: positive('Exposure of a production system (1).'),
  busy: positive('Exposure of a production system that answers more than ten million times a month (1.5).'),
  dependant: share('Exposure for each further consumer or model behind a component (0.1).'),
  engineers: z.int().min(1).max(100).optional().meta({ description: 'People who work on the roadmap at a time (1).' }),
} as const satisfies { readonly [K in keyof RoadmapWeights]-?: z.ZodType<number | undefined> };

export const packShape = Object.fromEntries(
  PACK_NAMES.map((pack) => [pack, z.enum(['on', 'off']).optional().meta({ description: `${PACKS[pack].title}: on by itself where ${PACKS[pack].when}.` })]),
) as { readonly [K in Pack]: z.ZodOptional<z.ZodEnum<{ on: 'on'; off: 'off' }>> };

export const configSchema = z
  .strictObject({
    $schema: z.string().optional().meta({ description: 'For editors; mlarch does not read it.' }),
    extends: z.enum(['recommended', 'strict']).optional().meta({ description: 'The settings to start from: recommended, or strict, which asks for more and fails at medium.' }),
    thresholds: z.strictObject(thresholdShape).optional().meta({ description: 'Numbers of the review that differ from the ones it starts from.' }),
    severities: z.record(id, severity).optional().meta({ description: 'Severity of the findings of a rule or of a whole check, in place of the one that the context gives.' }),
    off: z
      .array(
        z.strictObject({
          rule: id.meta({ description: 'A check or a rule.' }),
          because: z
            .string()
            .refine((text) => text.trim() !== '' && !PLACEHOLDERS.test(text), 'expected a reason that says why; this one is empty or a placeholder')
            .meta({ description: 'Why it is off; listed in every output.' }),
        }),
      )
      .optional()
      .meta({ description: 'Checks or rules that are not run.' }),
    roadmap: z.strictObject(roadmapShape).optional().meta({ description: 'How the roadmap weighs and places actions. Weights order, they are no probabilities.' }),
    packs: z.strictObject(packShape).optional().meta({ description: 'Packs of criteria that are on or off whatever the file declares; left out, what is declared switches them.' }),
    rulePacks: z.array(z.string().min(1)).optional().meta({ description: 'Rules of the team that apply to everything in this folder: paths of .mlarch files from here, or packages that are installed.' }),
    failOn: z.enum([...SEVERITIES, 'never']).optional().meta({ description: 'Exit with 1 if there is a finding of this severity or above (high).' }),
    minSeverity: severity.optional().meta({ description: 'Leave out findings below it (low: leave out none).' }),
  })
  .meta({ title: 'mlarch.config.json', description: 'Settings of the review for this folder and the ones below it.' });

export type ConfigFile = z.infer<typeof configSchema>;

export interface ConfigFault {
  readonly path: readonly PropertyKey[];
  /** What is wrong and what to do. */
  readonly message: string;
}

/** The configuration, or everything that is wrong with it. Rules are known by the checks, not by their form alone. */
export function checkConfig(value: unknown, checks: readonly Check[] = checklist): { readonly config: ConfigFile } | { readonly faults: readonly ConfigFault[] } {
  const parsed = configSchema.safeParse(value, { reportInput: true });
  const faults = parsed.success ? unknownIds(parsed.data, checks) : parsed.error.issues.flatMap(faultsOf);
  return parsed.success && faults.length === 0 ? { config: parsed.data } : { faults };
}

function unknownIds({ severities = {}, off = [] }: ConfigFile, checks: readonly Check[]): ConfigFault[] {
  const named = [
    ...Object.keys(severities).map((id) => ({ id, path: ['severities', id] })),
    ...off.map(({ rule }, index) => ({ id: rule, path: ['off', index, 'rule'] })),
  ];
  // Which rules a team has is in its files; here they are known by their form.
  const unknown = named.filter(({ id }) => !ids(checks).has(id) && !isOfTeam(id)).map(({ id, path }) => ({ path, message: `there is no check or rule ${id}. See: mlarch checks` }));
  const fixed = off.flatMap(({ rule }, index) => notToBeTurnedOff(checks, rule).map((id) => ({ path: ['off', index, 'rule'], message: `${id} cannot be turned off. ${rule === id ? 'Remedy its findings.' : `Turn off the other rules of ${rule} one by one.`}` })));
  return [...unknown, ...fixed];
}

const ids = (checks: readonly Check[]): Set<string> => new Set(checks.flatMap((check) => [check.id, ...check.rules.map((rule) => rule.id)]));

/** What may not be accepted may not be turned off either. */
const notToBeTurnedOff = (checks: readonly Check[], id: string): string[] =>
  checks.flatMap((check) => check.rules.filter((rule) => rule.acceptable === false && (rule.id === id || check.id === id)).map((rule) => rule.id));

function faultsOf(issue: z.core.$ZodIssue): ConfigFault[] {
  const { path } = issue;
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ path: [...path, key], message: `there is no such setting. ${alternatives(key, settingsAt(path))}` }));
    case 'invalid_value':
      return [{ path, message: `expected ${issue.values.map((value) => JSON.stringify(value)).join(', ')}; found ${JSON.stringify(issue.input)}.` }];
    case 'invalid_key':
      return [{ path, message: `expected a check such as ML09, a rule such as ML09.3 or a criterion such as REL-01. See: mlarch checks` }];
    case 'invalid_type':
      return [{ path, message: `expected ${issue.expected === 'record' ? 'object' : issue.expected}; found ${issue.input === undefined ? 'nothing' : JSON.stringify(issue.input)}.` }];
    case 'too_small':
      return [{ path, message: `expected ${issue.inclusive ? 'at least' : 'more than'} ${String(issue.minimum)}.` }];
    case 'too_big':
      return [{ path, message: `expected at most ${String(issue.maximum)}.` }];
    default:
      return [{ path, message: `${issue.message}.` }];
  }
}

function settingsAt(path: readonly PropertyKey[]): string[] {
  if (path.length === 0) return Object.keys(configSchema.shape);
  if (path[0] === 'thresholds') return Object.keys(thresholdShape);
  return path[0] === 'packs' ? [...PACK_NAMES] : ['rule', 'because'];
}

/** The names that share the most pairs of letters with what was written come first. */
function alternatives(key: string, names: readonly string[]): string {
  const pairs = (text: string): string[] => [...text.toLowerCase()].slice(1).map((letter, index) => (text[index] ?? '').toLowerCase() + letter);
  const written = new Set(pairs(key));
  const likeness = (name: string): number => pairs(name).filter((pair) => written.has(pair)).length / Math.max(1, pairs(name).length, written.size);
  const nearest = [...names].sort((a, b) => likeness(b) - likeness(a))[0] ?? '';
  return likeness(nearest) >= 0.5 ? `Did you mean ${nearest}?` : `Known are ${names.join(', ')}.`;
}
