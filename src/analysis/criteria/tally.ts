import type { Review } from '../review.ts';
import type { Pack } from './packs.ts';

/** How the criteria beyond the 20 checks stand in one review. */
export interface CriteriaTally {
  /** Criteria that are on and apply to the system. */
  readonly applicable: number;
  readonly hold: number;
  readonly open: number;
  readonly asked: number;
  readonly accepted: number;
  readonly on: readonly Pack[];
  readonly off: readonly Pack[];
}

/** Whether a rule is a criterion beyond the 20 checks, by its id: `REL-01` and not `ML09.3`. */
export const isCriterion = (rule: string): boolean => rule.includes('-');

export function criteriaTally({ verdicts, packs }: Pick<Review, 'verdicts' | 'packs'>): CriteriaTally {
  const own = verdicts.filter(({ rule, verdict }) => isCriterion(rule) && verdict !== 'not-applicable');
  const count = (wanted: string): number => own.filter(({ verdict }) => verdict === wanted).length;
  return {
    applicable: own.length,
    hold: count('satisfied'),
    open: count('finding'),
    asked: count('question'),
    accepted: count('accepted'),
    on: packs.filter(({ on }) => on).map(({ pack }) => pack),
    off: packs.filter(({ on }) => !on).map(({ pack }) => pack),
  };
}

/** `Beyond the 20 checks: 60 criteria apply, 20 hold, 6 with findings, 34 with questions (packs on: llm, rag).` */
export function tallyText({ applicable, hold, open, asked, accepted, on }: CriteriaTally): string {
  const parts = [`${applicable} criteria apply`, `${hold} hold`, `${open} with findings`, `${asked} with questions`, ...(accepted > 0 ? [`${accepted} accepted`] : [])];
  return `Beyond the 20 checks: ${parts.join(', ')} (packs on: ${on.length === 0 ? 'none' : on.join(', ')}).`;
}
