import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchingCapacity, inoueBound, type BatchingStation } from '../../../../src/analysis/estimation/queueing/batching-capacity.ts';
import { respondInBatches, type BatchingResponse } from '../../../../src/analysis/estimation/queueing/batching.ts';
import { respond } from '../../../../src/analysis/estimation/queueing/station.ts';
import oracles from '../oracles/queueing.json' with { type: 'json' };
import { expectClose } from './close.ts';

const { batchingUncapped, batchingCapped } = oracles;

const responseOf = (station: BatchingStation): BatchingResponse => {
  const response = respondInBatches(station);
  if ('saturated' in response) throw new Error(`saturated at ${response.utilisation}`);
  return response;
};

/** At a share of its capacity. */
const loaded = (station: Omit<BatchingStation, 'arrivalRate'>, utilisation: number): BatchingStation => ({ ...station, arrivalRate: utilisation * batchingCapacity(station) });

const laws = fc.record({ fixed: fc.constantFrom(0, 1e-3, 1, 5), perItem: fc.constantFrom(1e-4, 0.1, 1), maxBatch: fc.constantFrom(1, 2, 4, 8, 16, 64, 1000) });

describe('groups without a delay', () => {
  it.each(batchingUncapped.cases)('of any size at $arrivalRate a second, $tau0 + $alpha · b', ({ arrivalRate, alpha, tau0, meanLatency, meanBatch, bound }) => {
    const station = { arrivalRate, fixed: tau0, perItem: alpha, maxBatch: Infinity };
    const response = responseOf(station);
    expectClose(response.mean, meanLatency, batchingUncapped.relativeTolerance);
    expectClose(response.meanBatch, meanBatch, batchingUncapped.relativeTolerance);
    expectClose(inoueBound(station), bound, 1e-12);
  });

  it.each(batchingCapped.cases)('of at most $maxBatch at $arrivalRate a second, $tau0 + $alpha · b', ({ arrivalRate, alpha, tau0, maxBatch, meanLatency, meanBatch, busyFraction }) => {
    const response = responseOf({ arrivalRate, fixed: tau0, perItem: alpha, maxBatch });
    expectClose(response.mean, meanLatency, batchingCapped.relativeTolerance);
    expectClose(response.meanBatch, meanBatch, batchingCapped.relativeTolerance);
    expectClose(response.busyFraction, busyFraction, batchingCapped.relativeTolerance);
  });

  it('the bound of Inoue is above the exact mean, and by less than a tenth', () => {
    fc.assert(fc.property(fc.double({ min: 0.02, max: 0.9, noNaN: true }), fc.double({ min: 0.01, max: 20, noNaN: true }), (rho, fixed) => {
      const station = { arrivalRate: rho, fixed, perItem: 1, maxBatch: Infinity };
      const { mean } = responseOf(station);
      expect(inoueBound(station)).toBeGreaterThanOrEqual(mean * (1 - 1e-3));
      expect(inoueBound(station)).toBeLessThanOrEqual(mean * 1.1);
    }));
  });

  it('of one are M/D/1', () => {
    for (const rho of [0.3, 0.7, 0.9]) {
      const single = respond({ arrivalRate: rho, serviceTime: 1, servers: 1, arrivalScv: 1, serviceScv: 0 });
      const response = responseOf({ arrivalRate: rho, fixed: 0.6, perItem: 0.4, maxBatch: 1 });
      if ('saturated' in single) return expect(single).toBeUndefined();
      expectClose(response.mean, single.mean, 1e-6);
      expectClose(response.quantile(0.95), single.quantile(0.95), 0.05);
      expectClose(response.quantile(0.99), single.quantile(0.99), 0.04);
    }
  });

  it('take a request that comes alone at once', () => {
    const { quantile, mean, tail } = responseOf({ arrivalRate: 1e-9, fixed: 4, perItem: 1, maxBatch: 16 });
    expectClose(quantile(0.99), 5, 1e-9);
    expectClose(mean, 5, 1e-6);
    expect(tail(4.9)).toBe(1);
  });

  it('are slower and larger the more there is to do', () => {
    fc.assert(
      fc.property(laws, fc.double({ min: 0.05, max: 0.9, noNaN: true }), (law, utilisation) => {
        const [before, after] = [responseOf(loaded(law, utilisation)), responseOf(loaded(law, utilisation * 1.05))];
        expect(after.mean).toBeGreaterThanOrEqual(before.mean * (1 - 1e-9));
        expect(after.meanBatch).toBeGreaterThanOrEqual(before.meanBatch * (1 - 1e-6));
        // The grid of the law has 2,000 steps.
        for (const p of [0.5, 0.95, 0.99]) expect(after.quantile(p)).toBeGreaterThanOrEqual(before.quantile(p) * 0.995);
      }),
      { numRuns: 60 },
    );
  });
});

const stations = fc
  .record({
    law: laws,
    utilisation: fc.double({ min: 1e-9, max: 0.98, noNaN: true }),
    serviceScv: fc.constantFrom(0, 0.05, 1),
    delay: fc.constantFrom(0, 1e-3, 1, 50),
    instances: fc.constantFrom(1, 2, 4),
    replicas: fc.constantFrom(1, 3, 100),
    topology: fc.constantFrom('central' as const, 'replica' as const),
  })
  .map(({ law, utilisation, ...rest }) => loaded({ ...law, ...rest }, utilisation));

describe('groups of any kind', () => {
  it('have finite and rising percentiles and a tail that agrees with them', () => {
    fc.assert(
      fc.property(stations, (station) => {
        const { quantile, tail, mean, variance, meanBatch, busyFraction } = responseOf(station);
        const [p50, p95, p99] = [0.5, 0.95, 0.99].map(quantile) as [number, number, number];
        for (const figure of [p50, p95, p99, mean, variance, meanBatch, busyFraction]) expect(Number.isFinite(figure) && figure >= 0).toBe(true);
        expect(p50).toBeLessThanOrEqual(p95);
        expect(p95).toBeLessThanOrEqual(p99);
        expect(tail(p99 * (1 + 1e-9))).toBeLessThanOrEqual(0.0101);
        expect(meanBatch).toBeLessThanOrEqual(station.maxBatch * 1.04);
        expect(busyFraction).toBeLessThanOrEqual(1);
      }),
      { numRuns: 150 },
    );
  });

  it('do not depend on the unit of time', () => {
    fc.assert(
      fc.property(stations, fc.constantFrom(1e-3, 1e3), (station, factor) => {
        const scaled = responseOf({ ...station, arrivalRate: station.arrivalRate / factor, fixed: station.fixed * factor, perItem: station.perItem * factor, delay: (station.delay ?? 0) * factor });
        const response = responseOf(station);
        expectClose(scaled.mean / factor, response.mean, 1e-5);
        expectClose(scaled.quantile(0.95) / factor, response.quantile(0.95), 2e-2);
      }),
      { numRuns: 30 },
    );
  });

  it('wait for others no longer than the delay, and for less where the group fills before', () => {
    const station = { fixed: 1, perItem: 0.1, maxBatch: 8 };
    const alone = responseOf({ ...station, arrivalRate: 1e-6, delay: 5 });
    expectClose(alone.mean, 6.1, 1e-4);
    const busy = [0, 5].map((delay) => responseOf(loaded({ ...station, delay }, 0.8)));
    expect(busy[1]!.mean).toBeLessThan(busy[0]!.mean + 5);
    expect(busy[1]!.meanBatch).toBeGreaterThan(busy[0]!.meanBatch);
  });

  it('are faster from one line than from one at each accelerator', () => {
    for (const utilisation of [0.3, 0.6, 0.9]) {
      const station = { fixed: 1, perItem: 0.2, maxBatch: 16, replicas: 4 };
      expect(responseOf(loaded({ ...station, topology: 'central' }, utilisation)).mean).toBeLessThan(responseOf(loaded({ ...station, topology: 'replica' }, utilisation)).mean);
    }
  });
});

describe('capacity', () => {
  it('is that of full groups, on all instances, and no more than what requests add allows', () => {
    const station = { fixed: 6, perItem: 1, maxBatch: 4 };
    expectClose(batchingCapacity(station), 0.4, 1e-12);
    expectClose(batchingCapacity({ ...station, instances: 2 }), 0.8, 1e-12);
    expectClose(batchingCapacity({ ...station, instances: 8, replicas: 3 }), 3, 1e-12);
    expectClose(batchingCapacity({ ...station, maxBatch: Infinity }), 1, 1e-12);
  });

  it('says by how much it is exceeded', () => {
    expect(respondInBatches({ arrivalRate: 0.8, fixed: 6, perItem: 1, maxBatch: 4 })).toMatchObject({ saturated: true, multiple: 0.5 });
    expect(respondInBatches({ arrivalRate: Number.NaN, fixed: 6, perItem: 1, maxBatch: 4 })).toMatchObject({ saturated: true });
  });
});
