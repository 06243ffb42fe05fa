import { afterEach, describe, expect, it, vi } from 'vitest';
import { cost } from '../../src/cli/calc/cost.ts';
import { parseInvocation } from '../../src/cli/command.ts';
import { Failure } from '../../src/cli/failure.ts';

afterEach(() => vi.restoreAllMocks());

async function say(line: string): Promise<string> {
  let written = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((written += String(text)), true));
  expect(await cost.run(parseInvocation(cost, [...line.split(' '), '--no-color']))).toBe(0);
  return written;
}

const json = async (line: string) => JSON.parse(await say(`${line} --format json`));

const MACHINES = '--rate 40/s --peak 200/s --price 1.006USD/h --capacity 350/s';
const TOKENS = '--tokens-in 500 --tokens-out 150 --price-in 0.15USD/Mtok --price-out 0.60USD/Mtok --volume 1M/day';

describe('calc cost of machines', () => {
  it('compares replicas that stay with replicas that follow the load', async () => {
    const found = await json(`${MACHINES} --replicas 3 --min 2 --currency USD`);
    expect(found).toMatchObject({
      kind: 'machines',
      hoursPerMonth: 730.5,
      traffic: { mean: 40, peak: 200, unit: 'req/s' },
      alwaysOn: { perMonth: { value: 2204.649, low: 2204.649, high: 2204.649, unit: 'USD/month', provenance: 'measured' }, replicas: { least: 3, mean: 3, most: 3 }, utilisation: 0.0380952380952 },
      autoscaled: { perMonth: { value: 1469.766 }, replicas: { least: 2, mean: 2, most: 2 } },
    });
    // 40/s for 2,629,800 s.
    expect(found.alwaysOn.predictionsPerMonth).toBe(105_192_000);
    expect(found.alwaysOn.perThousand).toMatchObject({ value: expect.closeTo(2204.649 / 105_192, 9), unit: 'USD/kreq' });
    for (const way of [found.alwaysOn, found.autoscaled]) expect(way.used + way.headroom + way.idle).toBeCloseTo(way.perMonth.value, 6);
  });

  it('says what makes the bill, and at what utilisation', async () => {
    const text = await say(`${MACHINES} --replicas 3 --min 2`);
    expect(text).toContain('always on, 3 machines  2,205 USD a month');
    expect(text).toContain('0.02096 USD for 1,000, at 3.81 % utilisation');
    expect(text).toMatch(/used +83\.99 +3\.81 %/);
    expect(text).toContain('what makes the bill: machines that stay off-peak 68.1 %');
    expect(text).toContain('a month has 730.5 h');
  });

  it('takes what the peak needs, with spare machines, where nobody says how many', async () => {
    expect((await json(`${MACHINES.replace('350/s', '50/s')} --spare 1`)).alwaysOn.replicas.most).toBe(5);
    expect((await json(`${MACHINES.replace('350/s', '50/s')} --zones 3`)).alwaysOn.replicas.most).toBe(6);
  });

  it('says when too few machines run, what the budget leaves and when growth fills it', async () => {
    const text = await say('--rate 40/s --peak 200/s --price 1USD/h --capacity 50/s --replicas 2 --budget 2000USD/month --growth 10%/month');
    expect(text).toMatch(/too few for the latency objective during [\d.]+ % of the time/);
    expect(text).toContain('within the budget: 539 USD a month are left');
    expect(text).toContain('the budget is not exceeded within ten years');
    expect(text).toContain('the machines are full already today');
  });

  it('pays spot machines and start-ups', async () => {
    const { autoscaled } = await json('--rate 40/s --peak 200/s --price 1USD/h --capacity 10/s --start-up 6min --spot 100% --spot-price 30%');
    expect(autoscaled.causes.startUp).toBeCloseTo(autoscaled.startsPerMonth * 0.1 * 0.3, 9);
    expect(autoscaled.perMonth.value).toBeCloseTo(autoscaled.replicas.mean * 730.5 * 0.3 + autoscaled.causes.startUp, 6);
  });
});

describe('calc cost of tokens', () => {
  it('is 5,022 USD for a million calls a day, and 4,950 in 30 days', async () => {
    expect(await json(TOKENS)).toMatchObject({ kind: 'tokens', daysPerMonth: 30.4375, perMonth: { value: 5022.1875, unit: 'USD/month' }, perCall: { value: 0.000165 }, predictionsPerMonth: 30_437_500, published: { source: 'S3.117', low: 10_000, high: 50_000, stands: 'below' } });
    expect(await say(TOKENS)).toContain('(of 30 days: 4,950 USD)');
  });

  it('is less with cached input, with batches, and more with several calls', async () => {
    expect((await json(`${TOKENS} --cached 30% --price-cached 0.075USD/Mtok`)).perCall.value).toBeCloseTo(1.5375e-4, 12);
    expect((await json(`${TOKENS} --batch`)).perMonth.value).toBeCloseTo(2511.09375, 6);
    expect((await json(`${TOKENS} --calls 2`)).perMonth.value).toBeCloseTo(10_044.375, 6);
    expect((await json(`${TOKENS} --calls 2`)).perPrediction.value).toBeCloseTo(0.00033, 12);
    expect((await json(TOKENS.replace('500', '0.5ktok'))).perMonth.value).toBe(5022.1875);
  });

  it('tells the break-even of machines of one’s own, or that there is none', async () => {
    const own = `${TOKENS} --price 2USD/h --tokens-per-second 12000tokens/s`;
    const { breakEven, atVolume } = (await json(own)).selfHosting;
    expect(breakEven).toMatchObject({ verdict: 'feasible', replicas: 1, tokensPerMonth: expect.closeTo(1461 / (1.65e-4 / 650), -1) });
    expect(atVolume).toMatchObject({ replicas: 1, selfHosted: 1461, paidByUse: 5022.1875, cheaper: 'self-hosted' });
    expect(await say(own)).toContain('Machines of one’s own cost less from 5,755 million tokens a month');
    const { selfHosting } = await json(own.replace('12000', '1000'));
    expect(selfHosting.breakEven).toMatchObject({ verdict: 'never', tokensPerMonth: null });
  });

  it('keeps the currency', async () => expect(await say(TOKENS.replaceAll('USD', 'EUR'))).toContain('5,022 EUR a month'));
});

describe('calc cost refuses', () => {
  it.each([
    ['--format json', /Machines or tokens\?/],
    [`${MACHINES} --tokens-in 5`, /--rate is for machines and --tokens-in for tokens/],
    [`${MACHINES} --peak 10/s`, /a peak of 10 is below the mean of 40/],
    ['--rate 40/s --capacity 350/s', /--price is needed/],
    ['--rate 40/s --price 1USD/h', /--capacity is needed/],
    ['--rate 40/s --price 1USD/h --capacity 0/s', /There is no answer: a replica carries 0 requests a second/],
    [`${MACHINES} --throughput 100/s`, /saturated at 100 requests a second/],
    [`${MACHINES} --min 3 --max 2`, /--max 2 is below --min 3/],
    [`${MACHINES} --spare 1 --zones 2`, /not both/],
    [`${MACHINES} --zones 1`, /--zones must be at least 2/],
    [`${MACHINES} --spot 50%`, /go together/],
    [`${MACHINES} --replicas 1.5`, /whole number/],
    [`${MACHINES} --currency EUR`, /Amounts are in USD and EUR/],
    [`${MACHINES} --currency CHF`, /takes USD, EUR, GBP/],
    [`${MACHINES} --budget 5EUR/month`, /USD and EUR/],
    [`${MACHINES} extra`, /takes options only; found extra/],
    [TOKENS.replace('--price-in 0.15USD/Mtok ', ''), /--price-in is needed/],
    [`${TOKENS} --cached 130%`, /--cached must be between 0 % and 100 %/],
    [`${TOKENS} --price 2USD/h`, /go together/],
    [`${TOKENS} --price 2USD/h --tokens-per-second 0tokens/s`, /There is no break-even: a replica carries 0 tokens/],
    [TOKENS.replace('1M/day', '1M'), /--volume takes a rate with its unit/],
  ])('%s', async (line, message) => {
    const failure = await say(line).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Failure);
    expect((failure as Failure).message).toMatch(message);
  });
});
