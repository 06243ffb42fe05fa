import { applyChanges } from '../../model/apply-changes.ts';
import type { Architecture, Change, Target } from '../../model/architecture.ts';
import type { Finding } from '../finding.ts';
import { review, type Review } from '../review.ts';
import type { Action } from '../roadmap/action.ts';
import { sharesGone } from '../roadmap/closing.ts';
import type { Context } from '../rule.ts';
import { deriveTarget } from './derived.ts';

/** What a system is to become, reviewed again: as its author declares it, or as the remedies of the review would make it. */
export interface TargetState {
  readonly origin: 'declared' | 'derived';
  /** Name of the declared target, or how many actions were applied. */
  readonly title: string;
  readonly architecture: Architecture;
  readonly review: Review;
  readonly changes: readonly Change[];
  /** Of a derived target, in their order. */
  readonly steps: readonly Action[];
  /** Of a declared one. */
  readonly declared?: Target;
  /** Findings that the target no longer has. */
  readonly closed: readonly Finding[];
  /** Findings that nobody could confirm in the target: what they rest on is asked there. */
  readonly asked: readonly Finding[];
  /** Findings that only the target has. */
  readonly opened: readonly Finding[];
  /** Findings that both have. */
  readonly left: readonly Finding[];
}

/** The declared target, the first where there are several; else the derived one. Undefined where there is neither. */
export function targetStateOf(context: Context, reviewed: Review): TargetState | undefined {
  return declaredTargets(context, reviewed)[0] ?? derivedTarget(context, reviewed);
}

const declared = new WeakMap<Review, readonly TargetState[]>();
const derived = new WeakMap<Review, { readonly target: TargetState | undefined }>();

/** Every target that the file declares, worked out once for each review. */
export function declaredTargets(context: Context, reviewed: Review): readonly TargetState[] {
  let known = declared.get(reviewed);
  if (!known) declared.set(reviewed, (known = context.architecture.targets.map((target) => declaredState(context, reviewed, target))));
  return known;
}

/** The target that the remedies make, whatever the file declares; worked out once for each review. */
export function derivedTarget(context: Context, reviewed: Review): TargetState | undefined {
  let known = derived.get(reviewed);
  if (!known) derived.set(reviewed, (known = { target: derivedState(context, reviewed) }));
  return known.target;
}

function declaredState(context: Context, reviewed: Review, target: Target): TargetState {
  const architecture = applyChanges(context.architecture, target.changes);
  const after = review(architecture, context);
  return { origin: 'declared', title: target.name, architecture, review: after, changes: target.changes, steps: [], declared: target, ...movedFindings(context, reviewed, after) };
}

function derivedState(context: Context, reviewed: Review): TargetState | undefined {
  const target = deriveTarget(context, reviewed);
  if (!target) return undefined;
  const { architecture, review: after, steps } = target;
  const changes = steps.flatMap((step) => step.changes);
  const applied = steps.filter((step) => step.changes.length > 0).length;
  return { origin: 'derived', title: `${applied} ${applied === 1 ? 'remedy' : 'remedies'} of critical and high findings`, architecture, review: after, changes, steps, ...movedFindings(context, reviewed, after) };
}

function movedFindings(context: Context, before: Review, after: Review): Pick<TargetState, 'closed' | 'asked' | 'opened' | 'left'> {
  const gone = new Map(sharesGone(context, before, after));
  const then = new Set(after.findings.map(({ id }) => id));
  const now = new Set(before.findings.map(({ id }) => id));
  const absent = before.findings.filter(({ id }) => !then.has(id));
  return {
    closed: absent.filter(({ id }) => gone.get(id) === 1),
    asked: absent.filter(({ id }) => gone.get(id) !== 1),
    opened: after.findings.filter(({ id }) => !now.has(id)),
    left: after.findings.filter(({ id }) => now.has(id)),
  };
}
