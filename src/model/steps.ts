/**
 * Long work as a generator that pauses often, so that a language server can answer between two pauses and drop the
 * work when the text has changed. Nothing is yielded; the result is returned.
 */
export type Steps<T> = Generator<undefined, T>;

/** Does the work in one go. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
