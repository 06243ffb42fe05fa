import type { Acceptance } from '../model/architecture.ts';
import { checklist } from './checklist.ts';
import { EFFORTS, type AcceptedRisk, type Finding, type Severity } from './finding.ts';
import type { Check, Context } from './rule.ts';

/** Reasons that say nothing. */
export const PLACEHOLDERS = /^\W*(todo|tbd|fixme|xxx|reason|because|n\/?a|wip|later|none|explanation|\.*)\W*$/i;

/** Rules about acceptances themselves; they cannot be accepted. */
export const ACCEPTANCE_RULES: Readonly<Record<string, { title: string; severity: Severity }>> = {
  'accept/expired': { title: 'Look at the risk again: renew the acceptance with a reason, or remedy it.', severity: 'medium' },
  'accept/unused': { title: 'Remove the acceptance: nothing matches it any more.', severity: 'low' },
  'accept/unknown-id': { title: 'Name a check (ML18) or a rule (ML18.3).', severity: 'medium' },
  'accept/incomplete': { title: 'Give a reason, an owner and an expiry date.', severity: 'medium' },
  'accept/not-acceptable': { title: 'Remedy the finding: this rule cannot be accepted.', severity: 'medium' },
};

/** Parts findings into open and accepted ones, and finds fault with the acceptances themselves. */
export function judgeAcceptances(
  context: Context,
  findings: readonly Finding[],
  checks: readonly Check[] = checklist,
): { open: Finding[]; accepted: AcceptedRisk[]; problems: Finding[] } {
  const { acceptances, system } = context.architecture;
  const accepted = new Map<Finding, AcceptedRisk>();
  const problems: Finding[] = [];
  for (const acceptance of acceptances) {
    const problem = (rule: string, message: string) => problems.push(problemOf(rule, acceptance, system.name, message));
    const fault = faultOf(acceptance, checks);
    if (fault) {
      problem(fault.rule, fault.message);
      if (fault.rule === 'accept/unknown-id') continue;
    }
    const matching = findings.filter((finding) => matches(acceptance, finding, system.name));
    const until = texts(acceptance).until;
    const expired = until !== undefined && until < context.today;
    if (expired) problem('accept/expired', `The acceptance of ${acceptance.rule} expired on ${until}${matching.length > 0 ? '; its findings are open again' : ', and no finding of it is open: remove it'}.`);
    else if (matching.length === 0) problem('accept/unused', `No finding of ${acceptance.rule}${acceptance.subject ? ` on ${acceptance.subject}` : ''} is open.`);
    else if (!fault) accept(acceptance, matching, accepted, problem);
  }
  return { open: findings.filter((finding) => !accepted.has(finding)), accepted: [...accepted.values()], problems };
}

function accept(acceptance: Acceptance, matching: readonly Finding[], accepted: Map<Finding, AcceptedRisk>, problem: (rule: string, message: string) => void): void {
  for (const finding of matching) {
    if (ruleOf(finding.rule)?.acceptable === false) {
      problem('accept/not-acceptable', `${finding.rule} cannot be accepted.`);
      continue;
    }
    const { because, by, until } = texts(acceptance);
    accepted.set(finding, { finding, because: because ?? '', by: by ?? '', until: until ?? '', span: acceptance.span });
  }
}

function faultOf(acceptance: Acceptance, checks: readonly Check[]): { rule: string; message: string } | undefined {
  const { because, by, until } = texts(acceptance);
  const known = checks.some((check) => check.id === acceptance.rule || check.rules.some((rule) => rule.id === acceptance.rule));
  if (!known) return { rule: 'accept/unknown-id', message: `${acceptance.rule} is neither a check nor a rule.` };
  const lacking = [because === undefined && 'a reason (because)', by === undefined && 'an owner (by)', until === undefined && 'an expiry date (until)'].filter(Boolean);
  if (lacking.length > 0) return { rule: 'accept/incomplete', message: `The acceptance of ${acceptance.rule} lacks ${lacking.join(', ')}, so it has no effect.` };
  if (PLACEHOLDERS.test(because ?? '')) return { rule: 'accept/incomplete', message: `The reason "${because}" is a placeholder, so the acceptance has no effect.` };
  return undefined;
}

function texts(acceptance: Acceptance): { because?: string; by?: string; until?: string } {
  const of = (key: 'because' | 'by' | 'until') => {
    const stated = acceptance.properties[key];
    return stated?.state === 'present' ? stated.value : undefined;
  };
  return { because: of('because'), by: of('by'), until: of('until') };
}

function matches(acceptance: Acceptance, finding: Finding, system: string): boolean {
  if (finding.rule !== acceptance.rule && finding.check !== acceptance.rule) return false;
  if (acceptance.subject === undefined || acceptance.subject === system) return true;
  return finding.component === `${system}.${acceptance.subject}`;
}

const ruleOf = (id: string) => checklist.flatMap((check) => check.rules).find((rule) => rule.id === id);

function problemOf(rule: string, acceptance: Acceptance, system: string, message: string): Finding {
  const { title, severity } = ACCEPTANCE_RULES[rule] ?? { title: '', severity: 'low' as const };
  const component = acceptance.subject && acceptance.subject !== system ? `${system}.${acceptance.subject}` : system;
  return {
    id: `${rule}@${component}/${acceptance.rule}`,
    rule,
    check: 'accept',
    type: 'weak',
    severity,
    confidence: 1,
    message,
    why: 'A risk is accepted for a reason, by somebody, until a day; otherwise it is only silenced.',
    component,
    span: acceptance.span,
    path: [],
    remedy: { title, changes: [], effort: EFFORTS.S, impact: 'Accountable acceptances', prerequisites: [] },
  };
}

/** Whether findings of a rule may be accepted at all. */
export const isAcceptable = (rule: string): boolean => ruleOf(rule)?.acceptable !== false && !Object.hasOwn(ACCEPTANCE_RULES, rule);
