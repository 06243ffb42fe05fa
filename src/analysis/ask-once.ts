import type { SystemElement } from '../model/architecture.ts';
import { question, type Outcome, type QuestionOutcome } from './rule.ts';

/** Up to this many components are asked one by one; a platform with more is asked once. */
export const ONE_BY_ONE = 3;

/**
 * Asks the system once what more components than a few would be asked in the same words, each with its own name in
 * them: “What does each of A, B, C and 9 more log …?”. Everything else passes as it is.
 */
export function* askedOnce(system: SystemElement, outcomes: Iterable<Outcome>): Iterable<Outcome> {
  const alike = new Map<string, QuestionOutcome[]>();
  for (const outcome of outcomes) {
    // What is stated to be unknown may be a finding, and that is shown where it is stated.
    if (outcome.outcome !== 'question' || outcome.statedUnknown === true) {
      yield outcome;
      continue;
    }
    const key = JSON.stringify([outcome.subject.kind, outcome.property, withoutName(outcome, '…')]);
    const group = alike.get(key);
    if (group) group.push(outcome);
    else alike.set(key, [outcome]);
  }
  let merged = 0;
  for (const group of alike.values()) {
    const [first] = group as [QuestionOutcome];
    if (group.length <= ONE_BY_ONE) yield* group;
    else yield question(system, undefined, askedOfAll(group), merged++ === 0 ? undefined : first.subject.name);
  }
}

const withoutName = ({ subject, message }: QuestionOutcome, instead: string): string => message.replace(new RegExp(`(?<![\\w-])${subject.name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w-])`, 'g'), () => instead);

/** The system has no such property, so the question says what to declare. */
function askedOfAll(group: readonly QuestionOutcome[]): string {
  const [first] = group as [QuestionOutcome];
  const names = group.slice(0, ONE_BY_ONE).map(({ subject }) => subject.name);
  const message = withoutName(first, `each of ${names.join(', ')} and ${group.length - names.length} more`);
  return first.property === undefined || message.includes('`') ? message : `${message} Declare \`${first.property}\` of each.`;
}
