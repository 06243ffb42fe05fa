import { describe, expect, it } from 'vitest';
import { estimate } from '../../../src/analysis/estimation/estimate.ts';
import { monitoringCost } from '../../../src/analysis/estimation/monitoring-cost.ts';
import { platformStanding, type PlatformStanding } from '../../../src/analysis/estimation/platform-cost.ts';
import { retrainingCosts } from '../../../src/analysis/estimation/retraining-cost.ts';
import { totalOf } from '../../../src/analysis/estimation/cost/tree.ts';
import { contextOf } from '../../support/estimated.ts';

function platform(lines: readonly string[]): PlatformStanding | undefined {
  const context = contextOf(lines);
  return platformStanding(context, estimate(context, [1]).cost);
}

const serving = (rate: string, cost: string): string[] => [`consumer Web { average ${rate} }`, `service Api : realtime { serves Net cost ${cost} }`, 'model Net : trained { task regression }', 'Web -> Api'];

describe('build or buy', () => {
  it('is managed for little volume and a small bill', () => {
    expect(platform(serving('1 req/s', '10_000 USD/month'))).toMatchObject({ verdict: 'managed', facts: { predictionsPerMonth: 2_629_800, platformPerMonth: 10_000, models: 1 } });
  });

  it('is a grey zone between the thresholds, and where they point both ways', () => {
    // 26.3 million a month; 1,052 million a month for 1,000 USD.
    expect(platform(serving('10 req/s', '100_000 USD/month'))).toMatchObject({ verdict: 'grey zone', because: 'facts lie between the thresholds' });
    expect(platform(serving('400 req/s', '1_000 USD/month'))).toMatchObject({ verdict: 'grey zone', because: 'facts point in both directions' });
  });

  it('takes no small bill from one that is known in part', () => {
    const found = platform([...serving('400 req/s', '1_000 USD/month'), 'service Other : realtime { serves Net }', 'Web -> Other']);
    expect(found?.facts.platformPerMonth).toBeUndefined();
    expect(found?.billAtLeast).toBe(true);
  });

  it('says nothing where neither volume nor bill is known', () => {
    expect(platform(['consumer Web { users 10 users }', 'service Api : realtime { serves Net }', 'model Net : trained { task regression }', 'Web -> Api'])).toBeUndefined();
  });

  it('compares no bill in another currency with thresholds in USD', () => {
    expect(platform(serving('1 req/s', '10_000 EUR/month'))?.facts.platformPerMonth).toBeUndefined();
  });
});

describe('monitoring', () => {
  const lines = ['consumer Web { average 400 req/s payload 2 KB }', 'service Api : realtime { logs_to Log }', 'store Log : log { technology s3 retention 1 year }', 'monitor Drift : data_drift { watches Api test psi threshold 0.2 window 1 h }', 'Web -> Api'];

  it('needs a small part of the predictions, and keeping all has a price', () => {
    const context = contextOf(lines);
    const found = monitoringCost(context, estimate(context, [1]).monitors);
    const [drift] = found.sampling;
    expect(found).toMatchObject({ monitors: 1, published: { low: 500, high: 2000 } });
    expect(drift?.need?.share).toBeCloseTo((drift?.rows ?? 0) / 1_440_000, 12);
    expect(drift?.need?.enough).toBe(true);
    // One input, once an hour: stricter than one check in 20, so more than the 170 rows of that.
    expect(drift?.rows).toBeGreaterThan(170);
    expect(drift?.rows).toBeLessThan(400);
    // 400 × 31,557,600 s × 2 kB are 25,246 GB.
    const [log] = found.logs;
    expect(log?.full.kind === 'leaf' && log.full.value).toBeCloseTo(25_246.08 * 0.023, 6);
    expect(log?.sampled?.share).toBe(drift?.need?.share);
  });

  it('has no price of a log of which nobody says how long it is kept', () => {
    const context = contextOf(lines.map((line) => line.replace('retention 1 year', '')));
    expect(monitoringCost(context, estimate(context, [1]).monitors).logs[0]?.full).toMatchObject({ kind: 'unknown' });
  });
});

describe('retraining', () => {
  it('by hand breaks even after eleven to twelve runs, from three and a half to fifty', () => {
    const context = contextOf(['training Fit : manual { every 30 days cost_per_run 40 USD produces Net }', 'model Net : trained { task regression use_case churn }']);
    const [found] = retrainingCosts(context, estimate(context, [1]).cost.tree);
    expect(found).toMatchObject({ way: 'by hand', useCase: { id: 'S3.143' } });
    expect(found?.runsPerYear).toBeCloseTo(12.175, 9);
    expect(found?.billed?.perYear).toBeCloseTo(487, 6);
    expect(found?.publishedPerYear).toEqual({ low: expect.closeTo(60_875, 6) as number, high: expect.closeTo(182_625, 6) as number });
    expect(found?.breakEven).toMatchObject({ runs: expect.closeTo(100_000 / 8750, 9) as number, best: expect.closeTo(50_000 / 14_500, 9) as number, worst: expect.closeTo(50, 9) as number });
    expect(found?.breakEven?.months).toBeCloseTo((100_000 / 8750 / 12.175) * 12, 9);
  });

  it('that the clock starts needs no automation any more', () => {
    const context = contextOf(['training Fit { trigger [weekly, drift] produces Net }', 'model Net : trained { task regression }']);
    const [found] = retrainingCosts(context, estimate(context, [1]).cost.tree);
    expect(found?.way).toBe('automated');
    expect(found?.breakEven).toBeUndefined();
    expect(found?.publishedPerYear?.low).toBeCloseTo((365.25 / 7) * 500, 6);
  });

  it('without a cadence has no cost a year', () => {
    const context = contextOf(['training Fit { trigger drift produces Net }', 'model Net : trained { task regression }']);
    const [found] = retrainingCosts(context, estimate(context, [1]).cost.tree);
    expect(found?.publishedPerYear).toBeUndefined();
    expect(found?.unknown).toContain('`every` of Fit');
  });

  it('adds nothing to the bill', () => {
    const context = contextOf(['training Fit : manual { every 30 days cost_per_run 40 USD produces Net }', 'model Net : trained { task regression }']);
    const { cost } = estimate(context, [1]);
    retrainingCosts(context, cost.tree);
    expect(totalOf(cost.tree).value).toBeCloseTo(487 / 12, 6);
  });
});
