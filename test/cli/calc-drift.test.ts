import { describe, expect, it } from 'vitest';
import { drift } from '../../src/cli/calc/drift.ts';
import { Failure } from '../../src/cli/failure.ts';
import { outputOf } from './in-process.ts';

const json = async (line: string): Promise<Record<string, unknown>> => JSON.parse(await outputOf(drift, `${line} --format json`)) as Record<string, unknown>;

describe('mlarch calc drift', () => {
  it('says what chance makes of a statistic, and how many rows it needs', async () => {
    expect(await json('--test psi --bins 10 --rows 1000 --reference 10000')).toMatchObject({ rowsPerWindow: 1000, referenceRows: 10_000, threshold: 0.1, nullMean: 0.0099, nullP95: expect.closeTo(0.018611, 6), neededRows: 173, enoughRows: true });
    expect(await json('--test psi --bins 20 --rows 200 --threshold .1')).toMatchObject({ nullP95: expect.closeTo(0.30144, 5), neededRows: 603, enoughRows: false });
  });

  it('counts false alarms of many features', async () => {
    const plan = await json('--test ks --rows 5000 --features 200 --every 1day --alpha 5%');
    expect(plan).toMatchObject({ falseAlarmsPerDay: 10, falseAlarmsPerMonth: 304.375, falseAlarms: { perMonthBonferroni: 1.521875 } });
    expect(await json('--test ks --rows 5000 --features 200 --every 1day --alpha .05')).toEqual(plan);
    expect(await json('--test psi --bins 10 --rows 1000 --reference 10000 --features 200 --every 1h --threshold .1')).toMatchObject({ falseAlarmsPerMonth: expect.closeTo(0, 6), suggestions: [] });
  });

  it('counts rows from traffic', async () => {
    expect(await json('--test chi2 --window 1h --rate 2/s --sampled 10%')).toMatchObject({ test: 'chi_squared', rowsPerWindow: 720, detectionDelay: 1.75 * 3600 });
  });

  it('says that nothing is known, and that a divergence is no percentage', async () => {
    expect(await json('--test wasserstein --rows 1000 --threshold .1')).toMatchObject({ threshold: 0.1, nullP95: null, smallestShift: null, reasons: { nullP95: expect.stringMatching(/No distribution without drift is known/) } });
    expect(await json('--test kl --rows 1000 --threshold 5%')).toMatchObject({ threshold: 0.05, assumptions: [expect.stringMatching(/5 % is read as 0\.05 nats/), expect.anything()] });
    expect(await json('--test kl --rows 1000')).toMatchObject({ threshold: null, reasons: { threshold: expect.stringMatching(/"5 to 10 %" is no unit/) } });
  });

  it('is read by a person', async () => {
    const text = await outputOf(drift, '--test psi --rows 200 --window 1h --features 10 --threshold .1');
    expect(text).toMatch(/^rows +200 in a window, 200 in the reference$/m);
    expect(text).toMatch(/^without drift +0\.09 in the mean, above 0\.1692 at one look of 20$/m);
    expect(text).toMatch(/^false alarms +2,560 a month; 36\.5 with the level of all features divided/m);
    expect(text).toMatch(/^seen after +1\.75 h$/m);
    expect(text).toMatch(/^! Take 339 rows or more: a window of 1\.7 h\.$/m);
    expect(await outputOf(drift, '--test psi --rows 1000 --window 1h --features 10')).toMatch(/^false alarms +fewer than 0\.01 a month$/m);
    const unknown = await outputOf(drift, '--test js --rows 200');
    expect(unknown.match(/No distribution without drift/g)).toHaveLength(1);
  });

  it.each([
    ['', /--test is needed/],
    ['--test foo --rows 10', /--test takes psi, ks/],
    ['--test psi', /window is not given\. Give --rows/],
    ['--test psi --window 1h', /traffic is not given/],
    ['--test psi --window 1s --rate 1/day', /less than one row/],
    ['--test psi --rows 0', /at least 1/],
    ['--test psi --rows 1.5', /whole number/],
    ['--test psi --rows 100 --bins 1', /between 2 and/],
    ['--test psi --rows 100 --threshold 0', /above 0/],
    ['--test psi --rows 100 --every 0s', /above 0/],
    ['--test psi --rows 100 --alpha 110%', /between 0 % and 100 %/],
    ['--test psi --rows 100 --features 0', /between 1 and/],
    ['--test psi --rows 100 extra', /options only/],
  ])('"%s" cannot be used', async (line, message) => {
    const failed = outputOf(drift, line);
    await expect(failed).rejects.toThrow(message);
    await expect(failed).rejects.toBeInstanceOf(Failure);
  });
});
