import { checklist } from './checklist.ts';
import type { Check, Rule } from './rule.ts';

const known = new WeakMap<readonly Check[], ReadonlyMap<string, { readonly check: Check; readonly rule: Rule }>>();

/** A rule by its id, with its check: among those that a review asked, or else in the checklist. */
export function findRule(id: string, checks: readonly Check[] = checklist): { readonly check: Check; readonly rule: Rule } | undefined {
  return indexOf(checks).get(id) ?? (checks === checklist ? undefined : indexOf(checklist).get(id));
}

function indexOf(checks: readonly Check[]): ReadonlyMap<string, { readonly check: Check; readonly rule: Rule }> {
  let index = known.get(checks);
  if (!index) known.set(checks, (index = new Map(checks.flatMap((check) => check.rules.map((rule) => [rule.id, { check, rule }] as const)))));
  return index;
}
