import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fleetTree } from '../../../../src/analysis/estimation/cost/machines-tree.ts';
import { fleetCost, replicasFor, type Fleet, type FleetCost, type Scaling } from '../../../../src/analysis/estimation/cost/machines.ts';
import { flatProfile, givenProfile, meanOf, peakOf, profileOf, scaledProfile, type TrafficProfile } from '../../../../src/analysis/estimation/cost/traffic-profile.ts';
import { totalOf } from '../../../../src/analysis/estimation/cost/tree.ts';
import { HOURS_PER_MONTH } from '../../../../src/analysis/estimation/cost/unit-cost.ts';

const usable = <T extends object>(result: T | { readonly problem: string }): T => {
  if ('problem' in result) throw new Error(result.problem as string);
  return result as T;
};
const cost = (fleet: Fleet, profile: TrafficProfile, scaling: Scaling): FleetCost => usable(fleetCost(fleet, profile, scaling));
const hours = (...rates: number[]): TrafficProfile => usable(givenProfile(rates));
const G5 = { pricePerHour: 1.006, capacity: 350 };

describe('a profile from mean and peak', () => {
  it.each([[10, 10, 1], [10, 15, 1], [10, 20, 1], [10, 50, 1], [10, 100, 1], [10, 239, 1], [10, 40, 0.2], [0, 0, 1]])('mean %d, peak %d, weekend %d', (mean, peak, weekend) => {
    const profile = usable(profileOf(mean, peak, weekend));
    expect(profile.rates).toHaveLength(168);
    expect(meanOf(profile)).toBeCloseTo(mean, 9);
    expect(peakOf(profile)).toBeCloseTo(peak, 9);
    expect(Math.min(...profile.rates)).toBeGreaterThanOrEqual(0);
  });

  it.each([[-1, 5, 1], [Number.NaN, 5, 1], [10, 5, 1], [10, Number.POSITIVE_INFINITY, 1], [10, 20, 2], [10, 11, 0], [1, 25, 1]])('mean %d, peak %d, weekend %d is none, and says why', (mean, peak, weekend) => expect(profileOf(mean, peak, weekend)).toHaveProperty('problem'));
  it.each([[[], 3600], [[1, -1], 3600], [[1], 0]])('slots %j of %d s are none', (rates, slot) => expect(givenProfile(rates, slot)).toHaveProperty('problem'));
});

describe('replicas', () => {
  it.each([
    [0, 10, { spare: 1 }, 0],
    [30, 10, { spare: 0 }, 3],
    [30.0000000000001, 10, { spare: 0 }, 3],
    [31, 10, { spare: 1 }, 5],
    // Of 6 in 3 zones 2 go with one zone; of 3 in 2 zones two may.
    [40, 10, { zones: 3 }, 6],
    [10, 10, { zones: 2 }, 2],
    [20, 10, { zones: 2 }, 4],
  ])('for %d/s at %d/s each with %j: %d', (rate, capacity, redundancy, expected) => expect(replicasFor(rate, capacity, redundancy)).toBe(expected));
});

it('the fewest replicas carry the rate when the fullest zone is lost', () =>
  fc.assert(fc.property(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 2, max: 6 }), (needed, zones) => {
    const count = replicasFor(needed, 1, { zones });
    const left = (replicas: number): number => replicas - Math.ceil(replicas / zones);
    expect(left(count)).toBeGreaterThanOrEqual(needed);
    expect(left(count - 1)).toBeLessThan(needed);
  })));

describe('the cost of a fleet', () => {
  it('always on is replicas × price × 730.5 h', () => {
    const found = cost(G5, hours(40), { replicas: 3 });
    expect(HOURS_PER_MONTH).toBe(730.5);
    expect(found.paid).toBeCloseTo(3 * 1.006 * 730.5, 9);
    // One g5.xlarge for a month: 734.88 USD (734.38 at 730 h).
    expect(cost(G5, hours(40), { replicas: 1 }).paid).toBeCloseTo(734.883, 9);
    expect(found.utilisation).toBeCloseTo(40 / 1050, 12);
  });

  it('follows the load hour by hour, and pays starts', () => {
    // Needs 1, 1, 2, 3 replicas of 10/s; two starts in four hours of ten minutes each.
    const fleet = { pricePerHour: 2, capacity: 10, startUpSeconds: 600 };
    const found = cost(fleet, hours(5, 10, 15, 25), { min: 1 });
    expect(found.replicas).toEqual({ least: 1, mean: 1.75, most: 3 });
    expect(found.starts).toBeCloseTo((2 / 4) * 730.5, 9);
    expect(found.causes.startUp).toBeCloseTo((730.5 / 2) * (600 / 3600) * 2, 9);
    expect(found.paid).toBeCloseTo(1.75 * 730.5 * 2 + found.causes.startUp, 9);
  });

  it('keeps the fewest replicas, and scales to none where none must run', () => {
    expect(cost(G5, hours(0, 100, 900), { min: 2 })).toMatchObject({ replicas: { least: 2, mean: expect.closeTo(7 / 3, 12), most: 3 }, causes: { offPeak: expect.closeTo(3 * 243.5 * 1.006, 9) } });
    expect(cost(G5, hours(0, 100, 900), { min: 0 }).replicas).toEqual({ least: 0, mean: expect.closeTo(4 / 3, 12), most: 3 });
    expect(cost(G5, hours(0), { min: 0 })).toMatchObject({ paid: 0, utilisation: 0 });
  });

  it('says why it is paid: 2 of 5 replicas used, 1 for latency, 1 for redundancy, 1 idle', () => {
    const found = cost({ pricePerHour: 1, capacity: 20, throughput: 30, redundancy: { spare: 1 } }, hours(60), { replicas: 5 });
    const month = 730.5;
    expect(found.used).toBeCloseTo(2 * month, 9);
    expect(found.causes).toMatchObject({ latency: expect.closeTo(month, 9), redundancy: expect.closeTo(month, 9), rounding: expect.closeTo(0, 9), offPeak: expect.closeTo(month, 9) });
    expect([found.headroom, found.idle]).toEqual([expect.closeTo(2 * month, 9), expect.closeTo(month, 9)]);
    expect(found.utilisation).toBeCloseTo(60 / 150, 12);
  });

  it('shows the peak as what makes the bill where replicas stay on for it', () => {
    const profile = usable(profileOf(11.6, 116));
    const [still, following] = [cost({ pricePerHour: 0.357, capacity: 10 }, profile, { replicas: 12 }), cost({ pricePerHour: 0.357, capacity: 10 }, profile, { min: 1 })];
    expect(still.causes.offPeak / still.paid).toBeGreaterThan(0.8);
    expect(following.causes.offPeak / following.paid).toBeLessThan(0.3);
    expect(following.used).toBeCloseTo(still.used, 9);
  });

  it('counts the hours in which the replicas are too few', () => {
    const found = cost({ pricePerHour: 1, capacity: 10, throughput: 20 }, hours(5, 15, 25, 35), { min: 1, max: 1 });
    expect(found).toMatchObject({ beyondCapacity: 0.75, saturated: 0.5 });
    expect(found.idle).toBeGreaterThanOrEqual(0);
  });

  it('pays spot machines at their price, and their restarts', () => {
    const fleet = { pricePerHour: 10, capacity: 10, startUpSeconds: 360, spot: { share: 0.5, priceFactor: 0.3, interruptionsPerHour: 0.1 } };
    const found = cost(fleet, hours(20), { replicas: 2 });
    const restarts = 1 * 730.5 * 0.1 * 0.1 * 3;
    expect(found.spot).toBeCloseTo(730.5 * 3 + restarts, 9);
    expect(found.paid).toBeCloseTo(730.5 * 13 + restarts, 9);
  });

  it.each<[Partial<Fleet>, Scaling]>([
    [{ pricePerHour: Number.NaN }, { replicas: 1 }],
    [{ capacity: 0 }, { replicas: 1 }],
    [{ capacity: 10, throughput: 5 }, { replicas: 1 }],
    [{ startUpSeconds: -1 }, { replicas: 1 }],
    [{ startUpSeconds: 4000 }, { min: 1 }],
    [{ redundancy: { zones: 1 } }, { replicas: 1 }],
    [{ spot: { share: 2, priceFactor: 0.3 } }, { replicas: 1 }],
    [{}, { replicas: 1.5 }],
    [{}, { min: 3, max: 2 }],
  ])('%j with %j is unusable and says why', (wrong, scaling) => {
    expect(fleetCost({ ...G5, ...wrong }, hours(40), scaling)).toHaveProperty('problem');
    expect(fleetTree({ ...G5, ...wrong }, hours(40), scaling, { name: 'serving', currency: 'USD', provenance: 'measured' })).toMatchObject({ kind: 'unknown', name: 'serving' });
  });
});

const amounts = (max: number) => fc.double({ min: 0.01, max, noNaN: true });
/** None, or so much that products of such numbers are still ordinary ones. */
const upTo = (max: number) => fc.oneof(fc.constant(0), fc.double({ min: 1e-6, max, noNaN: true }));
const fleets: fc.Arbitrary<Fleet> = fc.record({
  pricePerHour: amounts(100),
  capacity: amounts(500),
  startUpSeconds: upTo(3600),
  redundancy: fc.oneof(fc.record({ spare: fc.nat(3) }), fc.record({ zones: fc.integer({ min: 2, max: 4 }) })),
  spot: fc.record({ share: upTo(1), priceFactor: upTo(1), interruptionsPerHour: upTo(1) }),
}).chain((fleet) => fc.double({ min: 1, max: 3, noNaN: true }).map((factor) => ({ ...fleet, throughput: fleet.capacity * factor })));
const profiles = fc.array(upTo(2000), { minLength: 1, maxLength: 48 }).map((rates) => hours(...rates));
const scalings: fc.Arbitrary<Scaling> = fc.oneof(fc.record({ replicas: fc.nat(20) }), fc.record({ min: fc.nat(5) }), fc.record({ min: fc.nat(5), max: fc.integer({ min: 5, max: 20 }) }));
/** Sums of floating-point numbers, to twelve digits of the larger. */
const about = (value: number, scale = value) => expect.closeTo(value, 9 - Math.max(0, Math.ceil(Math.log10(Math.abs(scale) + 1))));

describe('every fleet', () => {
  it('used + headroom + idle = paid = what the tree adds up to, and none is negative', () =>
    fc.assert(fc.property(fleets, profiles, scalings, (fleet, profile, scaling) => {
      const { paid, used, headroom, idle, causes, spot, replicas, utilisation } = cost(fleet, profile, scaling);
      expect(used + headroom + idle).toEqual(about(paid));
      expect(Math.min(used, headroom, idle, ...Object.values(causes), spot)).toBeGreaterThanOrEqual(0);
      expect(spot).toBeLessThanOrEqual(paid * (1 + 1e-12));
      expect(totalOf(fleetTree(fleet, profile, scaling, { name: 'serving', currency: 'USD', provenance: 'measured' })).value).toEqual(about(paid));
      const mix = fleet.pricePerHour * (1 - fleet.spot!.share + fleet.spot!.share * fleet.spot!.priceFactor);
      expect(paid - causes.startUp).toEqual(about(replicas.mean * 730.5 * mix, paid));
      expect(utilisation).toBeGreaterThanOrEqual(0);
      expect(utilisation).toBeLessThanOrEqual(1);
    })));

  it('costs more with more traffic and with a higher price, and a share of it with spot machines', () =>
    fc.assert(fc.property(fleets, profiles, scalings, fc.double({ min: 1, max: 10, noNaN: true }), (fleet, profile, scaling, factor) => {
      const { paid } = cost(fleet, profile, scaling);
      const enough = paid * (1 - 1e-12);
      expect(cost(fleet, scaledProfile(profile, factor), scaling).paid).toBeGreaterThanOrEqual(enough);
      expect(cost({ ...fleet, pricePerHour: fleet.pricePerHour * factor }, profile, scaling).paid).toEqual(about(paid * factor));
      expect(cost({ ...fleet, spot: undefined }, profile, scaling).paid * (1 + (fleet.startUpSeconds ?? 0) / 3600)).toBeGreaterThanOrEqual(enough);
    })));

  it('costs the same whatever the unit of the slots', () =>
    fc.assert(fc.property(fleets, profiles, (fleet, profile) => {
      const halves = usable(givenProfile(profile.rates.flatMap((rate) => [rate, rate]), 1800));
      const still = { ...fleet, startUpSeconds: 0 };
      expect(cost(still, halves, { min: 0 }).paid).toEqual(about(cost(still, profile, { min: 0 }).paid));
    })));
});

describe('the band of a fleet', () => {
  const profile = usable(flatProfile(3500));
  const source = { name: 'serving', currency: 'USD', provenance: 'measured', logSd: { traffic: 0.2, capacity: 0.25, price: 0.1 } } as const;
  it('of replicas that stay comes from the price alone', () => {
    const total = totalOf(fleetTree(G5, profile, { replicas: 10 }, source));
    expect(total.spread).toEqual({ traffic: 0, capacity: 0, price: expect.closeTo(0.1, 12) });
  });
  it('of replicas that follow comes from traffic, capacity and price, in opposite directions', () => {
    const { spread } = totalOf(fleetTree({ ...G5, capacity: 1 }, profile, { min: 1 }, source));
    expect(spread).toEqual({ traffic: expect.closeTo(0.2, 3), capacity: expect.closeTo(-0.25, 3), price: expect.closeTo(0.1, 12) });
  });
});
