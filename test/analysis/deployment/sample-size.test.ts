import { describe, expect, it } from 'vitest';
import { samplesPerArm } from '../../../src/analysis/deployment/sample-size.ts';

const range = (low: number, high = low) => ({ low, high });

describe('samples in each arm', () => {
  it('is 16 p (1 − p) / δ²', () => {
    expect(samplesPerArm(range(0.1), range(0.01)).low).toBeCloseTo(14_400, 6);
  });

  it('lies within 5 % of the exact formula for two shares', () => {
    // (1.960 + 0.842)² · (p₁(1 − p₁) + p₂(1 − p₂)) / δ² for 2 % against 2.2 %.
    const exact = (1.96 + 0.842) ** 2 * (0.02 * 0.98 + 0.022 * 0.978) / 0.002 ** 2;
    expect(samplesPerArm(range(0.021), range(0.002)).low / exact).toBeCloseTo(1.02, 1);
  });

  it('runs from the easiest to the hardest case of a range', () => {
    const samples = samplesPerArm(range(0.2, 0.8), range(0.01, 0.02));
    expect(samples.low).toBeCloseTo((16 * 0.16) / 0.0004, 6);
    expect(samples.high).toBeCloseTo((16 * 0.25) / 0.0001, 6);
  });
});
