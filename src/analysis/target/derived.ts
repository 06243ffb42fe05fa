import { applyChanges } from '../../model/apply-changes.ts';
import type { Architecture } from '../../model/architecture.ts';
import type { Severity } from '../finding.ts';
import { review, type Review } from '../review.ts';
import type { Action } from '../roadmap/action.ts';
import { actionsOf } from '../roadmap/actions.ts';
import { roadmapOf } from '../roadmap/roadmap.ts';
import type { Context } from '../rule.ts';

/** What the remedies of the critical and high findings make of a system. */
export interface DerivedTarget {
  readonly architecture: Architecture;
  readonly review: Review;
  /** What was done, in its order: prerequisites first, and last what the changes themselves made necessary. */
  readonly steps: readonly Action[];
}

export const isGrave = ({ severity }: { readonly severity: Severity }): boolean => severity === 'critical' || severity === 'high';

/** A change may open a finding, its remedy another; what is still open after so many rounds is reported as open. */
const ROUNDS = 3;

/**
 * The target derived from the roadmap: every action against a critical or high finding, with what has to come before it. Actions
 * whose findings others close are not in the roadmap and not here, so nothing is built twice. The result is reviewed again, and
 * what that newly finds to be critical or high is remedied too. Undefined where no remedy changes the file.
 */
export function deriveTarget(context: Context, reviewed: Review): DerivedTarget | undefined {
  let steps = graveSteps(context, reviewed);
  if (steps.every(({ changes }) => changes.length === 0)) return undefined;
  const known = new Set(reviewed.findings.map(({ id }) => id));
  for (let round = 0; ; round += 1) {
    const architecture = applyChanges(context.architecture, steps.flatMap(({ changes }) => changes));
    const after = review(architecture, context);
    const opened = after.findings.filter((finding) => isGrave(finding) && !known.has(finding.id) && finding.remedy.changes.length > 0);
    if (opened.length === 0 || round === ROUNDS) return { architecture, review: after, steps };
    for (const { id } of opened) known.add(id);
    steps = [...steps, ...actionsOf(architecture, opened)];
  }
}

function graveSteps(context: Context, reviewed: Review): readonly Action[] {
  const { top, backlog } = roadmapOf(context, reviewed);
  const items = [...top, ...backlog];
  const ordered = items.map(({ action }) => action);
  // An action against something milder may be the one that closes something grave on its way.
  const wanted = new Set(items.filter(({ action, closes }) => action.findings.some(isGrave) || closes.some(isGrave)).map(({ action }) => action.id));
  const byId = new Map(ordered.map((action) => [action.id, action]));
  for (const id of wanted) for (const before of byId.get(id)?.prerequisites ?? []) if (byId.has(before)) wanted.add(before);
  return ordered.filter(({ id }) => wanted.has(id));
}
