import { z } from 'zod';
import { FINDING_TYPES, SEVERITIES } from '../analysis/finding.ts';
import { CATEGORIES } from '../analysis/rule.ts';

/** Zod schemas of `check --format json`, `checks --format json` and of a baseline. */

export const severity = z.enum(SEVERITIES).meta({ id: 'severity', description: 'How much a finding matters in this system.' });
const findingType = z.enum(FINDING_TYPES).meta({
  id: 'findingType',
  description: 'contradiction: what is declared cannot all hold. gap: declared absent, or absent from a complete part. weak: present but not enough. advisory: more than is needed, or a saving.',
});
export const category = z.enum(Object.keys(CATEGORIES) as [keyof typeof CATEGORIES]).meta({ id: 'category', description: 'The part of the system that a check looks at.' });
export const ruleId = z.string().meta({ description: 'Id of a rule, e.g. ML09.3. It never changes its meaning.' });
const checkId = z.string().meta({ description: 'Id of a check, e.g. ML09.' });
export const component = z.string().meta({ description: 'Name of the element: System.Component, System.From->To, or System.' });
export const findingId = z.string().meta({ description: 'Rule and element, e.g. ML09.3@CardFraud.Scorer. It does not change when lines move.' });
const because = z.string().meta({ description: 'The reason.' });

const position = z.object({
  line: z.int().min(0).meta({ description: 'Counted from zero.' }),
  character: z.int().min(0).meta({ description: 'UTF-16 code units from the start of the line, counted from zero.' }),
});
const range = z.object({ start: position, end: position }).meta({ id: 'range', description: 'A place in a file as in the Language Server Protocol; the end is exclusive.' });
const place = { file: z.string().meta({ description: 'Path of the file, relative to the working directory where it is below it.' }), range };

const days = z.number().min(0);
export const effort = z.object({ size: z.enum(['S', 'M', 'L']), days: z.object({ low: days, likely: days, high: days }) }).meta({ description: 'In person-days.' });
export const changes = z.array(z.looseObject({ op: z.string() })).meta({ description: 'Typed changes of the model that do it; empty where the remedy is an action outside the file.' });
const remedy = z
  .object({
    title: z.string().meta({ description: 'What to do.' }),
    changes,
    effort,
    impact: z.string().meta({ description: 'What gets better.' }),
    prerequisites: z.array(ruleId).meta({ description: 'Rules whose findings should be closed first.' }),
  })
  .meta({ id: 'remedy' });

export const finding = z
  .object({
    id: findingId,
    rule: ruleId,
    check: checkId,
    type: findingType,
    severity,
    confidence: z.number().min(0).max(1).meta({ description: 'How sure the finding is.' }),
    message: z.string().meta({ description: 'What is wrong, with the values that show it.' }),
    why: z.string().meta({ description: 'Why it matters here.' }),
    component,
    ...place,
    path: z.array(z.object({ component, ...place, note: z.string().optional() })).meta({ description: 'The elements that prove it, hop by hop.' }),
    remedy,
  })
  .meta({ id: 'finding' });

const question = z
  .object({
    id: findingId,
    rule: ruleId,
    check: checkId,
    message: z.string(),
    component,
    ...place,
    property: z.string().optional().meta({ description: 'The property that would answer it.' }),
    value: z.number().min(0).meta({ description: 'Expected risk removed for each minute of answering; the questions are ordered by it.' }),
  })
  .meta({ id: 'question', description: 'Something that nobody said and that the review needs to know.' });

export const readiness = z.number().min(0).max(4);
export const interval = { assured: readiness.meta({ description: 'What the file assures.' }), potential: readiness.meta({ description: 'What it could assure if every open question had a good answer.' }) };
export const tally = z.int().min(0);

export const headline = z.enum(['insufficient information', 'research-grade', 'first pass', 'production with known gaps', 'strong', 'exemplary']);

const score = z
  .object({
    headline,
    index: z.object(interval).meta({ description: 'Readiness: the minimum over the categories, 0 to 4.' }),
    mean: z.object(interval),
    categories: z.array(z.object({ category, title: z.string(), checks: tally.meta({ description: 'Checks that apply.' }), ...interval })),
    coverage: z.number().min(0).max(1).meta({ description: 'Rules that could be decided over rules that apply.' }),
    decided: tally,
    applicable: tally,
    bar: readiness.meta({ description: 'What the criticality of the system demands of the index.' }),
    gapToBar: readiness.meta({ description: 'How far the assured index is below the bar; 0 if it is not.' }),
    counts: z.object({ low: tally, medium: tally, high: tally, critical: tally }).meta({ description: 'Findings by severity.' }),
    contradictions: tally,
    questions: tally,
  })
  .meta({ id: 'score' });

export const reviewedSystem = z
  .object({
    name: z.string(),
    file: place.file,
    score,
    findings: z.array(finding).meta({ description: 'Most severe first.' }),
    questions: z.array(question).meta({ description: 'Most valuable first.' }),
    notApplicable: z.array(z.object({ rule: ruleId, check: checkId, component: component.optional(), because })),
    accepted: z.array(z.object({ finding, because, by: z.string(), until: z.iso.date(), ...place })).meta({ description: 'Risks that somebody took, for a reason and until a day.' }),
    packs: z.array(z.object({ pack: z.string(), on: z.boolean(), set: z.boolean().meta({ description: 'By a setting, and not by what the file declares.' }) })).meta({ description: 'Packs of criteria.' }),
    failed: z.array(z.object({ rule: ruleId, because })).optional().meta({ description: 'Rules that could not be run: a fault of the tool.' }),
  })
  .meta({ id: 'system' });

export const checkSchema = z
  .object({
    schemaVersion: z.literal(1),
    tool: z.object({ name: z.string(), version: z.string() }),
    systems: z.array(reviewedSystem),
    problems: z
      .array(z.object({ severity: z.enum(['error', 'warning']), code: z.string(), message: z.string(), ...place }))
      .optional()
      .meta({ description: 'Faults of the text; left out where there are none.' }),
  })
  .meta({ title: 'mlarch check --format json', description: 'The result of a review.' });

export const checksSchema = z
  .object({
    schemaVersion: z.literal(1),
    checks: z.array(
      z.object({
        id: checkId,
        slug: z.string(),
        title: z.string(),
        category,
        question: z.string(),
        redFlag: z.string(),
        sources: z.array(z.string()).meta({ description: 'Ids in public frameworks that ask the same.' }),
        docs: z.url(),
        rules: z.array(
          z.object({
            id: ruleId,
            slug: z.string(),
            summary: z.string(),
            type: findingType,
            severity,
            effort: z.enum(['S', 'M', 'L']),
            acceptable: z.boolean().meta({ description: 'Whether a finding of the rule may be accepted.' }),
            sources: z.array(z.string()).optional().meta({ description: 'Of a criterion beyond the 20 checks: ids in public frameworks that ask the same.' }),
            pack: z.string().optional().meta({ description: 'The pack of criteria that switches it on; always on without one.' }),
            docs: z.url(),
          }),
        ),
      }),
    ),
  })
  .meta({ title: 'mlarch checks --format json', description: 'The checklist.' });

const verdict = z.enum(['finding', 'question', 'satisfied', 'not-applicable', 'accepted', 'failed', 'off']);
const coverageState = z.enum(['open', 'asked', 'accepted', 'covered', 'not-applicable', 'uncovered']);

export const coverageSchema = z
  .object({
    schemaVersion: z.literal(1),
    tool: z.object({ name: z.string(), version: z.string() }),
    coverage: z.array(
      z.object({
        system: z.string(),
        framework: z.object({ name: z.string(), title: z.string(), edition: z.string(), url: z.url(), checkedOn: z.iso.date(), partial: z.string().optional() }),
        counts: z.record(coverageState, tally),
        items: z.array(z.object({ id: z.string(), title: z.string().optional(), state: coverageState, rules: z.array(z.object({ rule: ruleId, verdict })) })),
      }),
    ),
  })
  .meta({ title: 'mlarch check --framework NAME --format json', description: 'Coverage by the ids of a framework.' });

export const baselineSchema = z
  .object({ schemaVersion: z.literal(1), findings: z.array(findingId) })
  .meta({ title: 'mlarch baseline', description: 'Findings that are known; written with mlarch check --write-baseline.' });
