import type { Component, Element, Stated } from '../model/architecture.ts';
import { componentsOf, isKindAbsent, presenceOf, statementOf } from '../model/statements.ts';
import type { Kind } from '../model/vocabulary/vocabulary.ts';
import { gap, notApplicable, question, satisfied, weak, type Context, type FindingDetails, type Outcome } from './rule.ts';

/**
 * The three-valued judgement that most rules share: present satisfies, absent is a gap, undeclared is a question,
 * `unknown` is a question that the team could not answer, `n/a` does not apply, `planned` is weak until it is there.
 */
export function judgePresence(subject: Element, property: string, say: { ask: string; missing: FindingDetails }): Outcome {
  const stated = statementOf(subject, property);
  switch (presenceOf(subject, property)) {
    case 'present':
      return satisfied(subject, { evidence: evidenceOf(stated) });
    case 'absent':
      return gap(subject, { at: stated ? property : undefined, ...say.missing });
    case 'planned':
      return weak(subject, { ...say.missing, at: property, message: `${say.missing.message} It is planned by ${plannedBy(stated)}.` });
    case 'not-applicable':
      return notApplicable(reasonOf(stated), subject);
    case 'unknown':
      return { ...question(subject, property, say.ask), statedUnknown: true };
    case 'undeclared':
      return question(subject, property, say.ask);
  }
}

/** Whether a component of a kind exists: found ones, or `absent` where the author says so (`registry none`, or a complete layer), or `undeclared`. */
export function existenceOf<K extends Kind>(
  context: Context,
  kind: K,
  filter: (component: Component<K>) => boolean = () => true,
): { readonly found: readonly Component<K>[]; readonly presence: 'present' | 'absent' | 'undeclared' } {
  const found = componentsOf(context.architecture, kind).filter(filter);
  if (found.length > 0) return { found, presence: 'present' };
  return { found, presence: isKindAbsent(context.architecture, kind) ? 'absent' : 'undeclared' };
}

/** A gap where the absence is confirmed, a question where nobody said anything. */
export function missing(presence: 'absent' | 'undeclared', subject: Element, say: { ask: string; property?: string; missing: FindingDetails }): Outcome {
  return presence === 'absent' ? gap(subject, say.missing) : question(subject, say.property, say.ask, say.missing.about);
}

export const evidenceOf = (stated: Stated | undefined) => (stated?.state === 'present' || stated?.state === 'none' ? stated.evidence : undefined);
const plannedBy = (stated: Stated | undefined): string => (stated?.state === 'planned' ? stated.by : '');
const reasonOf = (stated: Stated | undefined): string => (stated?.state === 'not-applicable' ? stated.because : '');
