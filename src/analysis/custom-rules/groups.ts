import { prefixOf, type CustomRule } from '../../model/custom-rule.ts';
import type { Check, Rule } from '../rule.ts';
import { evaluateCustomRule } from './evaluate.ts';

/** What a group is called whose file says nothing. */
const UNTITLED = 'Rules of this team';

const groups = new WeakMap<readonly CustomRule[], readonly Check[]>();
const known = new WeakMap<CustomRule, Rule>();

/** The rules of a team as groups of the checklist, one for each prefix. They do not enter the score. */
export function customChecks(rules: readonly CustomRule[]): readonly Check[] {
  let checks = groups.get(rules);
  if (!checks) groups.set(rules, (checks = [...byPrefix(rules)].map(([id, members]) => groupOf(id, members))));
  return checks;
}

function byPrefix(rules: readonly CustomRule[]): Map<string, CustomRule[]> {
  const found = new Map<string, CustomRule[]>();
  for (const rule of rules) {
    const id = prefixOf(rule.id);
    const group = found.get(id);
    if (group) group.push(rule);
    else found.set(id, [rule]);
  }
  return found;
}

function groupOf(id: string, rules: readonly CustomRule[]): Check {
  return {
    id,
    slug: slugOf(id),
    title: rules.find(({ group }) => group !== undefined)?.group ?? UNTITLED,
    category: 'deployment',
    question: 'Does the system keep to the rules that the team set itself?',
    redFlag: 'A rule of the team is broken, and nobody decided that.',
    failureMode: 'infrastructure',
    sources: [],
    applies: () => true,
    rules: rules.map(ruleOf),
    beyond: true,
    custom: true,
  };
}

function ruleOf(rule: CustomRule): Rule {
  let made = known.get(rule);
  if (!made) known.set(rule, (made = newRule(rule)));
  return made;
}

const newRule = (rule: CustomRule): Rule => ({
  id: rule.id,
  slug: slugOf(rule.title),
  title: rule.title,
  type: rule.type,
  severity: rule.severity,
  why: rule.why === '' ? 'The team set itself this rule.' : rule.why,
  remediation: rule.remedy ?? `See to it: ${rule.title}.`,
  effort: rule.effort,
  falsePositives: 'Where the file leaves out what the rule asks for, declare it; where the rule does not fit, accept the finding with a reason.',
  sources: rule.sources,
  ...(rule.fixed ? { fixed: true } : {}),
  evaluate: ({ architecture }) => evaluateCustomRule(architecture, rule),
});

/** `stores-of-personal-data-are-backed-up`, short enough for a name. */
const slugOf = (title: string): string => title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-+|-+$/g, '').slice(0, 60);
