import { verdictState, type VerdictState } from '../../analysis/diligence/verdict-state.ts';
import type { Review } from '../../analysis/review.ts';
import { STRENGTHS } from './plain-words.ts';

export interface Strength {
  readonly check: string;
  readonly text: string;
  readonly basis: VerdictState['basis'];
}

const BASES = ['verified', 'linked', 'declared'] as const;

/** Checks that hold in every rule that could be decided, the best backed first. */
export function strengthsOf(review: Review): Strength[] {
  const held = Object.entries(STRENGTHS).flatMap(([check, text]): Strength[] => {
    const { state, basis } = verdictState(review, [check]);
    return state === 'holds' ? [{ check, text, basis }] : [];
  });
  return held.sort((a, b) => BASES.indexOf(a.basis) - BASES.indexOf(b.basis));
}

/** `as declared`, `with evidence that was found`. */
export const BASIS_WORDS = { declared: 'as declared', linked: 'declared with links', verified: 'with files that were found' } as const;
