import type { Context, Outcome, Rule } from '../rule.ts';

const cache = new WeakMap<Context, Map<string, readonly Outcome[]>>();

/**
 * What a rule of the 20 checks says in a review, so that a criterion does not say or ask the same again. The
 * rule is evaluated once for all criteria that look at it.
 */
export function saidBy(context: Context, rule: Rule): readonly Outcome[] {
  let byRule = cache.get(context);
  if (!byRule) cache.set(context, (byRule = new Map()));
  let outcomes = byRule.get(rule.id);
  if (!outcomes) byRule.set(rule.id, (outcomes = [...rule.evaluate(context)]));
  return outcomes;
}

/** Names of the elements of which a rule finds something or asks about a property. */
export const namedBy = (context: Context, rule: Rule): ReadonlySet<string> =>
  new Set(saidBy(context, rule).flatMap((outcome) => (outcome.outcome === 'satisfied' || outcome.outcome === 'not-applicable' ? [] : [outcome.subject.name])));
