import { describe, expect, it } from 'vitest';
import { Restarts } from '../../src/extension/features/connection/restarts.ts';

const MINUTE = 60_000;
const times = (count: number, ask: (index: number) => boolean): boolean[] => Array.from({ length: count }, (_, index) => ask(index));

describe('restarts of the server', () => {
  it('happen five times in three minutes, and not a sixth time', () => {
    const restarts = new Restarts();
    expect(times(6, (index) => restarts.mayRestart(index * 1_000))).toEqual([true, true, true, true, true, false]);
  });

  it('happen without end where they are far between', () => {
    const restarts = new Restarts();
    expect(times(30, (index) => restarts.mayRestart(index * MINUTE))).not.toContain(false);
  });

  it('may happen again when the others are more than three minutes past', () => {
    const restarts = new Restarts();
    times(5, () => restarts.mayRestart(0));
    expect(restarts.mayRestart(3 * MINUTE - 1)).toBe(false);
    expect(restarts.mayRestart(6 * MINUTE)).toBe(true);
  });

  it('are counted from the beginning after one by hand', () => {
    const restarts = new Restarts();
    times(6, () => restarts.mayRestart(0));
    restarts.forget();
    expect(times(5, () => restarts.mayRestart(1))).not.toContain(false);
  });
});
