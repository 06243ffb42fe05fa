import { describe, expect, it } from 'vitest';
import { experiment } from '../../src/cli/calc/experiment.ts';
import { Failure } from '../../src/cli/failure.ts';
import { outputOf } from './in-process.ts';

const json = async (line: string): Promise<Record<string, unknown>> => JSON.parse(await outputOf(experiment, `${line} --format json`)) as Record<string, unknown>;

describe('mlarch calc experiment', () => {
  it('says how many units each arm needs', async () => {
    expect(await json('--baseline 10% --target 11%')).toMatchObject({ perArm: 14_751, total: 29_502, method: 'fixed', inflation: 1 });
    expect(await json('--baseline .1 --target 0.11 --power .9 --alpha 1%')).toMatchObject({ perArm: 27_964 });
    expect(await json('--baseline 5% --lift 10%')).toMatchObject({ perArm: 31_234 });
    expect(await json('--baseline 20% --difference 5%')).toMatchObject({ perArm: 1094 });
    expect(await json('--baseline 20% --difference 5% --formula control-variance')).toMatchObject({ perArm: 1031 });
    expect(await json('--sd 1 --delta .2')).toMatchObject({ perArm: 394, formula: 't' });
    expect(await json('--baseline 10% --target 11% --one-sided')).toMatchObject({ perArm: 11_620, sides: 1 });
  });

  it('takes a split as one number or two', async () => {
    const plan = await json('--baseline 10% --target 11% --ratio 9 --formula arcsine');
    expect(plan).toMatchObject({ perArm: 8192, treatment: 73_721, total: 81_913, ratio: 9 });
    expect(await json('--baseline 10% --target 11% --ratio 10:90 --formula arcsine')).toEqual(plan);
  });

  it('has boundaries for looks', async () => {
    const plan = await json('--baseline 10% --target 11% --looks 3');
    expect(plan).toMatchObject({ method: 'obf', perArm: 15_008 });
    expect((plan['boundaries'] as { z: number }[]).map(({ z }) => Number(z.toFixed(5)))).toEqual([3.47109, 2.45443, 2.00404]);
    expect(await json('--baseline 10% --target 11% --method pocock')).toMatchObject({ inflation: expect.closeTo(1.228593, 5) });
    expect(await json('--baseline 10% --target 11% --method msprt')).toMatchObject({ inflation: expect.closeTo(1.6, 1), boundaries: null });
  });

  it('says how long it takes, and what two weeks show', async () => {
    expect(await json('--baseline 10% --target 11% --traffic 50k/day --share 20%')).toMatchObject({ duration: { weeks: 1, seconds: expect.closeTo(2.9502 * 86_400, 3) } });
    expect(await json('--baseline 10% --target 11% --traffic 500_users/day --duration 3weeks')).toMatchObject({ duration: { weeks: 9 }, longEnough: false, warnings: [expect.stringMatching(/9 weeks/), expect.stringMatching(/59 days, not after 21/)] });
    const alone = await json('--baseline 10% --traffic 500/day');
    expect(alone).toMatchObject({ perArm: null, reasons: { perArm: expect.stringMatching(/No target/) }, mdeInTwoWeeks: { target: expect.closeTo(0.1211, 3) } });
    expect(await outputOf(experiment, '--baseline 10% --traffic 500/day')).toMatch(/two weeks +show 10 % against 12\.1 %/);
  });

  it('takes covariates, clusters and guardrails', async () => {
    expect(await json('--baseline 10% --target 11% --covariate .5')).toMatchObject({ perArm: 11_064 });
    expect(await json('--baseline 10% --target 11% --cluster 21,.05')).toMatchObject({ perArm: 29_502 });
    const { guardrails } = await json('--baseline 10% --target 11% --guardrail errors=1%,0.1% --guardrail 10%,2%');
    expect(guardrails).toEqual([{ name: 'errors', perArm: 122_415, enough: false }, { name: 'guardrail 2', perArm: 2783, enough: true }]);
  });

  it('is read by a person', async () => {
    const text = await outputOf(experiment, '--baseline 10% --target 11% --looks 2 --traffic 50k/day');
    expect(text).toContain('10 % against 11 % (+10 %) (80 % power, 5 % two-sided, O’Brien and Fleming, pooled)');
    expect(text).toContain('14,866 in each arm, 29,732 in all; at most, 1.008 times that of one look');
    expect(text).toMatch(/^ {3}2 {5}29,732 {8}1\.9774/m);
    expect(text).toContain('1 week (the sample is complete after 14.3 h)');
    expect(await outputOf(experiment, '--baseline 10% --target 9% --ratio 9')).toMatch(/\(−10 %\)[\s\S]*in the control arm[\s\S]*! This split needs about 2\.78 times/);
    expect(await outputOf(experiment, '--sd 20 --delta 2')).toContain('a difference of 2');
  });

  it('tests for a sample ratio mismatch', async () => {
    expect(await json('--srm 821588,815482')).toMatchObject({ counts: [821_588, 815_482], p: 1.82179287262e-6, mismatch: true });
    expect(await json('--srm 8950,1050 --expected 9:1')).toMatchObject({ expected: [9000, 1000], p: 0.0955807045456, mismatch: false });
    expect(await json('--srm 8950,1050 --expected 90%:10%')).toMatchObject({ expected: [9000, 1000] });
    expect(await outputOf(experiment, '--srm 821588,815482')).toMatch(/821,588 of 818,535[\s\S]*a sample ratio mismatch/);
    expect(await outputOf(experiment, '--srm 100,101')).toMatch(/no sample ratio mismatch/);
  });

  it.each([
    ['', /--baseline is needed/],
    ['--baseline 10%', /No target/],
    ['--baseline 10% --target 10%', /equal/],
    ['--baseline 110% --target 10%', /between 0 % and 100 %; found 110%/],
    ['--baseline 10 --target 11', /share with its unit/],
    ['--baseline x --target 11%', /takes a share/],
    ['--baseline 10% --target 11% --lift 10%', /say the same/],
    ['--baseline 10% --sd 3', /give one/],
    ['--baseline 60% --lift 100%', /target must be a share/],
    ['--baseline 10% --target 11% --power 0', /power/],
    ['--baseline 10% --target 11% --power 100%', /power/],
    ['--baseline 10% --target 11% --alpha 0', /significance/],
    ['--baseline 10% --target 11% --ratio 0', /--ratio takes/],
    ['--baseline 10% --target 11% --ratio 1:2:3', /--ratio takes/],
    ['--baseline 10% --target 11% --looks 51', /between 1 and 50/],
    ['--baseline 10% --target 11% --method sprt', /--method takes fixed, obf/],
    ['--baseline 10% --target 11% --duration 3days', /shorter than a week/],
    ['--baseline 10% --target 11% --traffic 0/day', /traffic must be above 0/],
    ['--baseline 10% --target 11% --traffic 50k', /--traffic takes a rate/],
    ['--baseline 10% --target 11% --cluster 20', /--cluster takes/],
    ['--baseline 10% --target 11% --guardrail errors', /--guardrail takes/],
    ['--srm 100', /two arms/],
    ['--srm 100,x', /--srm takes numbers/],
    ['--srm 100,100 --expected 1:1:1', /3 proportions/],
    ['--baseline 10% --target 11% extra', /options only; found extra/],
    ['--baseline 10% --target 11% --format xml', /--format takes/],
  ])('"%s" cannot be used', async (line, message) => {
    const failed = outputOf(experiment, line);
    await expect(failed).rejects.toThrow(message);
    await expect(failed).rejects.toBeInstanceOf(Failure);
  });
});
