import { evaluateCustomRule } from '../../src/analysis/custom-rules/evaluate.ts';
import type { Outcome } from '../../src/analysis/rule.ts';
import type { LoweredProject } from '../../src/language/lowering/lower-project.ts';
import { loadText } from './load.ts';

/** One rule with the lines given, beside a system with the members given. */
export const ruleAnd = (lines: string, members: string): string => `rule ACME-01 "It holds" {\n  message "{kind} {name} {target} {path}"\n${lines}\n}\n\nsystem S {\n${members}\n}\n`;

/** What the rule says of the system: `finding Orders: message`, `question Orders.backup`, `satisfied Orders`. */
export function saidOf(lines: string, members: string): string[] {
  const { architectures, problems } = loadText(ruleAnd(lines, members));
  const [architecture] = architectures;
  const [rule] = architecture?.rules ?? [];
  const errors = problems.filter(({ severity }) => severity === 'error').map(({ message }) => message);
  if (!architecture || !rule || errors.length > 0) throw new Error(`Cannot be read: ${errors.join(' ')}`);
  return [...evaluateCustomRule(architecture, rule)].map(shown);
}

function shown(outcome: Outcome): string {
  const name = outcome.subject?.name ?? '';
  if (outcome.outcome === 'question') return `question ${name}${outcome.property === undefined ? '' : `.${outcome.property}`}`;
  if ('message' in outcome) return `${outcome.outcome} ${outcome.message}`.trim();
  return `${outcome.outcome} ${name}`;
}

/** The verdict on the one subject: true, false, unknown, or n/a. */
export function verdictOf(condition: string, members: string, subject = 'store'): string {
  const [first = ''] = saidOf(`  for ${subject}\n  require ${condition}`, members);
  return { satisfied: 'true', gap: 'false', weak: 'planned', question: 'unknown', 'not-applicable': 'n/a' }[first.split(' ')[0] ?? ''] ?? first;
}

/** Code, place and message of every problem, as `2:11 unknown-property A store has …`. */
export const problemsOf = ({ problems }: Pick<LoweredProject, 'problems'>): string[] => problems.map(({ code, message, span: { range: { start } } }) => `${start.line + 1}:${start.character + 1} ${code} ${message}`);
