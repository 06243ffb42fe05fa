import { checksOf } from '../checklist.ts';
import type { Review, RuleVerdict } from '../review.ts';
import { sourcesOf, type Check } from '../rule.ts';
import { citationOf } from './citations.ts';
import type { Framework, Item } from './framework.ts';

/** What a review says of one item of a framework, by the rules that cite it. */
export interface ItemCoverage {
  readonly item: Item;
  /**
   * `open`: a rule that cites it has a finding. `asked`: none has, and one has an open question. `accepted`: its findings
   * are accepted. `covered`: every rule that applies holds. `not-applicable`: none applies. `uncovered`: no rule cites it.
   */
  readonly state: 'open' | 'asked' | 'accepted' | 'covered' | 'not-applicable' | 'uncovered';
  readonly rules: readonly { readonly rule: string; readonly verdict: RuleVerdict['verdict'] | 'off' }[];
}

export interface FrameworkCoverage {
  readonly framework: Framework;
  readonly system: string;
  readonly items: readonly ItemCoverage[];
}

/** Coverage by the ids of a framework. A rule of a pack that is off counts as not applicable. */
export function coverageOf(framework: Framework, { system, verdicts, checks: reviewed }: Review, checks: readonly Check[] = checksOf([{ checks: reviewed }])): FrameworkCoverage {
  const byRule = new Map(verdicts.map(({ rule, verdict }) => [rule, verdict]));
  const citing = new Map<string, Set<string>>();
  for (const check of checks) {
    for (const rule of check.rules) {
      for (const source of sourcesOf(check, rule)) {
        const citation = citationOf(source);
        if (citation?.framework !== framework) continue;
        for (const { id } of citation.items) citing.set(id, (citing.get(id) ?? new Set()).add(rule.id));
      }
    }
  }
  const items = framework.items.map((item): ItemCoverage => {
    const rules = [...(citing.get(item.id) ?? [])].map((rule) => ({ rule, verdict: byRule.get(rule) ?? ('off' as const) }));
    return { item, state: stateOf(rules.map(({ verdict }) => verdict)), rules };
  });
  return { framework, system, items };
}

function stateOf(verdicts: readonly (RuleVerdict['verdict'] | 'off')[]): ItemCoverage['state'] {
  if (verdicts.length === 0) return 'uncovered';
  if (verdicts.includes('finding')) return 'open';
  if (verdicts.includes('question') || verdicts.includes('failed')) return 'asked';
  if (verdicts.includes('accepted')) return 'accepted';
  return verdicts.includes('satisfied') ? 'covered' : 'not-applicable';
}
