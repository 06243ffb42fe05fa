import type { Review } from '../review.ts';
import type { Basis } from '../rule.ts';

/** What the rules of some checks say together: whether all hold, whether some are broken, and on what that rests. */
export interface VerdictState {
  readonly state: 'holds' | 'broken' | 'open' | 'not-applicable';
  /** Of what holds, the weakest. */
  readonly basis: Basis;
  readonly findings: number;
  readonly questions: number;
}

/** @param wanted Checks (`ML03`) or rules (`ML03.2`). An accepted risk is broken: it is only known. */
export function verdictState({ verdicts, findings, questions, accepted }: Review, wanted: readonly string[]): VerdictState {
  const about = ({ rule, check }: { readonly rule: string; readonly check: string }): boolean => wanted.includes(rule) || wanted.includes(check);
  const judged = verdicts.filter((verdict) => about(verdict) && verdict.verdict !== 'not-applicable' && verdict.verdict !== 'failed');
  const count = findings.filter(about).length + accepted.filter(({ finding }) => about(finding)).length;
  const asked = questions.filter(about).length;
  const values = judged.flatMap(({ verdict, value }) => (verdict === 'satisfied' && value !== undefined ? [value] : []));
  const least = Math.min(1, ...values);
  return {
    state: judged.length === 0 ? 'not-applicable' : count > 0 ? 'broken' : asked > 0 || values.length < judged.length ? 'open' : 'holds',
    basis: least >= 1 && values.length > 0 ? 'verified' : least >= 0.75 && values.length > 0 ? 'linked' : 'declared',
    findings: count,
    questions: asked,
  };
}
