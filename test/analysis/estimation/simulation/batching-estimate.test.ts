import { describe, expect, it } from 'vitest';
import { batchingCapacity, type BatchingStation } from '../../../../src/analysis/estimation/queueing/batching-capacity.ts';
import { respondInBatches } from '../../../../src/analysis/estimation/queueing/batching.ts';
import { simulateBatching } from '../../../../src/analysis/estimation/simulation/batching.ts';

const kinds: readonly (readonly [kind: string, changes: Partial<BatchingStation>, median: number, ninth: number])[] = [
  ['one instance', {}, 0.01, 0.04],
  ['one instance whose times vary', { serviceScv: 0.05 }, 0.035, 0.08],
  ['one instance with a short delay', { delay: 0.5 }, 0.015, 0.06],
  ['one instance with a long delay', { delay: 5 }, 0.06, 0.2],
  ['two accelerators behind one line', { replicas: 2, topology: 'central' }, 0.06, 0.12],
  ['eight accelerators behind one line', { replicas: 8, topology: 'central' }, 0.15, 0.35],
  ['two instances on one accelerator', { instances: 2 }, 0.11, 0.4],
];

/** Relative errors of p50, p95 and p99 over times and loads, rising. */
function errorsOf(changes: Partial<BatchingStation>): number[] {
  const errors: number[] = [];
  for (const [fixed, perItem] of [[1, 0.1], [5, 1]] as const) {
    for (const maxBatch of [4, 16]) {
      for (const utilisation of [0.3, 0.5, 0.75]) {
        const law = { fixed, perItem, maxBatch, ...changes };
        const station = { ...law, arrivalRate: utilisation * batchingCapacity(law) };
        const [estimate, sample] = [respondInBatches(station), simulateBatching(station, { requests: 120_000, seed: 11 })];
        if ('saturated' in estimate) throw new Error(`saturated at ${estimate.utilisation}`);
        for (const p of [0.5, 0.95, 0.99]) errors.push(Math.abs(estimate.quantile(p) / sample.quantile(p) - 1));
      }
    }
  }
  return errors.sort((a, b) => a - b);
}

describe('percentiles of groups against simulation', () => {
  it.each(kinds)('%s', (_, changes, median, ninth) => {
    const errors = errorsOf(changes);
    expect(errors[errors.length >> 1]).toBeLessThan(median);
    // Where next to nothing lies between two times a percentile jumps from one to the other, so a few differ by more.
    expect(errors[Math.floor(errors.length * 0.9)]).toBeLessThan(ninth);
  });
});
