import { describe, expect, it } from 'vitest';
import { simulateBatching } from '../../../../src/analysis/estimation/simulation/batching.ts';
import { simulateStation } from '../../../../src/analysis/estimation/simulation/station.ts';
import oracles from '../oracles/queueing.json' with { type: 'json' };
import { expectWithin, replications } from './replications.ts';

describe('the simulator of batches', () => {
  it.each([...oracles.batchingCapped.cases, ...oracles.batchingUncapped.cases.map((each) => ({ ...each, maxBatch: Infinity, busyFraction: undefined }))])(
    'agrees with the chain of group sizes: $arrivalRate a second, $tau0 + $alpha each, up to $maxBatch',
    ({ arrivalRate, alpha, tau0, maxBatch, meanLatency, meanBatch, busyFraction }) => {
      const found = replications(6, (seed) => {
        const sample = simulateBatching({ arrivalRate, fixed: tau0, perItem: alpha, maxBatch }, { requests: 30_000, seed });
        return { mean: sample.mean, batch: sample.meanBatch, busy: sample.busy };
      });
      expectWithin(meanLatency, found.mean, 1e-4);
      expectWithin(meanBatch, found.batch, 1e-4);
      if (busyFraction !== undefined) expectWithin(busyFraction, found.busy, 2e-3);
    },
  );

  it('of one request is the simulator of stations', () => {
    const found = replications(6, (seed) => ({ mean: simulateBatching({ arrivalRate: 0.8, fixed: 0.4, perItem: 0.6, maxBatch: 1 }, { requests: 30_000, seed }).mean }));
    const station = replications(6, (seed) => ({ mean: simulateStation({ arrivalRate: 0.8, serviceTime: 1, servers: 1, arrivalScv: 1, serviceScv: 0 }, { requests: 30_000, seed: seed + 50 }).mean }));
    expectWithin(3, found.mean);
    expectWithin(station.mean.mean, { mean: found.mean.mean, error: Math.hypot(found.mean.error, station.mean.error) });
  });

  it('waits for company as long as it may: alone, a request takes the delay and its own time', () => {
    const sample = simulateBatching({ arrivalRate: 1e-3, fixed: 1, perItem: 0.5, maxBatch: 8, delay: 2 }, { requests: 2000, seed: 1 });
    expect(sample.quantile(0.9)).toBeCloseTo(3.5, 9);
    expect(sample.meanBatch).toBeLessThan(1.01);
  });

  it('with several instances shares what the accelerator computes, and no more', () => {
    // One at a time, 1/perItem = 10 a second at most; two instances that prepare side by side come closer to it than one.
    const at = (instances: number) => simulateBatching({ arrivalRate: 7, fixed: 0.1, perItem: 0.1, maxBatch: 4, instances }, { requests: 30_000, seed: 2 }).mean;
    expect(at(2)).toBeLessThan(at(1));
    expect(simulateBatching({ arrivalRate: 11, fixed: 0.01, perItem: 0.1, maxBatch: 4, instances: 8 }, { requests: 30_000, seed: 2 }).mean).toBeGreaterThan(50);
  });

  it('in one line before all accelerators waits less than in a line for each', () => {
    const at = (topology: 'central' | 'replica') => simulateBatching({ arrivalRate: 20, fixed: 0.1, perItem: 0.1, maxBatch: 8, replicas: 4, topology }, { requests: 30_000, seed: 2 }).mean;
    expect(at('central')).toBeLessThan(at('replica'));
  });
});
