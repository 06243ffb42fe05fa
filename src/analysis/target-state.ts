import { applyChanges } from '../model/apply-changes.ts';
import type { Architecture, Change } from '../model/architecture.ts';
import type { Review } from './review.ts';

/** What a system is to become: as its author declares it, or as the remedies of the review would make it. */
export interface TargetState {
  readonly architecture: Architecture;
  readonly origin: 'declared' | 'derived';
  /** Name of the declared target, or how many remedies were applied. */
  readonly title: string;
}

const GRAVE: ReadonlySet<string> = new Set(['critical', 'high']);

/**
 * The declared target, the first where there are several; else the remedies of the findings that count as errors, critical
 * ones first. Undefined where there is neither.
 */
export function targetStateOf(architecture: Architecture, review: Pick<Review, 'findings'>): TargetState | undefined {
  const known = targets.get(review);
  if (known) return known;
  const target = computeTarget(architecture, review);
  if (target) targets.set(review, target);
  return target;
}

/** By review, so that what is worked out for a target holds for every picture and report of it. */
const targets = new WeakMap<Pick<Review, 'findings'>, TargetState>();

function computeTarget(architecture: Architecture, { findings }: Pick<Review, 'findings'>): TargetState | undefined {
  const [declared] = architecture.targets;
  if (declared) return { architecture: applyChanges(architecture, declared.changes), origin: 'declared', title: declared.name };
  const grave = findings.filter(({ severity, remedy }) => GRAVE.has(severity) && remedy.changes.length > 0);
  if (grave.length === 0) return undefined;
  const changes: Change[] = grave.flatMap(({ remedy }) => remedy.changes);
  return { architecture: applyChanges(architecture, changes), origin: 'derived', title: `${grave.length} ${grave.length === 1 ? 'remedy' : 'remedies'} of critical and high findings` };
}
