import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { erfc, lowerGamma, lowerGammaInverse, normalCdf, normalQuantile, normalUpperQuantile, upperGamma, upperGammaInverse } from '../../../src/analysis/statistics/special-functions.ts';

const reference = JSON.parse(readFileSync(path.join(import.meta.dirname, 'reference.json'), 'utf8')) as Record<string, number[][]>;

const functions: Readonly<Record<string, (...args: number[]) => number>> = {
  lowerGamma: (a, x) => lowerGamma(a ?? 0, x ?? 0),
  upperGamma: (a, x) => upperGamma(a ?? 0, x ?? 0),
  normalQuantile: (p) => normalQuantile(p ?? 0),
  normalCdf: (z) => normalCdf(z ?? 0),
  erfc: (x) => erfc(x ?? 0),
};

describe.each(Object.keys(functions))('%s', (name) => {
  it.each(reference[name] ?? [])('has the value of 40-digit arithmetic at %f, %f', (...row) => {
    const [expected = 0, ...args] = [row.at(-1), ...row.slice(0, -1)];
    const found = functions[name]?.(...args) ?? Number.NaN;
    expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-11 * Math.abs(expected));
  });
});

describe('the inverse of the gamma law', () => {
  it('comes back to where it started, in both tails', () => {
    fc.assert(fc.property(fc.double({ min: 0.05, max: 5000, noNaN: true }), fc.double({ min: 1e-12, max: 0.5, noNaN: true }), (a, p) => {
      expect(lowerGamma(a, lowerGammaInverse(a, p)) / p).toBeCloseTo(1, 9);
      expect(upperGamma(a, upperGammaInverse(a, p)) / p).toBeCloseTo(1, 9);
    }));
  });

  it('is that of an exponential law at shape one, and zero or infinite at the ends', () => {
    expect(lowerGammaInverse(1, 0.99)).toBeCloseTo(Math.log(100), 12);
    expect(lowerGammaInverse(3, 0)).toBe(0);
    expect(lowerGammaInverse(3, 1)).toBe(Infinity);
  });
});

describe('the normal quantile', () => {
  it('keeps the digits of a tiny tail', () => {
    expect(normalUpperQuantile(1e-300)).toBeCloseTo(37.0471, 3);
    expect(normalQuantile(0)).toBe(-Infinity);
    expect(normalQuantile(1)).toBe(Infinity);
  });
});
