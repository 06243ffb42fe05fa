import { checks } from './checks/all.ts';
import { criteria } from './criteria/all.ts';
import type { Architecture } from '../model/architecture.ts';
import { customChecks } from './custom-rules/groups.ts';
import type { Check } from './rule.ts';

/** Everything that is reviewed: the 20 checks, and the criteria beyond them. */
export const checklist: readonly Check[] = [...checks, ...criteria];

/** The checks with the rules of the team's own that apply to a system. */
export const withCustomRules = (checks: readonly Check[], { rules }: Pick<Architecture, 'rules'>): readonly Check[] => (rules.length === 0 ? checks : [...checks, ...customChecks(rules)]);

/** Every check that one of some reviews asked, each group once; the checklist where there are none. */
export function checksOf(reviews: readonly { readonly checks: readonly Check[] }[]): readonly Check[] {
  const found = new Map(checklist.map((check) => [check.id, check]));
  for (const { checks } of reviews) {
    for (const check of checks) {
      const known = found.get(check.id);
      if (!known || known === check) found.set(check.id, check);
      else found.set(check.id, { ...known, rules: [...known.rules, ...check.rules.filter(({ id }) => !known.rules.some((rule) => rule.id === id))] });
    }
  }
  return [...found.values()];
}
