import type { Review } from '../review.ts';
import { roadmapOf, type Roadmap } from '../roadmap/roadmap.ts';
import type { Context } from '../rule.ts';
import { derivedTarget, type TargetState } from '../target/target-state.ts';
import { declaredDecisions } from './declared.ts';
import { implicitDecisions } from './implicit.ts';
import { proposedRationales, roadmapDecisions } from './proposed.ts';
import type { DecisionRecord } from './record.ts';

/** The decisions of a file, and with `proposed` those that wait for somebody: of the roadmap, and what the model shows. */
export function decisionsOf(context: Context, review: Review, { proposed }: { readonly proposed: boolean }): DecisionRecord[] {
  return proposed ? allDecisions(context, review, roadmapOf(context, review), derivedTarget(context, review)) : declaredDecisions(context, review);
}

/** All of them, where roadmap and derived target are there already. */
export function allDecisions(context: Context, review: Review, { top }: Pick<Roadmap, 'top'>, target: TargetState | undefined): DecisionRecord[] {
  return [...declaredDecisions(context, review), ...roadmapDecisions(context, proposedRationales(context, top, target)), ...implicitDecisions(context, review)];
}
