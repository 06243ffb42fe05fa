import { presenceOf } from '../../model/statements.ts';
import type { Element } from '../../model/architecture.ts';

/** Whether something holds: `met`, confirmed `missing`, `open` where the file does not say, or it does not apply here. */
export type State = 'met' | 'missing' | 'open' | 'not-applicable';

/** Whether something holds, and which elements show it. */
export interface Judgement {
  readonly state: State;
  /** Names of the elements that show it, of which it is missing, or of which nobody says. */
  readonly by: readonly string[];
  /** A clause without a full stop that says why; plain text that may hold what the file says. */
  readonly because: string;
}

export const met = (because: string, ...by: readonly string[]): Judgement => ({ state: 'met', by, because });
export const missing = (because: string, ...by: readonly string[]): Judgement => ({ state: 'missing', by, because });
export const open = (because: string, ...by: readonly string[]): Judgement => ({ state: 'open', by, because });
export const notApplicable = (because: string): Judgement => ({ state: 'not-applicable', by: [], because });

const WORST_FIRST: readonly State[] = ['missing', 'open', 'met', 'not-applicable'];
const BEST_FIRST: readonly State[] = ['met', 'open', 'missing', 'not-applicable'];

/** Each of them must hold: the worst decides. What does not apply asks for nothing. */
export const every = (judgements: readonly Judgement[], none: Judgement): Judgement => decidedBy(judgements, WORST_FIRST, none);

/** One of them is enough: the best decides. */
export const some = (judgements: readonly Judgement[], none: Judgement): Judgement => decidedBy(judgements, BEST_FIRST, none);

function decidedBy(judgements: readonly Judgement[], order: readonly State[], none: Judgement): Judgement {
  const state = order.find((candidate) => judgements.some((judgement) => judgement.state === candidate));
  if (state === undefined) return none;
  const deciding = judgements.filter((judgement) => judgement.state === state);
  return { state, by: [...new Set(deciding.flatMap(({ by }) => by))], because: [...new Set(deciding.map(({ because }) => because))].filter((because) => because !== '').join('; ') };
}

/**
 * What a property says by itself: there, confirmed absent, or open. What is only planned is not there yet.
 * @param words What it is, with its article: `a fallback`.
 */
export function stated(element: Element, property: string, words: string): Judgement {
  const bare = words.replace(/^an? /, '');
  switch (presenceOf(element, property)) {
    case 'present':
      return met(`${element.name} has ${words}`, element.name);
    case 'absent':
      return missing(`${element.name} has no ${bare}`, element.name);
    case 'planned':
      return missing(`the ${bare} of ${element.name} is planned and not there yet`, element.name);
    case 'not-applicable':
      return notApplicable(`${bare} does not apply to ${element.name}`);
    case 'unknown':
    case 'undeclared':
      return open(`nobody says whether ${element.name} has ${words}`, element.name);
  }
}

/** Whether a quantity of which only bounds are known is at least, or at most, a limit. */
export function within(value: { readonly low: number; readonly high: number }, side: 'at least' | 'at most', limit: number): State {
  const [sure, impossible] = side === 'at least' ? [value.low >= limit, value.high < limit] : [value.high <= limit, value.low > limit];
  return sure ? 'met' : impossible ? 'missing' : 'open';
}
