import { describe, expect, it } from 'vitest';
import { alwaysValid } from '../../../src/analysis/experiments/always-valid.ts';
import { kolmogorovUpperQuantile } from '../../../src/analysis/experiments/distributions.ts';
import { chiSquaredAgainst, jensenShannon, jensenShannonDistance, kullbackLeibler, populationStabilityIndex } from '../../../src/analysis/experiments/drift/distances.ts';
import { psiUnderNull } from '../../../src/analysis/experiments/drift/null-distribution.ts';
import { ksOfShift, rowsForShift } from '../../../src/analysis/experiments/drift/sensitivity.ts';
import { groupSequentialDesign, type BoundaryFamily } from '../../../src/analysis/experiments/group-sequential.ts';
import { meanSampleSize } from '../../../src/analysis/experiments/means.ts';
import { sampleRatio } from '../../../src/analysis/experiments/srm.ts';
import { cohenH, proportionDetectable, proportionPower, proportionSampleSize } from '../../../src/analysis/experiments/two-proportions.ts';
import file from './oracles.json' with { type: 'json' };
import { expectClose, valueOf } from './value-of.ts';

type Inputs = Readonly<Record<string, never>> & { readonly [name: string]: number & string & number[] };
type Outputs = Readonly<Record<string, number | readonly number[]>>;

const FAMILIES: Readonly<Record<string, BoundaryFamily>> = { OF: 'obrien-fleming', P: 'pocock', asOF: 'lan-demets-obrien-fleming', asP: 'lan-demets-pocock' };

/** What the product says where the reference says its outputs. */
const COMPUTE: Readonly<Record<string, (inputs: Inputs) => Outputs>> = {
  'two-proportion n per arm, two-sided': ({ p1, p2, alpha, power }) => {
    const n = valueOf(proportionSampleSize({ baseline: p1!, target: p2!, alpha, power }));
    return { n, n_ceil: Math.ceil(n) };
  },
  'two-proportion n per arm, one-sided': ({ p1, p2, alpha, power }) => ({ n: valueOf(proportionSampleSize({ baseline: p1!, target: p2!, alpha, power, sides: 1 })) }),
  'MDE p2': ({ n, p1, alpha, power }) => ({ p2: rRoot((target) => valueOf(proportionPower({ baseline: p1!, target, n: n!, alpha })) - power!, p1! * (1 + 1e-12), 1 - 1e-12) }),
  power: ({ n, p1, p2, alpha }) => ({ power: valueOf(proportionPower({ baseline: p1!, target: p2!, n: n!, alpha })) }),
  'arcsine (Cohen h) n per arm': ({ p1, p2, alpha, power }) => ({ h: cohenH(p1!, p2!), n: valueOf(proportionSampleSize({ baseline: p1!, target: p2!, alpha, power, formula: 'arcsine' })) }),
  'arcsine, small arm n with 9:1 split': ({ p1, p2, alpha, power, ratio }) => ({ n_small: valueOf(proportionSampleSize({ baseline: p1!, target: p2!, alpha, power, ratio, formula: 'arcsine' })) }),
  'Evan Miller fixed-horizon (control variance under H0)': ({ p, abs_mde, alpha, power }) => ({ n: valueOf(proportionSampleSize({ baseline: p!, target: p! + abs_mde!, alpha, power, formula: 'control-variance' })) }),
  'two-sample t n per arm': ({ d, alpha, power }) => ({ n: valueOf(meanSampleSize({ sd: 1, delta: d!, alpha, power })) }),
  'group sequential, alpha=.05 two-sided, power .8, equal looks': ({ design, looks }) => {
    const found = valueOf(groupSequentialDesign({ boundary: FAMILIES[design!], looks }));
    return { critical: found.looks.map(({ z }) => z), inflation: found.inflation, asn_h1: found.expectedUnderAlternative };
  },
  'mSPRT normal mixture': ({ n_per_arm, diff, V, tau2, alpha }) => {
    const { logRatio, p, halfWidth } = valueOf(alwaysValid({ n: n_per_arm!, difference: diff!, variance: V!, mixingVariance: tau2! }, alpha));
    return { Lambda: Math.exp(logRatio), p_value: p, cs_halfwidth: halfWidth };
  },
  'SRM chi-square p, expected 1:1': ({ control, treatment }) => ({ p: valueOf(sampleRatio([control!, treatment!])).p }),
  'SRM chi-square p, expected 9:1': ({ control, treatment }) => ({ p: valueOf(sampleRatio([control!, treatment!], [9, 1])).p }),
  'PSI/KL/JS': ({ p, q }) => {
    const [reference, window] = [p!, q!] as unknown as [number[], number[]];
    return {
      psi: valueOf(populationStabilityIndex(reference, window)),
      kl_q_p: valueOf(kullbackLeibler(reference, window)),
      kl_p_q: valueOf(kullbackLeibler(window, reference)),
      jsd_nats: valueOf(jensenShannon(reference, window)),
      jsd_bits: valueOf(jensenShannon(reference, window)) / Math.LN2,
      js_distance_base2: valueOf(jensenShannonDistance(reference, window)),
      chi2_n1000: valueOf(chiSquaredAgainst(reference, window.map((share) => 1000 * share))),
    };
  },
  'PSI under no drift': ({ bins, n, m }) => {
    const { mean, exceededWith } = valueOf(psiUnderNull(bins!, { rows: n!, reference: m! }));
    return { mean, crit95: exceededWith(0.05) };
  },
  'KS distance of N(0,1) vs N(d,1) and n per sample for D>crit(.05)': ({ shift }) => ({ D: ksOfShift(shift!), n: Math.ceil(valueOf(rowsForShift(shift!, kolmogorovUpperQuantile(0.05)))) }),
};

describe('reference values of other programs', () => {
  it.each(file.oracles.map((oracle) => [oracle.id, oracle] as const))('%s', (_, { function: name, inputs, outputs, rel_tol: tolerance }) => {
    const computed = COMPUTE[name]!(inputs as unknown as Inputs);
    for (const [output, expected] of Object.entries(outputs)) {
      const actual = computed[output];
      expect([actual].flat()).toHaveLength([expected].flat().length);
      for (const [index, value] of [expected].flat().entries()) expectClose(Number([actual].flat()[index]), value as number, tolerance);
    }
  });

  it('the detectable target has exactly the power asked for, where that of R stops at its tolerance', () => {
    const target = valueOf(proportionDetectable({ baseline: 0.1, n: 10_000 }));
    expectClose(valueOf(proportionPower({ baseline: 0.1, target, n: 10_000 })), 0.8, 1e-12);
    expectClose(valueOf(proportionSampleSize({ baseline: 0.1, target })), 10_000, 1e-9);
    expect(Math.abs(target - 0.1122190802)).toBeLessThan(Number.EPSILON ** 0.25);
  });
});

/** R's uniroot at the tolerance of power.prop.test, which ends 2e-5 beside the root: Brent's zeroin, "Algorithms for Minimization without Derivatives" (1973). */
function rRoot(f: (x: number) => number, low: number, high: number): number {
  const tolerance = Number.EPSILON ** 0.25;
  let [a, b, c] = [low, high, low];
  let [fa, fb, fc] = [f(low), f(high), f(low)];
  for (;;) {
    const before = b - a;
    if (Math.abs(fc) < Math.abs(fb)) [a, b, c, fa, fb, fc] = [b, c, b, fb, fc, fb];
    const least = 2 * Number.EPSILON * Math.abs(b) + tolerance / 2;
    let step = (c - b) / 2;
    if (Math.abs(step) <= least || fb === 0) return b;
    if (Math.abs(before) >= least && Math.abs(fa) > Math.abs(fb)) {
      const [s, t, u] = [fb / fa, fb / fc, fa / fc];
      let [p, q] = a === c ? [(c - b) * s, 1 - s] : [s * ((c - b) * u * (u - t) - (b - a) * (t - 1)), (u - 1) * (t - 1) * (s - 1)];
      [p, q] = p > 0 ? [p, -q] : [-p, q];
      if (p < 0.75 * (c - b) * q - Math.abs(least * q) / 2 && p < Math.abs((before * q) / 2)) step = p / q;
    }
    if (Math.abs(step) < least) step = step > 0 ? least : -least;
    [a, fa] = [b, fb];
    b += step;
    fb = f(b);
    if (fb > 0 === fc > 0) [c, fc] = [a, fa];
  }
}
