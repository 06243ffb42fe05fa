const MOST = 5;
const WITHIN_MS = 3 * 60_000;

/** A server that stops is started again, but not over and over. */
export class Restarts {
  #times: number[] = [];

  /** `now` in milliseconds; counts this restart. */
  mayRestart(now: number): boolean {
    this.#times = [...this.#times.filter((time) => now - time < WITHIN_MS), now];
    return this.#times.length <= MOST;
  }

  /** Somebody has started it by hand. */
  forget(): void {
    this.#times = [];
  }
}
