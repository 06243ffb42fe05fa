import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExperimentInput, ExperimentMethod } from '../../../src/analysis/experiments/experiment-plan.ts';
import { planExperiment } from '../../../src/analysis/experiments/plan-experiment.ts';

const CASE: ExperimentInput = { baseline: 0.1, target: 0.11 };
const DAY = 86_400;

describe('the plan of an experiment', () => {
  it('has the sample of R, and the boundaries of O’Brien and Fleming where there are looks', () => {
    expect(planExperiment(CASE)).toMatchObject({ method: 'fixed', perArm: 14_751, treatment: 14_751, total: 29_502, inflation: 1, boundaries: null });
    const plan = planExperiment({ ...CASE, looks: 5 });
    expect(plan).toMatchObject({ method: 'obf', perArm: 15_170, total: 30_340 });
    expect(plan.boundaries?.map(({ z }) => Number(z.toFixed(5)))).toEqual([4.56174, 3.22564, 2.63372, 2.28087, 2.04007]);
    expect(plan.boundaries?.map(({ total }) => total)).toEqual([6068, 12_136, 18_204, 24_272, 30_340]);
    // 0.81757 of the sample of one look.
    expect(plan.expectedTotal! / 29_502).toBeCloseTo(0.8176, 3);
  });

  it.each<[ExperimentMethod, number]>([['fixed', 1], ['obf', 1.028411], ['pocock', 1.228593], ['lan-demets-obf', 1.02472], ['lan-demets-pocock', 1.212626]])('%s costs %d times the sample', (method, inflation) => {
    const plan = planExperiment({ ...CASE, method });
    expect(plan.inflation).toBeCloseTo(inflation, 5);
    expect(plan.perArm).toBe(Math.ceil(14_750.790469 * plan.inflation!));
  });

  it('takes the target as a lift or as a difference too', () => {
    for (const end of [{ lift: 0.1 }, { difference: 0.01 }]) expect(planExperiment({ baseline: 0.1, ...end }).perArm).toBe(14_751);
    expect(planExperiment({ sd: 1, delta: 0.2 })).toMatchObject({ formula: 't', perArm: 394, effect: { difference: 0.2, target: null } });
    expect(planExperiment({ sd: 1, delta: 0.2, meanFormula: 'normal' }).perArm).toBe(393);
  });

  it('counts every arm, and divides the level among comparisons', () => {
    const plan = planExperiment({ ...CASE, arms: 3, ratio: 2 });
    expect(plan.alpha).toBe(0.025);
    expect(plan.total).toBe(plan.perArm! + 2 * plan.treatment!);
    expect(planExperiment({ ...CASE, metrics: 2 }).perArm).toBe(planExperiment({ ...CASE, alpha: 0.025 }).perArm);
  });

  it('a covariate saves, and clusters cost', () => {
    expect(planExperiment({ ...CASE, covariateCorrelation: 0.5 }).perArm).toBe(Math.ceil(14_750.790469 * 0.75));
    expect(planExperiment({ ...CASE, cluster: { size: 21, correlation: 0.05 } }).perArm).toBe(Math.ceil(14_750.790469 * 2));
  });

  it('says how long it takes, in whole weeks, and what two weeks show', () => {
    const plan = planExperiment({ ...CASE, eligiblePerSecond: 5000 / DAY, share: 0.2 });
    expect(plan.duration).toEqual({ seconds: expect.closeTo(29.502 * DAY, 3), weeks: 5 });
    // 14,000 units, which show a larger difference.
    const { target } = plan.mdeInTwoWeeks!;
    expect(planExperiment({ baseline: 0.1, target: target! }).total).toBe(14_000);
    expect(plan.mdeInTwoWeeks!.lift).toBeCloseTo((target! - 0.1) / 0.1, 12);
  });

  it('what two weeks show is what takes two weeks, with every adjustment', () => {
    const input = { ...CASE, looks: 3, ratio: 2, covariateCorrelation: 0.6, eligiblePerSecond: 0.02 };
    const { mdeInTwoWeeks } = planExperiment(input);
    const { duration } = planExperiment({ ...input, target: mdeInTwoWeeks!.target! });
    expect(duration!.seconds / (14 * DAY)).toBeCloseTo(1, 2);
    expect(planExperiment({ sd: 2, delta: -1, eligiblePerSecond: 0.02 }).mdeInTwoWeeks!.difference).toBeGreaterThan(0);
    expect(planExperiment({ baseline: 0.5, target: 0.4, eligiblePerSecond: 0.02 }).mdeInTwoWeeks!.difference).toBeLessThan(0);
  });

  it('needs more for a guardrail than it has', () => {
    const plan = planExperiment({ ...CASE, guardrails: [{ name: 'errors', baseline: 0.01, margin: 0.001 }, { baseline: 0.2, margin: 0.02 }, { baseline: 2, margin: 1 }] });
    expect(plan.guardrails.map(({ name, enough }) => [name, enough])).toEqual([['errors', false], ['guardrail 2', true], ['guardrail 3', null]]);
    expect(plan.warnings.join()).toMatch(/errors needs 122,415 units/);
    expect(plan.guardrails[2]!.reason).toMatch(/baseline/);
  });

  it('warns of peeking, of uneven splits, of rare outcomes, of eight weeks and of a length that is too short', () => {
    const warnings = (input: ExperimentInput): string => planExperiment({ ...CASE, ...input }).warnings.join('\n');
    expect(warnings({})).toBe('');
    expect(warnings({ method: 'fixed', looks: 5 })).toMatch(/14\.17 % .* 5 %/);
    expect(warnings({ ratio: 9 })).toMatch(/2\.78 times/);
    expect(warnings({ sides: 1 })).toMatch(/harm/);
    expect(warnings({ baseline: 0.001, target: 0.02 })).toMatch(/rough/);
    expect(warnings({ eligiblePerSecond: 0.001 })).toMatch(/49 weeks/);
    expect(warnings({ length: 3 * DAY })).toMatch(/shorter than a week/);
    expect(warnings({ length: 14 * DAY, eligiblePerSecond: 0.01 })).toMatch(/complete after 34\.15 days/);
  });

  it('judges a chosen length', () => {
    expect([3, 14, 60].map((days) => planExperiment({ ...CASE, eligiblePerSecond: 0.01, length: days * DAY }).longEnough)).toEqual([false, false, true]);
    expect(planExperiment({ ...CASE, length: 14 * DAY }).longEnough).toBeNull();
    expect(planExperiment(CASE).longEnough).toBeNull();
  });

  it.each<[ExperimentInput, RegExp]>([
    [{}, /Neither a baseline/],
    [{ baseline: 0.1 }, /No target/],
    [{ baseline: 0.1, target: 0.1 }, /equal/],
    [{ baseline: 0.1, target: 1.4 }, /target/],
    [{ baseline: 0.6, lift: 1 }, /target/],
    [{ sd: 1 }, /No difference/],
    [{ baseline: Number.NaN, target: 0.1 }, /numbers/],
    [{ ...CASE, arms: 1 }, /two arms/],
    [{ ...CASE, alpha: 2 }, /significance/],
    [{ ...CASE, looks: 99 }, /50/],
    [{ ...CASE, covariateCorrelation: 1.2 }, /correlation/],
    [{ ...CASE, method: 'msprt', sides: 1 }, /two-sided/],
  ])('%o has a reason', (input, reason) => {
    const plan = planExperiment({ ...input, eligiblePerSecond: 1 });
    expect(plan).toMatchObject({ perArm: null, total: null, duration: null });
    expect(plan.reasons.perArm).toMatch(reason);
    expect(plan.reasons.duration).toMatch(reason);
  });

  it('a value is null exactly where there is a reason, and otherwise finite', () => {
    const number = fc.oneof(fc.double(), fc.constantFrom(0, 1, 0.1, 0.11, 1e-300, 1e300, -1, 5));
    fc.assert(
      fc.property(
        fc.record({ baseline: number, target: number, lift: number, sd: number, delta: number, alpha: number, power: number, sides: fc.constantFrom(1 as const, 2 as const), ratio: number, arms: number, metrics: number, looks: fc.constantFrom(0, 1, 2, 5, 2.5, 60), method: fc.constantFrom<ExperimentMethod>('fixed', 'obf', 'pocock', 'lan-demets-obf', 'lan-demets-pocock'), covariateCorrelation: number, eligiblePerSecond: number, share: number, length: number }, { requiredKeys: [] }),
        (input) => {
          const plan = planExperiment(input);
          for (const name of ['effect', 'perArm', 'treatment', 'total', 'expectedTotal', 'inflation', 'boundaries', 'duration', 'mdeInTwoWeeks'] as const) expect(plan[name] === null, name).toBe(plan.reasons[name] !== undefined);
          for (const value of [plan.perArm, plan.treatment, plan.total, plan.expectedTotal, plan.inflation, plan.duration?.seconds ?? null, plan.mdeInTwoWeeks && Math.abs(plan.mdeInTwoWeeks.difference)]) expect(value === null || (Number.isFinite(value) && value > 0)).toBe(true);
        },
      ),
      { numRuns: 150 },
    );
  });
});
