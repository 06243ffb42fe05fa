import { applyChanges } from '../../model/apply-changes.ts';
import type { Architecture, Change } from '../../model/architecture.ts';
import { PUBLISHED_BANDS, type PublishedBand } from '../estimation/cost/published-bands.ts';
import { SEVERITIES, type Finding, type Severity } from '../finding.ts';
import { review, type Review } from '../review.ts';
import type { Context, FailureMode } from '../rule.ts';
import type { Interval } from '../score.ts';
import type { Action } from './action.ts';
import { actionsOf } from './actions.ts';
import { choose, type Candidate } from './choose.ts';
import { closingOf, type Closing } from './closing.ts';
import { failureModeOf, riskOf } from './risk.ts';
import { quadrantOf, scheduleOf, type Quadrant, type Slot } from './schedule.ts';

/** What to do first, and what after it. */
export interface Roadmap {
  /** The recommended actions, in their order. */
  readonly top: readonly RoadmapItem[];
  /** Whatever else removes risk, in its order. */
  readonly backlog: readonly RoadmapItem[];
  /** Risk of all findings; shares are of it. */
  readonly risk: number;
  /** Where the score stands before anything is done. */
  readonly before: Interval;
}

export interface RoadmapItem {
  readonly action: Action;
  /** The gravest of what it closes. */
  readonly severity: Severity;
  /** Findings that it closes whole, and nothing before it. */
  readonly closes: readonly Finding[];
  /** Findings that it makes less grave, for instance since their effect would be seen. */
  readonly eases: readonly Finding[];
  /** Share of all risk that it removes beyond what is done before it, and that it makes removable. */
  readonly removes: number;
  readonly unlocks: number;
  readonly quadrant: Quadrant;
  readonly slot: Slot;
  /** Published cost of preventing failures of this sort as a whole, of which the action is a part. */
  readonly published?: PublishedBand;
  /** The score once it and all before it are done; of the recommended ones alone. */
  readonly after?: Interval;
}

const PREVENTION: Partial<Record<FailureMode, PublishedBand>> = {
  skew: PUBLISHED_BANDS.skewPrevention,
  drift: PUBLISHED_BANDS.driftPrevention,
  data_quality: PUBLISHED_BANDS.dataQualityPrevention,
  infrastructure: PUBLISHED_BANDS.infrastructurePrevention,
  rollout: PUBLISHED_BANDS.rolloutPrevention,
};

const roadmaps = new WeakMap<Pick<Review, 'findings'>, Roadmap>();

/** The roadmap of a reviewed system, worked out once for each review. */
export function roadmapOf(context: Context, reviewed: Review): Roadmap {
  let known = roadmaps.get(reviewed);
  if (!known) roadmaps.set(reviewed, (known = makeRoadmap(context, reviewed)));
  return known;
}

function makeRoadmap(context: Context, reviewed: Review): Roadmap {
  const { architecture, settings } = context;
  const weights = settings.roadmap;
  const actions = actionsOf(architecture, reviewed.findings);
  const closings = new Map(actions.map((action) => [action.id, closingOf(context, reviewed, action)]));
  const risks = new Map(reviewed.findings.map((finding) => [finding.id, riskOf(context, finding).value]));
  const risk = [...risks.values()].reduce((a, b) => a + b, 0);
  const choices = choose(actions.map((action) => candidateOf(action, closings.get(action.id) ?? new Map())), risks, weights);
  const byId = new Map(actions.map((action) => [action.id, action]));
  const ordered = choices.flatMap((choice) => byId.get(choice.id) ?? []);
  const slots = scheduleOf(ordered.map(({ id, effort, prerequisites }) => ({ id, days: effort.days.likely, prerequisites })), weights.engineers);
  const closed = new Set<string>();
  const items = choices.flatMap(({ id, removed, unlocked }): RoadmapItem[] => {
    const action = byId.get(id);
    const slot = slots.get(id);
    if (!action || !slot) return [];
    const closes = reviewed.findings.filter((finding) => closings.get(id)?.get(finding.id) === 1 && !closed.has(finding.id));
    const eases = reviewed.findings.filter((finding) => (closings.get(id)?.get(finding.id) ?? 1) < 1 && !closed.has(finding.id));
    for (const finding of closes) closed.add(finding.id);
    const severity = gravest(closes.length > 0 ? closes : action.findings);
    const mode = action.findings[0] && failureModeOf(action.findings[0]);
    const published = mode && PREVENTION[mode];
    return [{ action, severity, closes, eases, removes: removed / risk, unlocks: unlocked / risk, quadrant: quadrantOf(severity, action.effort.size), slot, ...(published && { published }) }];
  });
  const top = items.slice(0, weights.size);
  const scores = scoresAfter(context, top.map(({ action }) => action.changes));
  return { top: top.map((item, index) => ({ ...item, ...(scores[index] && { after: scores[index] }) })), backlog: items.slice(weights.size), risk, before: reviewed.score.index };
}

function candidateOf({ id, findings, effort, prerequisites }: Action, closes: Closing): Candidate {
  // A critical finding comes first where it can be closed within a month, whatever else the action is done to.
  const urgent = findings.some(({ severity, remedy }) => severity === 'critical' && remedy.effort.size !== 'L');
  return { id, closes, days: effort.days.likely, prerequisites, severity: SEVERITIES.indexOf(gravest(findings)), urgent };
}

function gravest(findings: readonly Finding[]): Severity {
  return SEVERITIES[Math.max(0, ...findings.map(({ severity }) => SEVERITIES.indexOf(severity)))] ?? 'low';
}

/** The score after each of several steps, all before it included. */
function scoresAfter(context: Context, steps: readonly (readonly Change[])[]): Interval[] {
  let architecture: Architecture = context.architecture;
  return steps.map((changes) => {
    architecture = applyChanges(architecture, changes);
    return review(architecture, context).score.index;
  });
}
