import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logSdOf } from '../../../../src/analysis/estimation/quantity.ts';
import { loadedPercentiles, workFromThroughput, type LoadedPercentiles } from '../../../../src/analysis/estimation/work/loaded-batches.ts';
import type { BatchingStation } from '../../../../src/analysis/estimation/queueing/batching-capacity.ts';

function percentiles(station: BatchingStation): LoadedPercentiles {
  const found = loadedPercentiles(station);
  if ('saturatesAt' in found) throw new Error('saturated');
  return found;
}

/** SSD-ResNet34 on eight A10 (MLPerf Inference 1.1, 2021): 4.03 ms alone, 2,473 images a second. */
const work = workFromThroughput(4.0283e-3, 2473.36 / 8);
if ('refused' in work) throw new Error(work.refused);
const station: BatchingStation = { arrivalRate: 2000.24, ...work, maxBatch: 8, delay: 30e-3, instances: 4, replicas: 8, topology: 'central' };

describe('work of a batch from a time and a throughput', () => {
  it('is what passes each second, and what is left of a request alone', () => {
    expect(work.perItem).toBeCloseTo(8 / 2473.36, 12);
    expect(work.fixed + work.perItem).toBeCloseTo(4.0283e-3, 12);
  });

  it('has nothing fixed where a device is no faster with many', () => {
    expect(workFromThroughput(0.01, 50)).toEqual({ fixed: 0, perItem: 0.01 });
    expect(workFromThroughput(0, 50)).toHaveProperty('refused');
    expect(workFromThroughput(0.01, Number.NaN)).toHaveProperty('refused');
  });
});

describe('percentiles of batches under load', () => {
  it('are those that were measured at 81 % of the maximum: 27.9 and 32.6 ms', () => {
    const { p50, p99, utilisation } = percentiles(station);
    expect(utilisation).toBeCloseTo(0.809, 3);
    expect(p50.value / 27.9258e-3).toBeCloseTo(1.04, 2);
    expect(p99.value / 32.6303e-3).toBeCloseTo(1.02, 2);
  });

  it('are in order, and the less sure the fuller the devices are', () => {
    fc.assert(fc.property(fc.double({ min: 0.3, max: 0.9, noNaN: true }), fc.double({ min: 0.01, max: 0.04, noNaN: true }), (share, more) => {
      const [calm, busy] = [share, share + more].map((part) => percentiles({ ...station, replicas: 2, instances: 2, arrivalRate: (part * 2) / station.perItem }));
      if (!calm || !busy) throw new Error('nothing');
      expect(calm.p99.value).toBeGreaterThanOrEqual(calm.p50.value);
      expect(logSdOf(busy.p50)).toBeGreaterThan(logSdOf(calm.p50));
      expect(logSdOf(busy.p99)).toBeGreaterThan(logSdOf(calm.p99));
    }), { numRuns: 20 });
  });

  it('are not told at the edge, but where that is', () => {
    const saturation = loadedPercentiles({ ...station, arrivalRate: 2400 });
    expect(saturation).toEqual({ saturatesAt: expect.closeTo(2473.36, 6) as number, utilisation: expect.closeTo(0.9703, 3) as number });
  });
});
