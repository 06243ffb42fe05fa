import { expect } from 'vitest';
import type { Answer } from '../../../src/analysis/experiments/answer.ts';

/** The value of an answer, which must have one. */
export function valueOf<T>({ value, reason }: Answer<T>): T {
  expect(reason).toBeUndefined();
  return value as T;
}

/** Within a relative tolerance, or an absolute one of the same size near zero. */
export function expectClose(actual: number, expected: number, tolerance: number): void {
  expect(Math.abs(actual - expected), `${actual} is not ${expected}`).toBeLessThanOrEqual(tolerance * Math.max(Math.abs(expected), Number.MIN_VALUE));
}
