import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectionDelay, falseAlarms } from '../../../../src/analysis/experiments/drift/false-alarms.ts';
import type { DriftMonitorInput, DriftValue } from '../../../../src/analysis/experiments/drift/monitor-plan.ts';
import { planDriftMonitor } from '../../../../src/analysis/experiments/drift/plan-monitor.ts';
import { expectClose, valueOf } from '../value-of.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
/** 304.375 / 10 */
const DAYS_PER_MONTH = 30.4375;

describe('false alarms', () => {
  it('200 features a day at 5 % are ten a day', () => {
    const alarms = valueOf(falseAlarms({ chance: 0.05, features: 200, checksPerDay: 1 }));
    expect(alarms.perDay).toBeCloseTo(10, 12);
    expect(alarms.perMonth).toBeCloseTo(304.375, 9);
    expect(alarms.perMonthBonferroni).toBeCloseTo(0.05 * DAYS_PER_MONTH, 9);
    expect(alarms.perMonthBenjaminiHochberg).toBeCloseTo(0.05537 * DAYS_PER_MONTH, 3);
    expect(alarms.checksWithAny).toBeCloseTo(DAYS_PER_MONTH * (1 - 0.95 ** 200), 9);
  });

  it('no correction makes more of them', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.3, noNaN: true }), fc.integer({ min: 1, max: 5000 }), fc.double({ min: 0.01, max: 1440, noNaN: true }), (chance, features, checksPerDay) => {
        const { perMonth, checksWithAny, perMonthBonferroni, perMonthBenjaminiHochberg } = valueOf(falseAlarms({ chance, features, checksPerDay }));
        const slack = 1e-9 * (1 + perMonth);
        expect(perMonthBonferroni).toBeLessThanOrEqual(perMonthBenjaminiHochberg + slack);
        expect(checksWithAny).toBeLessThanOrEqual(perMonth + slack);
        expect(perMonthBonferroni).toBeLessThanOrEqual(perMonth + slack);
      }),
    );
  });

  it('an alarm comes a window, half an interval and the missed checks after the change', () => {
    expect(valueOf(detectionDelay({ window: DAY, every: DAY, power: 1 }))).toBe(1.5 * DAY);
    expect(valueOf(detectionDelay({ window: HOUR, every: HOUR, power: 0.5, labelDelay: DAY }))).toBe(DAY + 2.5 * HOUR);
    expect(detectionDelay({ window: HOUR, every: 0, power: 0.5 }).value).toBeNull();
  });

  it.each([{ chance: 2 }, { features: 0 }, { checksPerDay: 0 }])('%o has a reason', (part) => expect(falseAlarms({ chance: 0.1, features: 1, checksPerDay: 1, ...part }).reason).toMatch(/must|one feature/));
});

describe('the plan of a drift monitor', () => {
  it('PSI with 200 rows on each side says "watch" by chance alone', () => {
    const plan = planDriftMonitor({ test: 'psi', rows: 200, window: HOUR, threshold: 0.1 });
    expect(plan).toMatchObject({ rowsPerWindow: 200, referenceRows: 200, neededRows: 339, enoughRows: false, reasons: {} });
    expect(plan.nullMean).toBeCloseTo(0.09, 12);
    expectClose(plan.nullP95!, 0.16919, 1e-4);
    expectClose(plan.falseAlarmChance!, 0.35049, 1e-4);
    expectClose(plan.falseAlarmsPerMonth!, 0.35049 * 24 * DAYS_PER_MONTH, 1e-4);
    expect(plan.suggestions.join('\n')).toMatch(/339 rows or more: a window of 1\.7 h/);
    expect(plan.suggestions.join('\n')).toMatch(/256 false alarms a month .* speak at 0\.2706 to have one/);
    expect(planDriftMonitor({ test: 'psi', rows: 200, window: HOUR, threshold: plan.monthlyThreshold! }).falseAlarmsPerMonth).toBeCloseTo(1, 6);
  });

  it('counts the rows of a window', () => {
    expect(planDriftMonitor({ test: 'psi', window: HOUR, ratePerSecond: 2, sampled: 0.1 }).rowsPerWindow).toBe(720);
    const none = planDriftMonitor({ test: 'psi', window: 60, ratePerSecond: 0.001 });
    expect(none).toMatchObject({ rowsPerWindow: null, nullP95: null, reasons: { rowsPerWindow: 'A window sees less than one row.' } });
    expect(planDriftMonitor({ test: 'psi', window: 60 }).reasons.rowsPerWindow).toMatch(/traffic/);
    expect(planDriftMonitor({ test: 'psi', ratePerSecond: 60 }).reasons.rowsPerWindow).toMatch(/window/);
  });

  it('the same change is seen by one statistic and not by another', () => {
    const [psi, chi, ks] = (['psi', 'chi_squared', 'ks'] as const).map((test) => planDriftMonitor({ test, rows: 1000, reference: 10_000, window: DAY }));
    expect(psi!.smallestShift).toBeGreaterThan(0.3);
    expect(chi!.smallestShift).toBeLessThan(0.15);
    expect(ks!.smallestShift).toBeLessThan(chi!.smallestShift!);
  });

  it('Kolmogorov-Smirnov says which shift passes unseen', () => {
    const plan = planDriftMonitor({ test: 'ks', window: DAY, ratePerSecond: 0.05, features: 200, alpha: 0.05, shift: 0.05 });
    expect(plan).toMatchObject({ rowsPerWindow: 4320, neededRows: 9274, enoughRows: false });
    expect(plan.falseAlarmsPerDay).toBeCloseTo(10, 9);
    expect(plan.suggestions.join('\n')).toMatch(/0\.05 standard deviations passes unseen; the smallest seen is 0\.07326/);
    expect(plan.suggestions.join('\n')).toMatch(/all 200 features together/);
    const silent = planDriftMonitor({ test: 'ks', rows: 1000 });
    expect(silent.enoughRows).toBeNull();
    expect(silent.reasons.enoughRows).toMatch(/which shift matters/);
  });

  it('reads a small threshold of a test as a p-value, and says so', () => {
    const p = planDriftMonitor({ test: 'ks', rows: 1000, threshold: 0.05, window: DAY });
    expect(p.falseAlarmChance).toBeCloseTo(0.05, 9);
    expect(p.threshold).toBeCloseTo(0.0607, 4);
    expect(p.assumptions.join()).toMatch(/p-value, not a distance/);
    const distance = planDriftMonitor({ test: 'ks', rows: 1000, threshold: 0.05, thresholdOf: 'statistic', window: DAY });
    expect(distance).toMatchObject({ threshold: 0.05 });
    expect(distance.falseAlarmChance).toBeGreaterThan(0.1);
    expect(planDriftMonitor({ test: 'ks', rows: 1000, threshold: 0.1 }).threshold).toBe(0.1);
    expect(planDriftMonitor({ test: 'chi_squared', rows: 1000, threshold: 0.01 }).threshold).toBeCloseTo(21.666, 3);
  });

  it('a Kullback-Leibler divergence is no percentage', () => {
    expect(planDriftMonitor({ test: 'kl', rows: 1000 }).reasons.threshold).toMatch(/"5 to 10 %" is no unit/);
    const plan = planDriftMonitor({ test: 'kl', rows: 1000, threshold: 0.05, thresholdInPercent: true });
    expect(plan.assumptions[0]).toBe('A percentage is no unit of a Kullback-Leibler divergence: 5 % is read as 0.05 nats.');
    // Half of PSI.
    expectClose(plan.nullP95!, planDriftMonitor({ test: 'psi', rows: 1000 }).nullP95! / 2, 1e-12);
    expect(plan.neededRows).toBe(339);
  });

  it.each(['js', 'wasserstein', 'mmd', 'cosine', 'classifier', 'zscore', 'rule', 'llm_judge', 'human', 'something_else', 'constructor'])('nothing is invented for %s', (test) => {
    const plan = planDriftMonitor({ test, rows: 1000, window: HOUR, threshold: 0.1, features: 5 });
    expect(plan).toMatchObject({ rowsPerWindow: 1000, threshold: 0.1, nullP95: null, falseAlarmsPerMonth: null, smallestShift: null, enoughRows: null, suggestions: [] });
    expect(plan.reasons.nullP95).toBeTruthy();
    if (['js', 'wasserstein', 'mmd', 'cosine', 'classifier'].includes(test)) expect(plan.reasons.nullP95).toMatch(/No distribution without drift is known/);
  });

  it('a finer histogram needs more rows, and more rows see less', () => {
    const needed = [5, 10, 20].map((bins) => planDriftMonitor({ test: 'psi', rows: 1000, bins }).neededRows!);
    expect(needed).toEqual([...needed].sort((a, b) => a - b));
    expect(planDriftMonitor({ test: 'chi_squared', rows: 40, bins: 10 })).toMatchObject({ neededRows: 50, enoughRows: false });
    expect(planDriftMonitor({ test: 'psi', rows: 40, bins: 10 }).suggestions.join()).toMatch(/fewer bins/);
    expect(planDriftMonitor({ test: 'psi', rows: 1000, reference: 100, window: DAY }).suggestions.join()).toMatch(/larger reference/);
  });

  it('says what it assumes', () => {
    expect(planDriftMonitor({ test: 'psi', rows: 1000 }).assumptions).toEqual(['Threshold 0.1, a convention without a derivation.', 'The reference has as many rows as the window.']);
    expect(planDriftMonitor({ test: 'ks', rows: 1000, reference: 1000 }).assumptions).toEqual(['Level 0.05.']);
    expect(planDriftMonitor({ test: 'ks', rows: 1000, reference: 1000, alpha: 0.01, window: DAY, checksPerDay: 24 }).assumptions.join()).toMatch(/overlap/);
  });

  it('delay counts from the change, with the labels', () => {
    // Window and half an interval, and a quarter of an interval for the checks that miss it at 80 %.
    expect(planDriftMonitor({ test: 'ks', rows: 1000, window: DAY }).detectionDelay).toBeCloseTo(1.75 * DAY, 6);
    expect(planDriftMonitor({ test: 'ks', rows: 1000, window: DAY, checksPerDay: 24, labelDelay: DAY }).detectionDelay).toBeCloseTo(2 * DAY + 0.75 * HOUR, 6);
  });

  it('a value is null exactly where there is a reason, and otherwise finite', () => {
    const number = fc.oneof(fc.double(), fc.constantFrom(0, 1, 0.05, 0.1, 10, 1000, 1e300, -1));
    const names: readonly DriftValue[] = ['threshold', 'rowsPerWindow', 'referenceRows', 'nullMean', 'nullP95', 'falseAlarmChance', 'falseAlarmsPerDay', 'falseAlarmsPerMonth', 'falseAlarms', 'correctedThreshold', 'monthlyThreshold', 'smallestShift', 'neededRows', 'enoughRows', 'detectionDelay'];
    fc.assert(
      fc.property(fc.record({ test: fc.constantFrom('psi', 'kl', 'ks', 'chi_squared', 'js'), threshold: number, alpha: number, bins: fc.oneof(number, fc.integer({ min: 2, max: 50 })), window: number, ratePerSecond: number, sampled: number, rows: number, reference: number, features: number, checksPerDay: number, power: number, shift: number, labelDelay: number }, { requiredKeys: ['test'] }), (input: DriftMonitorInput) => {
        const plan = planDriftMonitor(input);
        for (const name of names) {
          const value = plan[name];
          expect(value === null, name).toBe(plan.reasons[name] !== undefined);
          if (typeof value === 'number') expect(Number.isFinite(value), `${name} is ${value}`).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
