import { compare, type SystemComparison } from '../../analysis/comparison/compare.ts';
import { besideBill, type BesideBill } from '../../analysis/estimation/beside-bill.ts';
import { estimate, USUAL_MULTIPLES, type Estimation } from '../../analysis/estimation/estimate.ts';
import type { Review } from '../../analysis/review.ts';
import { roadmapOf, type Roadmap } from '../../analysis/roadmap/roadmap.ts';
import type { Context } from '../../analysis/rule.ts';
import { notRecommended, type NotRecommended } from '../../analysis/target/not-recommended.ts';
import { rationaleOf, type Rationale } from '../../analysis/target/rationale.ts';
import { declaredTargets, derivedTarget, type TargetState } from '../../analysis/target/target-state.ts';
import type { Picture } from '../document/block.ts';

/** Everything that a report of one system is written from. The sections read it and work nothing out by themselves. */
export interface ReportSubject {
  readonly context: Context;
  readonly review: Review;
  /** At today’s peak and multiples of it. */
  readonly estimation: Estimation;
  readonly beside: BesideBill;
  readonly roadmap: Roadmap;
  /** What the remedies make of the system, with why, beside what is there today. */
  readonly target?: ReportTarget;
  /** Targets that the file declares. */
  readonly declared: readonly ReportTarget[];
  readonly notRecommended: readonly NotRecommended[];
  /** Diagrams by view and state: `system-current`, `serving-current`, `system-diff`. */
  readonly pictures: ReadonlyMap<string, Picture>;
  readonly provenance: Provenance;
  /** For people outside the company: no names of people, no files, hosts or links of the file, no details that help an attacker. */
  readonly redact: boolean;
}

export interface ReportTarget {
  readonly state: TargetState;
  readonly comparison: SystemComparison;
  /** Of each step of a derived target. */
  readonly rationales: readonly Rationale[];
}

export interface Provenance {
  /** Of mlarch, whose rules were applied. */
  readonly version: string;
  /** Of the file: its commit, where it is in a repository. */
  readonly commit?: string;
  /** SHA-256 over the texts that the system was read from, hexadecimal. */
  readonly digest: string;
  /** Files that the system was read from. */
  readonly files: readonly string[];
}

export type SubjectOptions = Pick<ReportSubject, 'pictures' | 'provenance' | 'redact'>;

/** What a report says of the future of a system. */
export type TargetSubject = Pick<ReportSubject, 'context' | 'review' | 'roadmap' | 'target' | 'declared' | 'notRecommended'>;

/** Works out everything that a report says of a reviewed system. */
export function reportSubject(context: Context, review: Review, options: SubjectOptions): ReportSubject {
  return { ...targetSubject(context, review), estimation: estimate(context, USUAL_MULTIPLES), beside: besideBill(context), ...options };
}

/** Works out target states and roadmap alone. */
export function targetSubject(context: Context, review: Review): TargetSubject {
  const derived = derivedTarget(context, review);
  return {
    context,
    review,
    roadmap: roadmapOf(context, review),
    ...(derived && { target: reportTarget(context, review, derived) }),
    declared: declaredTargets(context, review).map((state) => reportTarget(context, review, state)),
    notRecommended: notRecommended({ ...context, architecture: derived?.architecture ?? context.architecture }),
  };
}

function reportTarget(context: Context, review: Review, state: TargetState): ReportTarget {
  const { architecture } = state;
  const before = { architecture: context.architecture, review, estimation: estimate(context, [1]) };
  const after = { architecture, review: state.review, estimation: estimate({ ...context, architecture }, [1]) };
  return { state, comparison: compare(before, after), rationales: state.steps.map((action) => rationaleOf(context, action, architecture)) };
}
