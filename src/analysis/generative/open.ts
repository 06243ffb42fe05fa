import type { Element } from '../../model/architecture.ts';
import { presenceOf } from '../../model/statements.ts';
import { plannedInstead } from '../deployment/planned.ts';
import { question, type Outcome } from '../rule.ts';

/** A question on a property that nobody has answered; a weakness where it is planned. */
export function openOn(subject: Element, property: string, say: { readonly ask: string; readonly lacking: string; readonly about?: string }): Outcome {
  const planned = plannedInstead(subject, property, { message: say.lacking, about: say.about });
  return planned ?? { ...question(subject, property, say.ask, say.about), statedUnknown: presenceOf(subject, property) === 'unknown' };
}
