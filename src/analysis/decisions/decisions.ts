import type { Review } from '../review.ts';
import type { Context } from '../rule.ts';
import { declaredDecisions } from './declared.ts';
import { implicitDecisions } from './implicit.ts';
import { roadmapDecisions } from './proposed.ts';
import type { DecisionRecord } from './record.ts';

/** The decisions of a file, and with `proposed` those that wait for somebody: of the roadmap, and what the model shows. */
export function decisionsOf(context: Context, review: Review, { proposed }: { readonly proposed: boolean }): DecisionRecord[] {
  return [...declaredDecisions(context, review), ...(proposed ? [...roadmapDecisions(context, review), ...implicitDecisions(context, review)] : [])];
}
