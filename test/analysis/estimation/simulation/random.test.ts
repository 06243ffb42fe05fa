import { describe, expect, it } from 'vitest';
import { copiesOf, gammaTimes, randomOf } from '../../../../src/analysis/estimation/simulation/random.ts';
import { eventsOf } from '../../../../src/analysis/estimation/simulation/events.ts';
import { sampleOf } from '../../../../src/analysis/estimation/simulation/sample.ts';
import { upperGamma } from '../../../../src/analysis/statistics/special-functions.ts';
import { expectClose } from '../queueing/close.ts';

const draw = (count: number, next: () => number): Float64Array => Float64Array.from({ length: count }, next);
const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('random numbers', () => {
  it('are the same for the same seed and others for another', () => {
    const [first, again, other] = [1, 1, 2].map((seed) => draw(100, randomOf(seed).uniform));
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it('are uniform, with both halves of their bits', () => {
    const values = draw(200_000, randomOf(7).uniform).sort();
    expect(values[0]).toBeGreaterThan(0);
    expect(values.at(-1)).toBeLessThan(1);
    // Kolmogorov and Smirnov at one in 10,000.
    const most = values.reduce((worst, value, index) => Math.max(worst, Math.abs(value - (index + 0.5) / values.length)), 0);
    expect(most).toBeLessThan(2.225 / Math.sqrt(values.length));
  });

  it.each([0.25, 0.5, 1, 2, 4])('of a gamma law with variation %f have its distribution', (scv) => {
    const values = draw(200_000, gammaTimes(randomOf(3), 2, scv)).sort();
    const most = values.reduce((worst, value, index) => Math.max(worst, Math.abs(1 - upperGamma(1 / scv, value / (2 * scv)) - (index + 0.5) / values.length)), 0);
    expect(most).toBeLessThan(2.225 / Math.sqrt(values.length));
  });

  it('without variation are constant', () => expect([...draw(3, gammaTimes(randomOf(3), 2, 0))]).toEqual([2, 2, 2]));

  it('of copies are the whole numbers around their mean', () => {
    const values = draw(100_000, copiesOf(randomOf(5), 2.3));
    expect(new Set(values)).toEqual(new Set([2, 3]));
    expectClose(meanOf(values), 2.3, 0.005);
    expect(new Set(draw(10, copiesOf(randomOf(5), 4)))).toEqual(new Set([4]));
  });
});

describe('events', () => {
  it('come in the order of their times, each with what it is about', () => {
    const events = eventsOf();
    const random = randomOf(11);
    const expected = Array.from({ length: 5000 }, (_, index) => ({ time: random.uniform(), kind: index % 3, subject: index, version: index % 7 }));
    // Some are taken while others come.
    const taken: { time: number; kind: number; subject: number; version: number }[] = [];
    expected.forEach(({ time, kind, subject, version }, index) => {
      events.add(time + Math.floor(index / 100), kind, subject, version);
      if (index % 100 === 99) for (let count = 0; count < 40; count++) if (events.next()) taken.push({ ...events.now });
    });
    while (events.next()) taken.push({ ...events.now });
    expect(taken).toHaveLength(expected.length);
    for (const { time, kind, subject, version } of taken) expect({ time, kind, version }).toEqual({ time: expected[subject]!.time + Math.floor(subject / 100), kind: expected[subject]!.kind, version: expected[subject]!.version });
    expect(new Set(taken.map(({ subject }) => subject)).size).toBe(expected.length);
    const last = taken.slice(-2000).map(({ time }) => time);
    expect(last).toEqual([...last].sort((a, b) => a - b));
    expect(events.next()).toBe(false);
  });
});

describe('samples', () => {
  it('have order statistics for percentiles', () => {
    const { mean, quantile } = sampleOf(Float64Array.from([5, 1, 4, 2, 3]));
    expect([mean, quantile(0), quantile(0.5), quantile(0.99)]).toEqual([3, 1, 3, 5]);
  });
});
