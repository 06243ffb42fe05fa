import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesKept, chooseMonitoring, managedTree, OBJECT_STORAGE_LIST_PRICE, samplingFor, savedByDetection, selfHostedTree, type PredictionLog } from '../../../../src/analysis/estimation/cost/monitoring.ts';
import { totalOf } from '../../../../src/analysis/estimation/cost/tree.ts';
import { SECONDS_PER_MONTH } from '../../../../src/model/units.ts';

const source = (name: string) => ({ name, currency: 'USD', provenance: 'measured' as const });
const LOG: PredictionLog = { predictionsPerMonth: 30e6, bytesPerPrediction: 2000, retentionSeconds: 3 * SECONDS_PER_MONTH, pricePerGigabyte: OBJECT_STORAGE_LIST_PRICE };
const OWN = { nodes: 2, nodePerMonth: 70, engineerDays: 1, dayRate: 800 };

describe('the share of predictions to keep', () => {
  it('is what the statistic needs in a window', () => {
    // PSI with ten bins needs 339 predictions a window; a day at 11.6 a second has a million.
    expect(samplingFor(339, 86_400, 1e6 / 86_400)).toEqual({ share: expect.closeTo(339e-6, 12), enough: true, shortestWindowSeconds: expect.closeTo(29.2896, 9) });
    expect(samplingFor(339, 86_400, 1e6 / 86_400, 50)?.share).toBeCloseTo(0.01695, 12);
  });
  it('is all where the traffic is too small, and then says which window would do', () => expect(samplingFor(1000, 3600, 0.1)).toEqual({ share: 1, enough: false, shortestWindowSeconds: 10_000 }));
  it.each([[0, 1, 1], [1, 0, 1], [1, 1, 0], [Number.NaN, 1, 1]])('%d samples, %d s, %d/s: none', (samples, window, rate) => expect(samplingFor(samples, window, rate)).toBeUndefined());
});

describe('the cost of monitoring', () => {
  it('self-hosted is nodes, storage and people', () => {
    // 30 M × 2 kB × 3 months are 180 GB.
    expect(bytesKept(LOG)).toBeCloseTo(180e9, 3);
    expect(totalOf(selfHostedTree(OWN, LOG, source('monitoring'))).value).toBeCloseTo(140 + 180 * 0.023 + 800, 9);
    expect(totalOf(selfHostedTree({ ...OWN, setUp: { days: 12, months: 24 } }, LOG, source('monitoring'))).value).toBeCloseTo(140 + 4.14 + 800 + 400, 9);
  });

  it('falls with the share that is kept', () => {
    const managed = (share: number): number => totalOf(managedTree({ perMonth: 500, perThousand: 0.05 }, { ...LOG, share }, source('vendor'))).value;
    expect(managed(1)).toBeCloseTo(2000, 9);
    expect(managed(0.02)).toBeCloseTo(530, 9);
    expect(bytesKept({ ...LOG, share: 0.02 })).toBeCloseTo(3.6e9, 3);
  });

  it('keeps what is not known as unknown', () => {
    expect(totalOf(selfHostedTree({ nodes: 2 }, { predictionsPerMonth: 30e6 }, source('monitoring')))).toMatchObject({ value: 0, bound: 'at least', unknown: [{ name: 'nodes' }, { name: 'storage' }, { name: 'operation' }] });
    expect(totalOf(selfHostedTree(OWN, { ...LOG, pricePerGigabyte: undefined }, source('monitoring'))).unknown).toMatchObject([{ settledBy: 'the price of a gigabyte a month' }]);
    expect(managedTree({}, LOG, source('vendor'))).toMatchObject({ kind: 'unknown' });
  });

  it('is compared by whole bills, and by the days that engineers may spend', () => {
    const own = selfHostedTree(OWN, LOG, source('own'));
    const vendor = managedTree({ perMonth: 2000 }, LOG, source('vendor'));
    expect(chooseMonitoring(vendor, own, 'USD', 800)).toEqual({ managed: 2000, selfHosted: expect.closeTo(944.14, 9), cheaper: 'self-hosted', breakEvenDays: expect.closeTo((2000 - 144.14) / 800, 9) });
    expect(chooseMonitoring(managedTree({ perMonth: 100 }, LOG, source('vendor')), own, 'USD', 800)).toEqual({ managed: 100, selfHosted: expect.closeTo(944.14, 9), cheaper: 'managed' });
    expect(chooseMonitoring(vendor, selfHostedTree({ nodes: 2, nodePerMonth: 70 }, LOG, source('own')), 'USD')).not.toHaveProperty('cheaper');
  });

  it('may be as high as what earlier detection saves', () => {
    // Four weeks unseen at 300 USD a day, once a year, against a day: more than a year of 500 USD a month.
    expect(savedByDetection({ lossPerDay: 300, incidentsPerYear: 1, daysWithout: 28, daysWith: 1 })).toBeCloseTo(675, 9);
    expect(savedByDetection({ lossPerDay: 300, incidentsPerYear: 1, daysWithout: 1, daysWith: 2 })).toBe(0);
  });

  it('grows with volume, size, retention and price', () =>
    fc.assert(fc.property(fc.double({ min: 0, max: 1e9, noNaN: true }), fc.double({ min: 0, max: 1e6, noNaN: true }), fc.double({ min: 0, max: 1e8, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 1, max: 10, noNaN: true }), fc.constantFrom('predictionsPerMonth', 'bytesPerPrediction', 'retentionSeconds', 'pricePerGigabyte'), (predictionsPerMonth, bytesPerPrediction, retentionSeconds, share, factor, property) => {
      const log: PredictionLog = { predictionsPerMonth, bytesPerPrediction, retentionSeconds, share, pricePerGigabyte: 0.02 };
      const cost = (kept: PredictionLog): number => totalOf(selfHostedTree(OWN, kept, source('own'))).value;
      expect(cost({ ...log, [property]: (log[property] ?? 0) * factor })).toBeGreaterThanOrEqual(cost(log) * (1 - 1e-12));
    })));
});
