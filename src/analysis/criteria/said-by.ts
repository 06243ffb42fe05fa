import type { Context, Outcome, Rule } from '../rule.ts';

const said = new WeakMap<Context, Map<Rule, readonly Outcome[]>>();

/** What a rule says in a review. It is evaluated once, for the review and for all that look at it. */
export function* outcomesOf(context: Context, rule: Rule): Iterable<Outcome> {
  let byRule = said.get(context);
  if (!byRule) said.set(context, (byRule = new Map()));
  const known = byRule.get(rule);
  if (known) return yield* known;
  const outcomes: Outcome[] = [];
  for (const outcome of rule.evaluate(context)) {
    outcomes.push(outcome);
    yield outcome;
  }
  byRule.set(rule, outcomes);
}

/** A review outlives what its rules said. */
export const forgetSaid = (context: Context): boolean => said.delete(context);

/** What another rule says, so that a criterion does not say or ask the same again. */
export const saidBy = (context: Context, rule: Rule): readonly Outcome[] => [...outcomesOf(context, rule)];

/** Names of the elements of which a rule finds something or asks about a property. */
export const namedBy = (context: Context, rule: Rule): ReadonlySet<string> =>
  new Set(saidBy(context, rule).flatMap((outcome) => (outcome.outcome === 'satisfied' || outcome.outcome === 'not-applicable' ? [] : [outcome.subject.name])));
