import { describe, expect, it } from 'vitest';
import { accuracyOf } from '../../../../scripts/measurements/accuracy.ts';
import { RECORDED_MEDIAN, regressions } from '../../../../scripts/measurements/recorded.ts';
import { populations } from '../../../../scripts/measurements/replay.ts';
import { batchTable, llmTable, loadedTable, offlineTable } from '../../../../scripts/measurements/tables.ts';

const replayed = populations();

/** What was set out to be reached: median and 90th percentile of the error. */
const TARGETS: readonly (readonly [name: string, median: number, ninetieth: number])[] = [
  ['batch latency from two points', 0.09, 0.3],
  ['throughput on another accelerator', 0.1, 0.35],
  ['LLM maximum throughput', 0.1, 0.25],
  ['latency of batches under load', 0.15, 0.4],
];

describe('estimates against published measurements', () => {
  it.each(replayed.map((population) => [population.name, population.split, population] as const))('%s, %s: as good as recorded, and bands that hold', (_, __, population) => {
    expect(regressions(population)).toEqual([]);
  });

  it.each(TARGETS)('%s is within its target', (name, median, ninetieth) => {
    const accuracy = accuracyOf(replayed.filter((population) => population.name === name).flatMap(({ comparisons }) => comparisons));
    expect(accuracy.median).toBeLessThanOrEqual(median);
    expect(accuracy.ninetieth).toBeLessThanOrEqual(ninetieth);
  });

  it('find a factor of 1.6 around a roofline to hold four fifths of what was measured', () => {
    const comparisons = replayed.filter(({ name }) => name === 'roofline').flatMap((population) => population.comparisons);
    const within = comparisons.filter(({ measured, estimated }) => Math.abs(Math.log(estimated.value / measured)) <= Math.log(1.6));
    expect(within.length / comparisons.length).toBeGreaterThanOrEqual(0.8);
  });

  it('have a source with a year for every row, and none for nothing', () => {
    for (const { sources, rows } of [batchTable(), offlineTable(), llmTable(), loadedTable()]) {
      const named = new Set(rows.map(({ source }) => source));
      expect(sources.map(({ id }) => id).sort()).toEqual([...named].sort());
      for (const { url, year, title } of sources) {
        expect(url).toMatch(/^https:\/\//);
        expect(year).toBeGreaterThanOrEqual(2019);
        expect(title).not.toBe('');
      }
    }
  });

  it('notice when they get worse', () => {
    const [population] = replayed.filter(({ split, name }) => split === 'hold-out' && name === 'LLM maximum throughput');
    if (!population) throw new Error('nothing is held out');
    const worse = { ...population, comparisons: population.comparisons.map((comparison) => ({ ...comparison, measured: comparison.measured * 1.3 })) };
    expect(regressions(worse).length).toBe(2);
    expect(Object.keys(RECORDED_MEDIAN)).toContain(population.name);
  });
});
