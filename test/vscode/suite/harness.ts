/** What the tests need of a test runner, in few words: it runs in both extension hosts, where there is neither Node nor vitest. */

declare const ONLY: string;

interface Test {
  readonly name: string;
  readonly body: () => Promise<void> | void;
}

const tests: Test[] = [];

/** Each test, and each wait in it, ends: with the result, or with what it waited for. */
const testLimit = 60_000;
const waitLimit = 15_000;

export function test(name: string, body: Test['body']): void {
  tests.push({ name, body });
}

/** What happens between tests, and what else there is to know of failures, in the end. */
export interface Surroundings {
  cleanUp(): Promise<void>;
  explain(): Promise<string>;
}

/** Runs every test in order; one line for each. Rejects when one failed or none ran. */
export async function runTests({ cleanUp, explain }: Surroundings): Promise<void> {
  const chosen = tests.filter(({ name }) => name.includes(ONLY));
  let failed = 0;
  for (const { name, body } of chosen) {
    const started = performance.now();
    try {
      await inTime(name, Promise.resolve().then(body));
      say(`ok ${name} (${Math.round(performance.now() - started)} ms)`);
    } catch (error) {
      failed += 1;
      say(`FAILED ${name}\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
    await cleanUp();
  }
  if (failed > 0) say(await explain());
  say(`${chosen.length - failed} passed, ${failed} failed`);
  if (chosen.length === 0) throw new Error(ONLY ? `No test has “${ONLY}” in its name.` : 'There are no tests.');
  if (failed > 0) throw new Error(`${failed} of ${chosen.length} tests failed.`);
}

/** Writes a line for whoever started the tests. */
export function say(line: string): void {
  console.log(`[mlarch] ${line}`);
}

export class AssertionFailure extends Error {}

export function ok(value: unknown, message: string): asserts value {
  if (!value) throw new AssertionFailure(message);
}

/** Compares by content, as JSON shows it. */
export function equal(actual: unknown, expected: unknown, message = 'Not equal'): void {
  const [is, shouldBe] = [actual, expected].map((value) => JSON.stringify(value, null, 1));
  if (is !== shouldBe) throw new AssertionFailure(`${message}.\nExpected: ${shouldBe}\nActual:   ${is}`);
}

export function includes(whole: string | readonly string[], part: string, message = 'Not included'): void {
  if (!whole.includes(part)) throw new AssertionFailure(`${message}: ${JSON.stringify(part)} is not in ${JSON.stringify(whole).slice(0, 2_000)}`);
}

/**
 * Waits until `look` gives something, and gives it on. An assertion that fails in `look` counts as not yet; other errors
 * end the wait. When the time is over, the message says what was waited for and why it was not so.
 */
export async function until<T>(what: string, look: () => T | PromiseLike<T>, limit = waitLimit): Promise<NonNullable<T>> {
  const end = Date.now() + limit;
  let last: unknown;
  for (;;) {
    try {
      const value = await look();
      if (value !== undefined && value !== null && (value as unknown) !== false) return value;
      last = value;
    } catch (error) {
      if (!(error instanceof AssertionFailure)) throw error;
      last = error.message;
    }
    if (Date.now() > end) throw new AssertionFailure(`Waited ${limit / 1000} s for ${what}. The last answer was: ${String(last)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function inTime(name: string, work: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new AssertionFailure(`“${name}” did not end within ${testLimit / 1000} s.`)), testLimit);
  });
  try {
    await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
  }
}
