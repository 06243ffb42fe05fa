import type { Problem } from '../language/problem.ts';

/** The command or its input cannot be used: exit code 2, with what to do. */
export class Failure extends Error {
  readonly problems: readonly Problem[];

  constructor(message: string, problems: readonly Problem[] = []) {
    super(message);
    this.problems = problems;
  }
}
