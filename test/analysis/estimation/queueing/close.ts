import { expect } from 'vitest';

/** Relative closeness, as the reference values state their tolerance. */
export const expectClose = (actual: number, expected: number, relative: number): void => expect(Math.abs(actual - expected), `${actual} against ${expected}`).toBeLessThanOrEqual(relative * Math.abs(expected) + Number.MIN_VALUE);
