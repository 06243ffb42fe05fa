import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { budgetGap, objectiveGap } from '../../../../src/analysis/estimation/cost/budget.ts';
import { buildOrBuy, platformBreakEven, type PlatformFacts } from '../../../../src/analysis/estimation/cost/build-or-buy.ts';
import { budgetExhaustion, capacityExhaustion } from '../../../../src/analysis/estimation/cost/growth.ts';
import { besidePublished, PUBLISHED_BANDS } from '../../../../src/analysis/estimation/cost/published-bands.ts';
import { annualTrainingCost, retrainingBreakEven } from '../../../../src/analysis/estimation/cost/retraining.ts';
import { group, leaf, totalOf, unknown } from '../../../../src/analysis/estimation/cost/tree.ts';

const exactly = (value: number) => ({ low: value, high: value });
const bill = (value: number, logSd = 0) => leaf({ name: 'serving', value, currency: 'USD', provenance: 'measured', formula: `${value}`, spread: logSd === 0 ? {} : { traffic: logSd } });

describe('automating retraining', () => {
  it.each([
    [50_000, 5000, 500, 11.11],
    [150_000, 15_000, 2000, 11.54],
    [50_000, 15_000, 500, 3.448],
    [150_000, 5000, 2000, 50],
  ])('%d to build, %d by hand and %d automated: %d runs', (build, manual, automated, runs) =>
    expect(retrainingBreakEven({ build: exactly(build), manualRun: exactly(manual), automatedRun: exactly(automated) })).toMatchObject({ runs: expect.closeTo(runs, 2) }));

  it('tells the corners of ranges, and months at a cadence', () => {
    const automation = { build: { low: 50_000, high: 150_000 }, manualRun: { low: 5000, high: 15_000 }, automatedRun: { low: 500, high: 2000 } };
    expect(retrainingBreakEven(automation, 12)).toEqual({ runs: expect.closeTo(100_000 / 8750, 9), best: expect.closeTo(50 / 14.5, 9), worst: 50, months: expect.closeTo(100_000 / 8750, 9) });
  });

  it('never pays where a run saves nothing', () => {
    expect(retrainingBreakEven({ build: exactly(1000), manualRun: exactly(100), automatedRun: exactly(100) }, 12)).toMatchObject({ runs: Number.POSITIVE_INFINITY, months: Number.POSITIVE_INFINITY });
    expect(retrainingBreakEven({ build: exactly(1000), manualRun: exactly(200), automatedRun: exactly(100) }, 0)).toMatchObject({ months: Number.POSITIVE_INFINITY });
    expect(retrainingBreakEven({ build: exactly(0), manualRun: exactly(100), automatedRun: exactly(100) }, 0)).toMatchObject({ runs: 0, months: 0 });
  });

  it.each([Number.NaN, -1, Number.POSITIVE_INFINITY])('a price of %d is said to be wrong', (wrong) => expect(retrainingBreakEven({ build: exactly(wrong), manualRun: exactly(2), automatedRun: exactly(1) })).toHaveProperty('problem'));

  it('costs by the year what its runs cost: 60,000 to 300,000 is monthly, 20,000 to 100,000 quarterly', () => {
    const { low, high } = PUBLISHED_BANDS.trainingRun;
    expect(annualTrainingCost({ low, high }, 12)).toEqual({ low: PUBLISHED_BANDS.trainingYear.low, high: PUBLISHED_BANDS.trainingYear.high });
    expect(annualTrainingCost({ low, high }, 4)).toEqual({ low: 20_000, high: 100_000 });
    expect(annualTrainingCost({ low: 2, high: 1 }, 4)).toBeUndefined();
  });

  it('has its middle between its corners', () => {
    const range = fc.tuple(fc.double({ min: 0, max: 1e6, noNaN: true }), fc.double({ min: 0, max: 1e6, noNaN: true })).map(([low, more]) => ({ low, high: low + more }));
    fc.assert(fc.property(range, range, range, (build, manualRun, automatedRun) => {
      const found = retrainingBreakEven({ build, manualRun, automatedRun });
      if ('problem' in found) throw new Error(found.problem);
      expect(found.best).toBeLessThanOrEqual(found.runs * (1 + 1e-12));
      expect(found.runs).toBeLessThanOrEqual(found.worst * (1 + 1e-12));
    }));
  });
});

describe('build or buy', () => {
  const SMALL: PlatformFacts = { predictionsPerMonth: 5e6, models: 2, platformEngineers: 1, monthsToProduction: 3, platformPerMonth: 20_000, specialNeeds: false, differentiates: false, roadmapYears: 1 };
  const LARGE: PlatformFacts = { predictionsPerMonth: 500e6, models: 20, platformEngineers: 8, monthsToProduction: 18, platformPerMonth: 400_000, specialNeeds: true, differentiates: true, roadmapYears: 5 };
  const directions = (facts: PlatformFacts) => Object.fromEntries(buildOrBuy(facts).votes.map(({ fact, direction }) => [fact, direction]));

  it('is decided where all facts point one way', () => {
    expect(buildOrBuy(SMALL).verdict).toBe('managed');
    expect(buildOrBuy(LARGE).verdict).toBe('build');
  });

  it('leaves 10 to 100 million predictions and 3 to 4 engineers in a grey zone', () => {
    expect(directions({ predictionsPerMonth: 50e6, platformEngineers: 4, platformPerMonth: 80_000, models: 5, monthsToProduction: 6, roadmapYears: 2 })).toEqual({ predictionsPerMonth: 'grey', platformEngineers: 'grey', platformPerMonth: 'grey', models: 'grey', monthsToProduction: 'grey', roadmapYears: 'grey', specialNeeds: 'unknown', differentiates: 'unknown' });
    expect(buildOrBuy({ ...SMALL, predictionsPerMonth: 50e6 })).toMatchObject({ verdict: 'grey zone', because: 'facts lie between the thresholds' });
  });

  it('says which facts point where when they disagree', () => {
    expect(buildOrBuy({ ...SMALL, specialNeeds: true })).toMatchObject({ verdict: 'grey zone', because: 'facts point in both directions' });
    expect(directions({ ...SMALL, specialNeeds: true })).toMatchObject({ specialNeeds: 'build', predictionsPerMonth: 'managed' });
  });

  it('does not decide without volume and cost', () => {
    expect(buildOrBuy({ platformEngineers: 8, specialNeeds: true })).toMatchObject({ verdict: 'grey zone', because: 'too little is known' });
    expect(buildOrBuy({})).toMatchObject({ verdict: 'grey zone', because: 'too little is known' });
  });

  it.each<[PlatformFacts, keyof PlatformFacts, string]>([
    [{ predictionsPerMonth: 9_999_999 }, 'predictionsPerMonth', 'managed'], [{ predictionsPerMonth: 10e6 }, 'predictionsPerMonth', 'grey'], [{ predictionsPerMonth: 100e6 }, 'predictionsPerMonth', 'grey'], [{ predictionsPerMonth: 100e6 + 1 }, 'predictionsPerMonth', 'build'],
    [{ platformEngineers: 2 }, 'platformEngineers', 'managed'], [{ platformEngineers: 3 }, 'platformEngineers', 'grey'], [{ platformEngineers: 5 }, 'platformEngineers', 'build'],
    [{ models: 3 }, 'models', 'managed'], [{ models: 4 }, 'models', 'grey'], [{ monthsToProduction: 4 }, 'monthsToProduction', 'managed'], [{ monthsToProduction: 5 }, 'monthsToProduction', 'grey'],
    [{ platformPerMonth: 49_999 }, 'platformPerMonth', 'managed'], [{ platformPerMonth: 150_000 }, 'platformPerMonth', 'build'], [{ roadmapYears: 3 }, 'roadmapYears', 'build'], [{ predictionsPerMonth: Number.NaN }, 'predictionsPerMonth', 'unknown'],
  ])('%j: %s points to %s', (facts, fact, direction) => expect(directions(facts)[fact]).toBe(direction));

  it('compares what both cost over a horizon', () => {
    // 1.2 M USD once and 80,000 a month, against 150,000 a month, for three years.
    expect(platformBreakEven({ managedPerMonth: 150_000, buildOnce: 1.2e6, ownPerMonth: 80_000 }, 36)).toEqual({ months: expect.closeTo(120 / 7, 9), managed: 5.4e6, own: 4.08e6, cheaper: 'build', breakEvenPerMonth: expect.closeTo(113_333.333, 3) });
    expect(platformBreakEven({ managedPerMonth: 50_000, buildOnce: 1.2e6, ownPerMonth: 80_000 }, 36)).toMatchObject({ months: Number.POSITIVE_INFINITY, cheaper: 'managed' });
    expect(platformBreakEven({ managedPerMonth: Number.NaN, buildOnce: 1, ownPerMonth: 1 }, 36)).toBeUndefined();
  });
});

describe('a budget', () => {
  it('is kept, missed, or perhaps missed, by the whole band', () => {
    expect(budgetGap(totalOf(bill(1000)), 1500)).toEqual({ gap: -500, low: -500, high: -500, share: expect.closeTo(2 / 3, 12), chanceBeyond: 0, verdict: 'within' });
    expect(budgetGap(totalOf(bill(1000, 0.1)), 1500)?.verdict).toBe('within');
    expect(budgetGap(totalOf(bill(1000, 0.5)), 1500)).toMatchObject({ verdict: 'may be beyond', chanceBeyond: expect.closeTo(0.2087028733844712, 12) });
    expect(budgetGap(totalOf(bill(2000, 0.1)), 1500)).toMatchObject({ gap: 500, verdict: 'beyond', chanceBeyond: expect.closeTo(0.9979914812819006, 12) });
    expect(budgetGap(totalOf(bill(1500, 0.3)), 1500)?.chanceBeyond).toBeCloseTo(0.5, 12);
  });

  it('is not known to be kept where part of the bill is unknown', () => {
    const partly = group('all', [bill(1000), unknown('gateway', 'no price is stated', 'its price')]);
    expect(budgetGap(totalOf(partly), 1500)).toMatchObject({ verdict: 'may be beyond', bound: 'at least' });
    expect(budgetGap(totalOf(partly), 900)).toMatchObject({ verdict: 'beyond', bound: 'at least' });
  });

  it.each([0, -1, Number.NaN])('of %d is none', (budget) => expect(budgetGap(totalOf(bill(1)), budget)).toBeUndefined());

  it('stands beside what an objective costs', () => {
    expect(objectiveGap(bill(1000), bill(1800), 'USD', 1500)).toMatchObject({ more: 800, times: 1.8, uncertain: false, budget: { gap: 300, verdict: 'beyond' } });
    expect(objectiveGap(bill(1000), group('all', [bill(1800), unknown('zone', 'x', 'y')]), 'USD')).toEqual({ more: 800, times: 1.8, uncertain: true });
  });
});

describe('growth', () => {
  it('of 8 % a month fills twice the load in nine months', () => {
    expect(capacityExhaustion(100, 200, 0.08)).toEqual({ when: 'later', months: expect.closeTo(9.00647, 5), earliest: expect.closeTo(9.00647, 5), latest: expect.closeTo(9.00647, 5), multiple: 2 });
    expect(capacityExhaustion(100, 200, 0.08, 1.25)).toMatchObject({ earliest: expect.closeTo(Math.log(1.6) / Math.log(1.08), 9), latest: expect.closeTo(Math.log(2.5) / Math.log(1.08), 9) });
  });

  it('has filled it already, or never does', () => {
    expect(capacityExhaustion(300, 200, 0.08)).toEqual({ when: 'already' });
    expect(capacityExhaustion(100, 200, 0)).toEqual({ when: 'never' });
    expect(capacityExhaustion(100, 200, 0.005)).toEqual({ when: 'never' });
    expect(capacityExhaustion(0, 200, 0.08)).toBeUndefined();
    expect(capacityExhaustion(1, 200, Number.NaN)).toBeUndefined();
  });

  it('fills a budget in the first month in which one more machine is beyond it', () => {
    // 100 USD for each whole unit of load above the first; 1.1⁸ = 2.14 needs three.
    const costAt = (multiple: number): number => 100 * Math.ceil(multiple);
    expect(budgetExhaustion(costAt, 250, 0.1)).toMatchObject({ when: 'later', months: 8, multiple: expect.closeTo(1.1 ** 8, 12) });
    expect(budgetExhaustion(costAt, 99, 0.1)).toEqual({ when: 'already' });
    expect(budgetExhaustion(() => 100, 250, 0.1)).toEqual({ when: 'never' });
    expect(budgetExhaustion(() => Number.NaN, 250, 0.1)).toBeUndefined();
  });

  it('comes sooner the faster it is, and load reaches the limit in that month', () =>
    fc.assert(fc.property(fc.double({ min: 1, max: 1e6, noNaN: true }), fc.double({ min: 1, max: 100, noNaN: true }), fc.double({ min: 0.05, max: 1, noNaN: true }), (load, times, growth) => {
      const found = capacityExhaustion(load, load * times, growth);
      if (found?.when !== 'later') throw new Error(`${found?.when}`);
      expect(load * (1 + growth) ** found.months).toBeCloseTo(load * times, 3);
      const faster = capacityExhaustion(load, load * times, growth * 2);
      if (faster?.when === 'later') expect(faster.months).toBeLessThanOrEqual(found.months);
    })));
});

describe('published figures', () => {
  it('are taken for the same volume', () => {
    expect(besidePublished(734.883, PUBLISHED_BANDS.processors, 1e6)).toMatchObject({ stands: 'below', factor: expect.closeTo(0.3674, 4) });
    expect(besidePublished(4000, PUBLISHED_BANDS.processors, 1e6)).toMatchObject({ stands: 'within', factor: 1 });
    expect(besidePublished(4000, PUBLISHED_BANDS.processors, 100_000)).toMatchObject({ stands: 'above', factor: 8, low: 200, high: 500 });
    expect(besidePublished(4000, PUBLISHED_BANDS.processors)).toBeUndefined();
    expect(besidePublished(1000, PUBLISHED_BANDS.monitoring)).toMatchObject({ stands: 'within' });
    expect(besidePublished(Number.NaN, PUBLISHED_BANDS.monitoring)).toBeUndefined();
  });

  it('contradict each other where they say so: 6 to 7,500 times between a month and a prediction', () => {
    const { processors, llmApi, realTimePrediction } = PUBLISHED_BANDS;
    expect(realTimePrediction.high / (processors.low / 30e6)).toBeCloseTo(7500, 6);
    expect(realTimePrediction.low / (llmApi.high / 30e6)).toBeCloseTo(6, 6);
    expect(realTimePrediction.caution).toContain('7,500');
  });

  it('all have an order and a source', () => {
    for (const { id, low, high } of Object.values(PUBLISHED_BANDS)) {
      expect(id).toMatch(/^S[23]\.\d+/);
      expect(low).toBeLessThanOrEqual(high);
    }
  });
});
