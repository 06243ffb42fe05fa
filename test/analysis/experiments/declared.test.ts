import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Estimated } from '../../../src/analysis/estimation/estimated.ts';
import { declaredPlans } from '../../../src/analysis/experiments/declared.ts';
import type { DeclaredComparison, DeclaredMonitor, DeclaredPlans } from '../../../src/analysis/experiments/declared-plan.ts';
import { estimate } from '../../../src/analysis/estimation/estimate.ts';
import { DEFAULT_SETTINGS } from '../../../src/analysis/settings.ts';
import { estimateJson } from '../../../src/report/estimate-json.ts';
import { plansText } from '../../../src/report/plans-text.ts';
import { loadText } from '../../support/load.ts';

const DAY = 86_400;

interface Shop {
  readonly traffic?: string;
  readonly parts: string;
}

const contextOf = ({ traffic = 'average 0.1 req/s', parts }: Shop) => {
  const { architectures, problems } = loadText(`system Shop {\n stage production\n consumer Site { ${traffic} }\n model Recs { input_count 60 features }\n service Api : realtime { serves Recs }\n Site -> Api\n ${parts}\n}`);
  expect(problems.filter(({ severity }) => severity === 'error').map(({ message }) => message)).toEqual([]);
  const [architecture] = architectures;
  if (!architecture) throw new Error('no system');
  return { architecture, settings: DEFAULT_SETTINGS, today: '2026-11-21' };
};
const plansOf = (shop: Shop): DeclaredPlans => declaredPlans(contextOf(shop));
const comparison = (shop: Shop): DeclaredComparison => plansOf(shop).experiments[0] ?? expect.fail('no experiment');
const experiment = (properties: string, traffic?: string): DeclaredComparison => comparison({ ...(traffic !== undefined && { traffic }), parts: `experiment New for Api { ${properties} }` });
const rollout = (properties: string, traffic?: string): DeclaredComparison => comparison({ ...(traffic !== undefined && { traffic }), parts: `rollout Canary for Api { ${properties} }` });
const monitor = (properties: string, traffic?: string, parts = ''): DeclaredMonitor => plansOf({ ...(traffic !== undefined && { traffic }), parts: `monitor Drift : data_drift { watches Api ${properties} }\n ${parts}` }).monitors[0] ?? expect.fail('no monitor');

describe('an experiment', () => {
  it('needs what power.prop.test of R says, and as long as the traffic takes', () => {
    const plan = experiment('unit request detects 1 % from 10 % duration 7 days');
    expect(plan.perArm).toMatchObject({ value: 14_751, unit: '1', provenance: 'measured' });
    // A fall from 10 to 9 % is seen sooner: 13,495 of each.
    expect(plan.perArm?.low).toBe(13_495);
    expect(plan.total?.value).toBe(29_502);
    expect(plan.time?.value).toBeCloseTo(295_020, 6);
    expect(plan.time?.inputs.map(({ component, property }) => `${component}.${property}`)).toEqual(['New.detects', 'New.detects from', 'Site.average']);
    expect(plan.time?.assumptions).toContain('all the traffic takes part');
  });

  it('has an alternative with five looks after O’Brien and Fleming', () => {
    const plan = experiment('unit request detects 1 % from 10 % duration 7 days');
    // Largest sample 1.0284 times, mean sample .8176 times that of one look (rpact).
    expect((plan.sequentialTotal?.value ?? 0) / 29_502).toBeCloseTo(1.0284, 3);
    expect((plan.sequentialExpected?.value ?? 0) / 29_502).toBeCloseTo(0.8176, 3);
  });

  it('shows the difference that its sample was reckoned for, when it runs as long as that takes', () => {
    const seconds = 29_502 / 0.1;
    const plan = experiment(`unit request detects 1 % from 10 % duration ${seconds} s`);
    expect(plan.seen?.value).toBe(14_751);
    expect(plan.detectable?.value).toBeCloseTo(0.01, 6);
  });

  it('shares the level among its treatments', () => {
    // Three arms: 2.5 % for each comparison, (2.2414 + 0.8416)² / (1.9600 + 0.8416)² = 1.2110 times the sample.
    const plan = experiment('unit request arms [current, a, b] detects 1 % from 10 %');
    expect((plan.perArm?.value ?? 0) / 14_751).toBeCloseTo(1.211, 2);
    expect(plan.total?.value).toBe(3 * (plan.perArm?.value ?? 0));
    expect(plan.perArm?.low).toBe(13_495);
  });

  it('gives bounds where users are assigned, of whom there are fewer than requests', () => {
    const plan = experiment('unit user detects 1 % from 10 % duration 14 days', 'average 20 req/s users 8_000 users');
    expect(plan.seen).toMatchObject({ value: 4_000, bound: 'at most' });
    expect(plan.most).toEqual({ units: 4_000, of: 'users' });
    expect(plan.detectable?.bound).toBe('at least');
    expect(plan.time).toBeUndefined();
    expect(plan.reasons.time).toBe('It takes 26,990 users or more, and no more than 8,000 can take part.');
  });

  it('says which differences would be seen where nobody says which matters', () => {
    const plan = experiment('unit request duration 7 days');
    expect(plan.reasons.perArm).toContain('Neither the difference');
    expect(plan.detectable).toMatchObject({ bound: 'at most' });
    // 2.8016 √(2 · ¼ / 30,240)
    expect(plan.detectable?.value).toBeCloseTo(0.0114, 4);
  });

  it.each([
    ['unit region detects 1 % from 10 % duration 7 days', 'time', 'Regions are few'],
    ['unit request detects 1 % duration 7 days', 'perArm', 'The share that the difference starts from is not declared'],
    ['unit request detects 1 % from 10 %', 'seen', 'How long it runs is not declared.'],
  ] as const)('says why not: %s', (properties, name, reason) => {
    const plan = experiment(properties);
    expect(plan[name]).toBeUndefined();
    expect(plan.reasons[name]).toContain(reason);
  });

  it('knows no time without a traffic', () => {
    const plan = experiment('unit request detects 1 % from 10 % duration 7 days', 'users 100 users');
    expect(plan.perArm?.value).toBe(14_751);
    expect([plan.reasons.time, plan.reasons.seen]).toEqual(['The traffic of Api is not declared.', 'The traffic of Api is not declared.']);
  });

  it('counts where the only service runs the model that is compared', () => {
    expect(comparison({ parts: 'experiment New for Recs { unit request detects 1 % from 10 % }' }).counted).toBe('Api');
  });

  it('marks a mean that is made from a peak as assumed', () => {
    const plan = experiment('unit request detects 1 % from 10 % duration 7 days', 'peak 0.5 req/s');
    expect(plan.time?.value).toBeCloseTo(295_020, 6);
    expect(plan.time).toMatchObject({ provenance: 'assumed', assumptions: expect.arrayContaining(['the mean is a 5th of the peak']) as unknown });
  });

  it('keeps each figure between its ends, sees more in a longer time, and smaller differences', () => {
    const share = fc.integer({ min: 2, max: 60 });
    fc.assert(
      fc.property(share, fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 100 }), (from, difference, days, part) => {
        const of = (length: number): DeclaredComparison => experiment(`unit request share ${part} % detects ${difference} % from ${from} % duration ${length} days`, 'average 0.05..0.2 req/s');
        const [once, twice] = [of(days), of(2 * days)];
        for (const value of Object.values(once)) if (isFigure(value)) expect(value.low <= value.value && value.value <= value.high && Number.isFinite(value.high)).toBe(true);
        expect(twice.seen?.value).toBeGreaterThanOrEqual(2 * (once.seen?.value ?? 0));
        if (once.detectable) expect(twice.detectable?.value).toBeLessThan(once.detectable.value);
        expect(twice.perArm?.value).toBe(once.perArm?.value);
      }),
      { numRuns: 40 },
    );
  });
});

const isFigure = (value: unknown): value is Estimated => typeof value === 'object' && value !== null && 'formula' in value;

describe('a rollout', () => {
  it('needs fewer in the smaller arm where the other is large, and more in all', () => {
    // z₀.₉₇₅ √(10 p̄q̄) + z₀.₈ √(p₁q₁ + 9 p₂q₂) = 1.8676 + 0.8294 over 0.01, squared: 72,738 of the old version.
    const plan = rollout('strategy canary steps [1 %, 10 %, 100 %] each 1 h detects 1 % from 10 %', 'peak 60 req/s average 20 req/s');
    expect(plan.perArm?.value).toBe(8_082);
    expect(plan.total?.value).toBe(80_820);
    expect(plan.seen?.value).toBe(0.1 * 20 * 3_600);
    expect(plan.most).toEqual({ units: 0.1 * 60 * 3_600, of: 'requests' });
    expect(plan.first?.perArm?.value).toBe(7_324);
    expect(plan.first?.seen?.value).toBe(0.01 * 20 * 3_600);
  });

  it('divides its duration among its steps', () => {
    expect(rollout('strategy canary steps [10 %, 50 %, 100 %] duration 6 h detects 1 % from 10 %').declaredTime?.high).toBe(3 * 3_600);
  });

  it('takes the sample of its criteria where no difference is declared', () => {
    expect(rollout('strategy canary steps [25 %, 100 %] each 1 day criteria min_sample 2_000').perArm?.value).toBe(2_000);
    expect(rollout('strategy canary steps [25 %, 100 %] each 1 day criteria min_sample 2_000 detects 1 %').perArm?.value).toBe(2_000);
  });

  it.each(['strategy all_at_once detects 1 % from 10 %', 'strategy canary steps [10 %, 100 %]'])('says nothing where nothing must be seen: %s', (properties) => {
    expect(plansOf({ parts: `rollout Canary for Api { ${properties} }` }).experiments).toEqual([]);
  });

  it('says why where no step has both versions', () => {
    expect(rollout('strategy canary detects 1 % from 10 %').reasons.perArm).toContain('No step is declared');
  });
});

describe('a drift monitor', () => {
  const few = 'peak 0.04 req/s average 0.04 req/s';

  it('knows what chance makes of a population stability index', () => {
    const plan = monitor('features [tenure] test psi threshold 0.1 window 1 h every 1 h', few);
    expect(plan.rowsPerWindow?.value).toBe(144);
    // (1/144 + 1/144) χ² with nine degrees of freedom, whose mean is 9 and whose 95th percentile is 16.919.
    expect(plan.nullMean?.value).toBeCloseTo(0.125, 12);
    expect(plan.nullP95?.value).toBeCloseTo(0.23499, 5);
    // Of a reference without noise half of it.
    expect(plan.nullP95?.low).toBeCloseTo(16.919 / 144, 5);
    expect(plan.neededRows?.value).toBe(339);
    // P(χ²₉ > 7.2) = 0.6163 of 730.5 checks a month; P(χ²₉ > 14.4) = 0.1088 at best.
    expect(plan.falseAlarmChance?.value).toBeCloseTo(0.6163, 4);
    expect(plan.falseAlarmChance?.low).toBeCloseTo(0.1088, 4);
    expect(plan.falseAlarmsPerMonth?.value).toBeCloseTo(730.5 * 0.6163, 1);
    expect(plan.assumptions).toContain('ten bins of equal size');
  });

  it('takes the rows of the training data for its reference', () => {
    const plan = monitor('features [tenure] baseline training_data test psi threshold 0.1 window 1 h', few, 'dataset History { rows 1_000 }\n training Fit { reads [History] produces Recs }');
    expect(plan.nullMean?.value).toBeCloseTo(9 * (1 / 144 + 1 / 1_000), 12);
    expect(plan.nullMean?.low).toBeCloseTo(plan.nullMean?.value ?? 0, 12);
    expect(plan.nullMean?.inputs.map(({ component, property }) => `${component}.${property}`)).toContain('History.rows');
  });

  it('expects a false alarm of each feature at each check', () => {
    const plan = monitor('covers 50 % test ks threshold 0.05 window 1 day every 6 h');
    expect(plan.features).toMatchObject({ low: 30, high: 30 });
    expect(plan.falseAlarmsPerMonth?.value).toBeCloseTo(30 * 4 * 30.4375 * 0.05, 6);
    // Where all that speak at a check come as one alarm: 1 − 0.95³⁰ of the checks.
    expect(plan.falseAlarmsPerMonth?.low).toBeCloseTo(4 * 30.4375 * (1 - 0.95 ** 30), 6);
  });

  it('is late by its window, half its interval, what it misses and the truth', () => {
    const plan = monitor('test psi threshold 0.2 window 1 day every 6 h labels Truth', undefined, 'labels Truth { delay 2 days }');
    // A power of 80 % misses a quarter of an interval.
    expect(plan.detectionDelay?.value).toBeCloseTo(DAY + 3 * 3_600 + 1.5 * 3_600 + 2 * DAY, 6);
  });

  it('looks at the sampled part', () => {
    expect(monitor('test psi threshold 0.2 window 1 h sampled 25 %', few).rowsPerWindow?.value).toBe(36);
  });

  it('needs rows until the distance of Kolmogorov and Smirnov stays below its threshold', () => {
    // 2 (1.3581 / 0.1)²
    expect(monitor('test ks threshold 0.1 window 1 h', few).neededRows?.value).toBe(369);
    expect(monitor('test ks threshold 0.05 window 1 h', few).neededRows).toBeUndefined();
  });

  it.each([
    ['test psi threshold 0.2', 'rowsPerWindow', 'The window is not given.'],
    ['test kl window 1 h', 'threshold', 'is no unit of a divergence'],
    ['test mmd threshold 0.1 window 1 h', 'nullMean', 'depends on its kernel'],
  ] as const)('says why not: %s', (properties, name, reason) => {
    const plan = monitor(properties);
    expect(plan[name]).toBeUndefined();
    expect(plan.reasons[name]).toContain(reason);
  });

  it('counts a divergence in nats', () => {
    expect(monitor('test kl threshold 5 % window 1 h').assumptions).toContain('the threshold is counted in nats: a divergence has no per cent');
  });

  it.each(['test rule threshold 3', 'threshold 0.2 window 1 h', 'test llm_judge threshold 0.9'])('has a statistic, or is left out: %s', (properties) => {
    expect(plansOf({ parts: `monitor Drift : data_drift { watches Api ${properties} }` }).monitors).toEqual([]);
  });

  it('has fewer false alarms the more rows it sees', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.constantFrom('psi', 'kl', 'ks'), (hundredths, test) => {
        const at = (rate: number): DeclaredMonitor => monitor(`test ${test} threshold 0.2 window 1 h`, `peak ${rate} req/s average ${rate} req/s`);
        const [fewer, more] = [at(hundredths / 100), at((2 * hundredths) / 100)];
        expect(more.falseAlarmChance?.value).toBeLessThanOrEqual(fewer.falseAlarmChance?.value ?? 0);
        expect(more.nullP95?.value).toBeLessThan(fewer.nullP95?.value ?? 0);
        for (const value of Object.values(fewer)) if (isFigure(value)) expect(value.low <= value.value && value.value <= value.high && Number.isFinite(value.high)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});

describe('in the estimate', () => {
  const context = contextOf({
    traffic: 'peak 0.04 req/s average 0.04 req/s',
    parts: 'experiment New for Api { unit request detects 1 % from 10 % duration 7 days }\n monitor Drift : data_drift { watches Api features [tenure] test psi threshold 0.1 window 1 h }',
  });
  const estimation = estimate(context);

  it('stands as data with what each figure was made from', () => {
    const [system] = (JSON.parse(JSON.stringify(estimateJson([estimation]))) as { systems: { experiments: Record<string, Estimated>[]; monitors: Record<string, Estimated>[] }[] }).systems;
    expect(system?.experiments[0]?.perArm).toMatchObject({ value: 14_751, low: 13_495, high: 14_751, unit: '1', inputs: [{ component: 'New', property: 'detects' }, { property: 'detects from' }] });
    expect(system?.monitors[0]?.rowsPerWindow).toMatchObject({ value: 144 });
  });

  it('reads in two lines each', () => {
    const identity = (text: string): string => text;
    expect(plansText(estimation, { bold: identity, dim: identity }).split('\n')).toEqual([
      'Experiments and monitors',
      '  New       needs 14,751 requests in each arm, 29,502 in all for 1 percentage point from 10 %, 8.54 days of the traffic',
      '            7 days: 12,096, which show 1.11 percentage points; with five looks (O’Brien-Fleming) 30,341 in all at most, 24,120 in the mean',
      '  Drift     psi over 1 h: 144 rows; chance alone reaches 0.23 in one of 20 checks, threshold 0.1',
      '            450 false alarms a month; sees a shift of 0.2 standard deviations after 1.75 h',
    ]);
  });
});
