import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { budgetStandings, type BudgetStanding } from '../../../src/analysis/estimation/budget-gap.ts';
import { estimate } from '../../../src/analysis/estimation/estimate.ts';
import { contextOf } from '../../support/estimated.ts';

function standings(lines: readonly string[]): BudgetStanding[] {
  const context = contextOf(lines);
  return budgetStandings(context, estimate(context, [1]).cost.tree);
}

/** 26,298,000 calls a month × (1,000 × 0.15 + 100 × 0.60) / 10⁶ USD. */
const TOKENS = ['service Api : llm_api { serves Gpt }', 'model Gpt : vendor { llm gpt-4o-mini }', 'Web -> Api'];
const BILL = 26_298_000 * 0.000_21;
const web = (more = ''): string => `consumer Web { peak 10 req/s average 10 req/s tokens input 1_000 tokens output 100 tokens ${more} }`;

/** 40 ms in the mean: 25 req/s of each replica, 20 at 80 % busy. */
const TIMES = 'concurrency 1 service_time p50 27.72588722 ms p99 184.2068074 ms';

describe('a budget', () => {
  it('is exceeded by tokens at the multiple that it is of the bill, and in the month that growth gets there', () => {
    const [standing] = standings(['budget 10_000 USD/month', web('growth 10 %/month'), ...TOKENS]);
    expect(standing?.bill.value).toBeCloseTo(BILL, 6);
    expect(standing?.gap).toMatchObject({ verdict: 'within', gap: expect.closeTo(BILL - 10_000, 6) as number });
    expect(standing?.multiple).toBeGreaterThan(10_000 / BILL);
    expect(standing?.multiple).toBeLessThan((10_000 / BILL) * 1.01);
    // 1.1⁶ = 1.77 and 1.1⁷ = 1.95 lie around 1.81.
    expect(standing).toMatchObject({ exhaustion: { when: 'later', months: 7 }, date: '2027-06-22', growth: [{ consumer: 'Web', perMonth: expect.closeTo(0.1, 12) as number }] });
  });

  it('is exceeded by machines where the traffic takes one more than it pays for', () => {
    const [standing] = standings(['consumer Web { peak 100 req/s average 50 req/s }', `service Api : realtime { runs_on own.box replicas 5 ${TIMES} budget 8_000 USD/month }`, 'Web -> Api']);
    expect(standing).toMatchObject({ holder: 'Api', bill: { value: expect.closeTo(5 * 730.5, 6) as number } });
    // Ten replicas take 200 req/s at 80 % busy; the eleventh makes 8,035.5 USD.
    expect(standing?.multiple).toBeGreaterThan(2);
    expect(standing?.multiple).toBeLessThan(2.02);
    expect(standing?.exhaustion).toBeUndefined();
    expect(standing?.assumptions).toContain('as many machines of Api as keep it at most 80 % busy at the peak');
  });

  it('that enough machines for today’s traffic would exceed is exceeded at one', () => {
    const [standing] = standings(['consumer Web { peak 110 req/s average 50 req/s }', `service Api : realtime { runs_on own.box replicas 5 ${TIMES} budget 4_000 USD/month }`, 'Web -> Api']);
    expect(standing).toMatchObject({ multiple: 1, gap: { verdict: 'within' } });
  });

  it('grows in proportion where nobody says what a replica takes, and says so', () => {
    const [standing] = standings(['budget 2_000 USD/month', 'consumer Web { peak 10 req/s average 5 req/s }', 'service Api : realtime { runs_on own.box replicas 1 }', 'Web -> Api']);
    expect(standing?.multiple).toBeGreaterThan(2);
    expect(standing?.multiple).toBeLessThan(2.02);
    expect(standing?.assumptions).toContain('machines of Api grow in proportion to its traffic: what a replica takes is not known');
  });

  it('that is spent today has no multiple and no date', () => {
    const [standing] = standings(['budget 1_000 USD/month', web('growth 10 %/month'), ...TOKENS]);
    expect(standing).toMatchObject({ gap: { verdict: 'beyond' }, exhaustion: { when: 'already' } });
    expect(standing?.multiple).toBeUndefined();
    expect(standing?.date).toBeUndefined();
  });

  it('in another currency is not compared', () => {
    const [standing] = standings(['budget 10_000 EUR/month', web(), ...TOKENS]);
    expect(standing?.gap).toBeUndefined();
    expect(standing?.unknown).toBe('the budget is in EUR and the bill in USD: no exchange rate is declared');
  });

  it('of a bill that is known in part is never kept for certain', () => {
    const [standing] = standings(['budget 100_000 USD/month', web(), ...TOKENS, 'service Other : realtime { serves Net }', 'model Net : trained { task regression }', 'Web -> Other']);
    expect(standing?.gap).toMatchObject({ verdict: 'may be beyond', bound: 'at least' });
  });

  it('lasts the longer the larger it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 6000, max: 200_000 }), fc.integer({ min: 1, max: 100_000 }), (small, more) => {
        const multipleOf = (budget: number): number => standings([`budget ${budget} USD/month`, web(), ...TOKENS])[0]?.multiple ?? 0;
        expect(multipleOf(small + more)).toBeGreaterThanOrEqual(multipleOf(small));
      }),
      { numRuns: 10 },
    );
  });
});
