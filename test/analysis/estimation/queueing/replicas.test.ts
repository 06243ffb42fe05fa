import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fleetFor, keeps, multipleFor, respondWithout, serversAtKnee, serversFor, type Objective, type Work } from '../../../../src/analysis/estimation/queueing/replicas.ts';
import oracles from '../oracles/queueing.json' with { type: 'json' };
import { expectClose } from './close.ts';

const work = (arrivalRate: number, serviceTime: number, serviceScv = 1, arrivalScv = 1): Work => ({ arrivalRate, serviceTime, serviceScv, arrivalScv });

const works = fc.record({ load: fc.double({ min: 0.01, max: 300, noNaN: true }), serviceScv: fc.constantFrom(0, 0.01, 0.25, 1, 4), arrivalScv: fc.constantFrom(0.5, 1, 2) }).map(({ load, ...variation }): Work => ({ arrivalRate: load / 0.05, serviceTime: 0.05, ...variation }));
const objectives = fc.record({ percentile: fc.constantFrom(0.5, 0.95, 0.99), limit: fc.double({ min: 0.02, max: 1, noNaN: true }) });

describe('servers for an objective', () => {
  it.each(oracles.sizing.cases)('$arrivalRate a second at $serviceRate within $slo', ({ arrivalRate, serviceRate, slo, percentile, servers }) => {
    expect(serversFor(work(arrivalRate, 1 / serviceRate), { percentile, limit: slo })).toEqual({ servers });
  });

  it('are the first of all numbers that keep it', () => {
    fc.assert(fc.property(works, objectives, (given, objective) => {
      const found = serversFor(given, objective);
      const load = given.arrivalRate * given.serviceTime;
      let first = Math.floor(load) + 1;
      while (first < 3 * load + 200 && !keeps({ ...given, servers: first }, objective)) first++;
      if ('unreachable' in found) expect(found.atBest).toBeGreaterThan(objective.limit * (1 - 1e-9));
      else expect(found.servers).toBe(first);
    }));
  });

  it('are fewer for each request where there are more requests: ten times the traffic needs 8.5 times the servers', () => {
    const at = (rate: number): number => {
      const found = serversFor(work(rate, 0.05), { percentile: 0.95, limit: 0.25 });
      return 'servers' in found ? found.servers : Number.NaN;
    };
    expect(at(1000) / at(100)).toBe(8.5);
    fc.assert(fc.property(fc.double({ min: 1, max: 2000, noNaN: true }), fc.integer({ min: 2, max: 10 }), (rate, factor) => {
      expect(at(rate * factor)).toBeLessThanOrEqual(factor * at(rate));
      expect(at(rate * factor)).toBeGreaterThanOrEqual(at(rate));
    }));
  });

  it('do not help where the service alone is slower than the limit, and one does where nothing arrives', () => {
    const found = serversFor(work(100, 0.05), { percentile: 0.99, limit: 0.1 });
    if (!('unreachable' in found)) return expect.unreachable();
    expectClose(found.atBest, 0.05 * Math.log(100), 1e-9);
    expect(serversFor(work(0, 0.05), { percentile: 0.99, limit: 1 })).toEqual({ servers: 1 });
    for (const rate of [Number.NaN, -1, Infinity]) expect(serversFor(work(rate, 0.05), { percentile: 0.99, limit: 1 })).toMatchObject({ unreachable: true });
  });

  it('are found for a million as well', () => {
    const found = serversFor(work(2e7, 0.05), { percentile: 0.99, limit: 0.25 });
    if ('unreachable' in found) return expect.unreachable();
    expect(found.servers).toBeGreaterThan(1e6);
    expect(keeps({ ...work(2e7, 0.05), servers: found.servers }, { percentile: 0.99, limit: 0.25 })).toBe(true);
    expect(keeps({ ...work(2e7, 0.05), servers: found.servers - 1 }, { percentile: 0.99, limit: 0.25 })).toBe(false);
  });

  it('at the knee are busy for four fifths of the time at most', () => {
    expect([0, 0.1, 8, 8.01, 80].map((load) => serversAtKnee(load))).toEqual([1, 1, 10, 11, 100]);
    expect(serversAtKnee(8, 0.5)).toBe(16);
  });
});

describe('the multiple of the traffic that keeps an objective', () => {
  const objective: Objective = { percentile: 0.95, limit: 0.25 };

  it('is kept, and a little more is not', () => {
    fc.assert(fc.property(works, fc.integer({ min: 1, max: 400 }), (given, servers) => {
      const station = { ...given, servers };
      const multiple = multipleFor(station, objective);
      const times = (factor: number) => ({ ...station, arrivalRate: station.arrivalRate * multiple * factor });
      expect(multiple).toBeLessThanOrEqual(servers / (given.arrivalRate * given.serviceTime));
      if (multiple === 0) return expect(keeps({ ...station, arrivalRate: 0 }, objective)).toBe(false);
      expect(keeps(times(1), objective)).toBe(true);
      expect(keeps(times(1.001), objective)).toBe(false);
    }));
  });

  it('is that of capacity for one server with a known answer', () => {
    // M/M/1: −ln(0.05) / (μ − λ) = limit.
    expectClose(multipleFor({ ...work(10, 0.01), servers: 1 }, objective), (100 + Math.log(0.05) / 0.25) / 10, 1e-6);
  });
});

describe('fleets', () => {
  it('are as large that one replica, or a zone, may be lost', () => {
    fc.assert(fc.property(works, objectives, fc.integer({ min: 1, max: 8 }), fc.integer({ min: 2, max: 6 }), (given, objective, concurrency, zones) => {
      const fleet = fleetFor(given, { ...objective, concurrency, zones });
      if ('unreachable' in fleet) return;
      const holds = (replicas: number): boolean => keeps({ ...given, servers: replicas * concurrency }, objective);
      // The largest zone has the share rounded up.
      const left = (replicas: number): number => replicas - Math.ceil(replicas / zones);
      expect(holds(fleet.needed)).toBe(true);
      expect(fleet.needed === 1 || !holds(fleet.needed - 1)).toBe(true);
      expect(holds(fleet.withoutOne - 1)).toBe(true);
      expect(left(fleet.withoutZone ?? 0)).toBeGreaterThanOrEqual(fleet.needed);
      expect(left((fleet.withoutZone ?? 0) - 1)).toBeLessThan(fleet.needed);
      expect(fleet.utilisation).toBeLessThan(1);
    }));
  });

  it('in one zone say nothing of its loss', () => {
    const fleet = fleetFor(work(100, 0.05), { percentile: 0.95, limit: 0.25 });
    expect(fleet).toEqual({ needed: 6, withoutOne: 7, utilisation: 100 * 0.05 / 6 });
    expect(fleetFor(work(100, 0.05), { percentile: 0.95, limit: 0.25, concurrency: 4, zones: 3 })).toMatchObject({ needed: 2, withoutOne: 3, withoutZone: 3 });
  });

  it('that lose servers are slower, and at last do not keep up', () => {
    const station = { ...work(100, 0.05), servers: 8 };
    const [all, less] = [respondWithout(station, 0), respondWithout(station, 2)];
    if ('saturated' in all || 'saturated' in less) return expect.unreachable();
    expect(less.quantile(0.99)).toBeGreaterThan(all.quantile(0.99));
    expect(respondWithout(station, 3)).toMatchObject({ saturated: true, utilisation: 1 });
    expect(respondWithout(station, 8)).toEqual({ saturated: true, utilisation: Infinity, multiple: 0 });
  });
});
