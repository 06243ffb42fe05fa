/** What was asked for, or null and the reason why it cannot be said. */
export type Answer<T = number> = { readonly value: T; readonly reason?: undefined } | { readonly value: null; readonly reason: string };

export const answer = <T>(value: T): Answer<T> => ({ value });

export const noAnswer = (reason: string): { readonly value: null; readonly reason: string } => ({ value: null, reason });

/** A number that can be written down; floating point ends at 1.8 × 10³⁰⁸. */
export const finiteAnswer = (value: number, reason = 'The number is too large to be written down.'): Answer => (Number.isFinite(value) ? answer(value) : noAnswer(reason));

/** The same reason, or a function of the value. */
export function mapAnswer<A, B>(from: Answer<A>, to: (value: A) => B): Answer<B> {
  return from.value === null ? noAnswer(from.reason ?? '') : answer(to(from.value));
}
