import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { falsePositiveRateOfPeeking, groupSequentialDesign, type BoundaryFamily, type GroupSequential } from '../../../src/analysis/experiments/group-sequential.ts';
import { stoppingProbabilities } from '../../../src/analysis/experiments/stopping-probabilities.ts';
import { expectClose, valueOf } from './value-of.ts';

const FAMILIES: readonly BoundaryFamily[] = ['obrien-fleming', 'pocock', 'lan-demets-obrien-fleming', 'lan-demets-pocock'];
const families = fc.constantFrom(...FAMILIES);
const design = (plan: GroupSequential) => valueOf(groupSequentialDesign(plan));
/** Information times that increase to 1, at least a fiftieth apart. */
const times = fc.array(fc.integer({ min: 1, max: 49 }), { minLength: 1, maxLength: 6 }).map((parts) => [...new Set(parts)].sort((a, b) => a - b).map((part) => part / 50).concat(1));

describe('group-sequential designs', () => {
  it.each(FAMILIES)('%s with one look is the test with one look', (boundary) => {
    const { looks, inflation, expectedUnderAlternative, expectedUnderNull } = design({ boundary, looks: 1 });
    expectClose(looks[0]!.z, 1.959963984540054, 1e-9);
    for (const factor of [inflation, expectedUnderAlternative, expectedUnderNull]) expect(factor).toBeCloseTo(1, 8);
  });

  it('spend exactly the error and have exactly the power, at equal and unequal times', () => {
    fc.assert(
      fc.property(families, times, fc.constantFrom(1 as const, 2 as const), fc.constantFrom(0.01, 0.05, 0.1), fc.constantFrom(0.5, 0.8, 0.95), (boundary, at, sides, alpha, power) => {
        const { looks, inflation, expectedUnderAlternative, expectedUnderNull } = design({ boundary, times: at, sides, alpha, power });
        expect(looks.map(({ time }) => time)).toEqual(at);
        expectClose(looks.at(-1)!.spent, alpha, 1e-6);
        expectClose(looks.at(-1)!.power, power, 1e-7);
        expect(inflation).toBeGreaterThanOrEqual(1 - 1e-8);
        expect(expectedUnderAlternative).toBeLessThanOrEqual(inflation + 1e-12);
        expect(expectedUnderNull).toBeLessThanOrEqual(inflation + 1e-12);
        for (const [index, { spent, power: found }] of looks.entries()) {
          expect(spent).toBeGreaterThanOrEqual(looks[index - 1]?.spent ?? 0);
          expect(found).toBeGreaterThanOrEqual(looks[index - 1]?.power ?? 0);
        }
      }),
      { numRuns: 40 },
    );
  });

  it.each([2, 5, 12, 50])('boundaries of O’Brien and Fleming fall over %d looks, and those of Pocock do not move', (looks) => {
    for (const boundary of ['obrien-fleming', 'lan-demets-obrien-fleming'] as const) {
      const z = design({ boundary, looks }).looks.map((look) => look.z);
      expect(z).toEqual([...z].sort((a, b) => b - a));
      expect(z.at(-1)).toBeGreaterThan(1.9599);
    }
    const constant = design({ boundary: 'pocock', looks }).looks.map((look) => look.z);
    expect(new Set(constant).size).toBe(1);
  });

  it('more looks cost more at most and need less in the mean', () => {
    const plans = [1, 2, 3, 5, 10].map((looks) => design({ looks }));
    const [most, mean] = [plans.map(({ inflation }) => inflation), plans.map(({ expectedUnderAlternative }) => expectedUnderAlternative)];
    expect(most).toEqual([...most].sort((a, b) => a - b));
    expect(mean).toEqual([...mean].sort((a, b) => b - a));
  });

  it('spending after Lan and DeMets spends what the function says', () => {
    const { looks } = design({ boundary: 'lan-demets-pocock', times: [0.3, 0.35, 0.9, 1] });
    for (const { time, spent } of looks) expectClose(spent, 0.05 * Math.log(1 + (Math.E - 1) * time), 1e-6);
  });

  it('peeking five times finds 14.2 % instead of 5 %, and once 5 %', () => {
    expectClose(valueOf(falsePositiveRateOfPeeking(5)), 0.1417, 1e-3);
    expectClose(valueOf(falsePositiveRateOfPeeking(1)), 0.05, 1e-9);
    expectClose(valueOf(falsePositiveRateOfPeeking(10)), 0.193, 2e-3);
  });

  it.each([
    [{ looks: 0 }, /looks/],
    [{ looks: 51 }, /50/],
    [{ looks: 2.5 }, /whole/],
    [{ times: [0.5, 0.4, 1] }, /increase/],
    [{ times: [0.5] }, /to 1/],
    [{ times: [0.999_999, 1] }, /close together/],
    [{ times: [-1, 1] }, /increase/],
    [{ alpha: 1 }, /significance/],
    [{ power: 0 }, /power/],
    [{ alpha: 1e-20 }, /1e-10/],
  ])('%o has a reason', (plan, reason) => {
    expect(groupSequentialDesign(plan)).toEqual({ value: null, reason: expect.stringMatching(reason) });
  });

  it.each([{ alpha: 1e-9, looks: 10 }, { power: 0.999_999, looks: 50 }, { alpha: 0.6, power: 0.9, looks: 20 }, { times: [1e-6, 0.5, 1] }, { times: [0.5, 0.501, 1] }])('%o is finite', (plan) => {
    for (const boundary of FAMILIES) {
      const { looks, inflation, expectedUnderAlternative } = design({ ...plan, boundary });
      for (const value of [inflation, expectedUnderAlternative, ...looks.flatMap(({ z, p, spent, power }) => [z, p, spent, power])]) expect(Number.isFinite(value)).toBe(true);
    }
  });
});

describe('a Brownian motion that is looked at', () => {
  it('stops as often above with a drift as below with the opposite one', () => {
    fc.assert(
      fc.property(fc.double({ min: -4, max: 4, noNaN: true }), times, (drift, at) => {
        const looks = at.map((time) => ({ time, upper: 2, lower: -2 }));
        const [up, down] = [stoppingProbabilities(looks, drift), stoppingProbabilities(looks, -drift)];
        for (const [index, chance] of up.above.entries()) expect(chance).toBeCloseTo(down.below[index]!, 12);
      }),
      { numRuns: 30 },
    );
  });

  it('loses nobody: with boundaries at zero everybody is stopped at once', () => {
    const { above, below } = stoppingProbabilities([{ time: 0.5, upper: 0, lower: 0 }, { time: 1, upper: 0, lower: 0 }], 0.3);
    expect(above[0]! + below[0]!).toBeCloseTo(1, 12);
    expect([above[1], below[1]]).toEqual([0, 0]);
  });

  it('a look that stops nobody changes nothing', () => {
    const [end] = stoppingProbabilities([{ time: 1, upper: 1.5, lower: -Infinity }], 1).above;
    const found = stoppingProbabilities([0.1, 0.4, 0.7].map((time) => ({ time, upper: Infinity, lower: -Infinity })).concat({ time: 1, upper: 1.5, lower: -Infinity }), 1).above;
    expectClose(found.at(-1)!, end!, 1e-10);
  });
});
