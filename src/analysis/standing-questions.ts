import type { Architecture } from '../model/architecture.ts';
import { presenceOf } from '../model/statements.ts';
import type { Question } from './finding.ts';

const ASKED = {
  stage: 'How far is this system: prototype, pilot or production? Until it is said, it is judged as production.',
  criticality: 'What does a failure of this system cost: is its criticality low, medium, high or critical? Until it is said, it is judged as medium.',
} as const;

/** What moves every severity comes before all other questions. */
export function standingQuestions({ system }: Architecture): Question[] {
  return Object.entries(ASKED)
    .filter(([property]) => ['undeclared', 'unknown'].includes(presenceOf(system, property)))
    .map(([property, message]) => ({
      id: `system/${property}@${system.name}`,
      rule: `system/${property}`,
      check: 'system',
      message,
      component: system.name,
      span: system.nameSpan,
      property,
      value: 10,
    }));
}
