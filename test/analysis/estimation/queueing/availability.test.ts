import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { availabilityOf, replicasForAvailability, zonedAvailability } from '../../../../src/analysis/estimation/queueing/availability.ts';
import { expectClose } from './close.ts';

/** Over all states of all replicas. */
function enumerated(replica: number, needed: number, replicas: number): number {
  let sum = 0;
  for (let state = 0; state < 2 ** replicas; state++) {
    const working = [...state.toString(2)].filter((bit) => bit === '1').length;
    if (working >= needed) sum += replica ** working * (1 - replica) ** (replicas - working);
  }
  return sum;
}

describe('k of n replicas', () => {
  it.each([
    [0.9, 2, 3, 0.972],
    [0.99, 1, 2, 0.9999],
    [0.99, 2, 2, 0.9801],
    [0.999, 2, 3, 0.999997002],
    [0.5, 3, 5, 0.5],
  ])('of which each works %f of the time, %i of %i: %f', (replica, needed, replicas, expected) => {
    expectClose(availabilityOf(replica, needed, replicas).available, expected, 1e-12);
  });

  it('are all states with as many at work', () => {
    fc.assert(fc.property(fc.double({ min: 0.01, max: 0.999, noNaN: true }), fc.integer({ min: 1, max: 10 }), fc.integer({ min: 0, max: 10 }), (replica, replicas, needed) => {
      const { available, unavailable } = availabilityOf(replica, needed, replicas);
      expectClose(available, enumerated(replica, needed, replicas), 1e-11);
      expectClose(available + unavailable, 1, 1e-12);
    }));
  });

  it('keep all their nines', () => {
    expectClose(availabilityOf(0.9999, 1, 6).unavailable, 1e-24, 1e-9);
    // Four of 1,000 may fail: the first term, of five that do, is nearly all.
    const { unavailable } = availabilityOf(1 - 1e-9, 996, 1000);
    expectClose(unavailable, 8.250291250200e12 * 1e-45, 1e-6);
  });

  it('rise with replicas and with each of them, and fall with what is needed', () => {
    fc.assert(fc.property(fc.double({ min: 0.01, max: 0.99, noNaN: true }), fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 300 }), (replica, replicas, needed) => {
      const { unavailable } = availabilityOf(replica, needed, replicas);
      const slack = 1e-10;
      expect(availabilityOf(replica, needed, replicas + 1).unavailable).toBeLessThanOrEqual(unavailable * (1 + slack));
      expect(availabilityOf(replica + 0.005, needed, replicas).unavailable).toBeLessThanOrEqual(unavailable * (1 + slack));
      expect(availabilityOf(replica, needed + 1, replicas).unavailable).toBeGreaterThanOrEqual(unavailable * (1 - slack));
    }));
  });

  it('are certain or impossible at the ends', () => {
    expect(availabilityOf(1, 3, 3)).toEqual({ available: 1, unavailable: 0 });
    expect(availabilityOf(0.5, 0, 0)).toEqual({ available: 1, unavailable: 0 });
    expect(availabilityOf(0.9, 4, 3)).toEqual({ available: 0, unavailable: 1 });
    expect(availabilityOf(0, 1, 3)).toEqual({ available: 0, unavailable: 1 });
    expect(availabilityOf(Number.NaN, 1, 3)).toEqual({ available: 0, unavailable: 1 });
  });
});

describe('zones', () => {
  it('that never fail change nothing', () => {
    expectClose(zonedAvailability({ zones: 3, zone: 1, replica: 0.9, replicasPerZone: 2 }, 4).available, availabilityOf(0.9, 4, 6).available, 1e-12);
  });

  it('of one perfect replica each are k of n themselves', () => {
    expectClose(zonedAvailability({ zones: 3, zone: 0.99, replica: 1, replicasPerZone: 1 }, 2).available, availabilityOf(0.99, 2, 3).available, 1e-12);
  });

  it('bound what more replicas in them can do', () => {
    const { unavailable } = zonedAvailability({ zones: 2, zone: 0.999, replica: 0.99, replicasPerZone: 50 }, 1);
    expectClose(unavailable, 1e-6, 1e-9);
  });
});

describe('replicas for an availability', () => {
  it('are the fewest that reach it', () => {
    expect(replicasForAvailability(0.99, 1, 0.9999)).toBe(2);
    expect(replicasForAvailability(0.9, 2, 0.972)).toBe(3);
    fc.assert(fc.property(fc.double({ min: 0.5, max: 0.999, noNaN: true }), fc.integer({ min: 1, max: 20 }), fc.constantFrom(0.9, 0.99, 0.999, 0.999999), (replica, needed, target) => {
      const found = replicasForAvailability(replica, needed, target) ?? 0;
      expect(availabilityOf(replica, needed, found).available).toBeGreaterThanOrEqual(target - 1e-9);
      if (found > needed) expect(availabilityOf(replica, needed, found - 1).available).toBeLessThan(target);
    }));
  });

  it('are none where replicas never work, or always are asked to', () => {
    expect(replicasForAvailability(0, 1, 0.9)).toBeUndefined();
    expect(replicasForAvailability(0.9, 1, 1)).toBeUndefined();
    expect(replicasForAvailability(1, 4, 1)).toBe(4);
  });
});
