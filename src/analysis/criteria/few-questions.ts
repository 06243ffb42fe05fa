import type { SystemElement } from '../../model/architecture.ts';
import { ONE_BY_ONE } from '../ask-once.ts';
import { question, type Outcome, type QuestionOutcome } from '../rule.ts';
import { listed } from '../training/in-house.ts';

/**
 * Passes outcomes on, and asks the system once where more components than a few would be asked, in words of its own
 * for all of them. The name in a question is what it is about, else its subject.
 */
export function* fewQuestions(system: SystemElement, outcomes: Iterable<Outcome>, ofAll: (names: string) => string): Iterable<Outcome> {
  const asked: QuestionOutcome[] = [];
  for (const outcome of outcomes) {
    // What is stated to be unknown may be a finding, and that is shown where it is stated.
    if (outcome.outcome === 'question' && outcome.statedUnknown !== true) asked.push(outcome);
    else yield outcome;
  }
  if (asked.length <= ONE_BY_ONE) yield* asked;
  else yield question(system, undefined, ofAll(listed([...new Set(asked.map(({ subject, about }) => about ?? subject.name))])));
}
