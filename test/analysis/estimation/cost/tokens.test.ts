import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atVolume, breakEven, type AtVolume, type BreakEven, type SelfHosting } from '../../../../src/analysis/estimation/cost/break-even.ts';
import { blendedPrice, callCost, sumOfCall, tokenTree, type TokenPrices } from '../../../../src/analysis/estimation/cost/tokens.ts';
import { leavesOf, totalOf } from '../../../../src/analysis/estimation/cost/tree.ts';
import { SECONDS_PER_MONTH } from '../../../../src/model/units.ts';

/** List prices of gpt-4o-mini, 2026-07-24, in USD a token. */
const SMALL: TokenPrices = { input: 0.15e-6, output: 0.6e-6, cachedInput: 0.075e-6, currency: 'USD' };
const CALL = { input: 500, output: 150 };
const DAYS_A_MONTH = SECONDS_PER_MONTH / 86_400;

const bill = (prices: TokenPrices, tokens: Parameters<typeof tokenTree>[1], callsPerMonth?: number) => tokenTree(prices, tokens, { callsPerMonth, name: 'answers', provenance: 'published' });

describe('the bill for tokens', () => {
  it('of a million calls a day is 4,950 USD in 30 days and 5,022 in a mean month', () => {
    expect(totalOf(bill(SMALL, CALL, 30e6)).value).toBeCloseTo(4950, 9);
    expect(DAYS_A_MONTH).toBe(30.4375);
    expect(totalOf(bill(SMALL, CALL, 1e6 * DAYS_A_MONTH)).value).toBeCloseTo(5022.1875, 9);
  });

  it('is cut by what is paid', () => {
    const leaves = leavesOf(bill(SMALL, { ...CALL, cachedShare: 0.3 }, 30e6)).map(({ leaf }) => [leaf.name, leaf.kind === 'leaf' ? leaf.value : undefined]);
    // 350 × 0.15 + 150 × 0.075 + 150 × 0.60 a million calls, 30 times.
    expect(leaves).toEqual([['input tokens', expect.closeTo(1575, 9)], ['cached input tokens', expect.closeTo(337.5, 9)], ['output tokens', expect.closeTo(2700, 9)]]);
  });

  it.each([
    ['cached input at its price', SMALL, { ...CALL, cachedShare: 1 }, 500 * 0.075e-6 + 150 * 0.6e-6],
    ['cached input without a price of its own', { ...SMALL, cachedInput: undefined }, { ...CALL, cachedShare: 1 }, 1.65e-4],
    ['half the price in batches, where none is listed', SMALL, { ...CALL, batch: true }, 0.825e-4],
    ['listed prices of batches', { ...SMALL, batchInput: 0.1e-6, batchOutput: 0.2e-6 }, { ...CALL, batch: true }, 500 * 0.1e-6 + 150 * 0.2e-6],
    ['cached input in batches at the lower price, not at both discounts', SMALL, { ...CALL, batch: true, cachedShare: 1 }, 500 * 0.075e-6 + 75 * 0.6e-6],
    ['what is written to the cache', { ...SMALL, cacheWrite: 0.1875e-6 }, { ...CALL, writtenShare: 0.5 }, 250 * 0.15e-6 + 250 * 0.1875e-6 + 150 * 0.6e-6],
  ] as const)('%s', (_, prices, tokens, expected) => expect(sumOfCall(callCost(prices, tokens))).toBeCloseTo(expected, 12));

  it('keeps unknown tokens and calls as unknown', () => {
    expect(totalOf(bill(SMALL, { input: 500 }, 30e6))).toMatchObject({ value: expect.closeTo(2250, 9), bound: 'at least', unknown: [{ name: 'output tokens' }] });
    expect(bill(SMALL, CALL)).toMatchObject({ kind: 'unknown', settledBy: 'the calls a month, or the mean rate' });
    expect(bill(SMALL, { ...CALL, cachedShare: 0.7, writtenShare: 0.7 }, 1)).toMatchObject({ kind: 'unknown' });
    expect(totalOf(bill(SMALL, { input: Number.NaN, output: 150 }, 30e6))).toMatchObject({ value: expect.closeTo(2700, 9), bound: 'at least' });
  });

  it('has the band of tokens and traffic in quadrature', () => {
    const tree = tokenTree(SMALL, CALL, { callsPerMonth: 30e6, name: 'answers', provenance: 'published', spread: { traffic: 0.3 }, logSd: { output: 0.4 } });
    expect(totalOf(tree).spread).toEqual({ traffic: expect.closeTo(0.3, 12), 'output tokens': expect.closeTo((0.4 * 2700) / 4950, 12) });
  });

  it('grows with tokens, calls and prices, and falls with what is cached', () => {
    const count = fc.double({ min: 0, max: 1e5, noNaN: true });
    const price = fc.double({ min: 0, max: 1e-4, noNaN: true });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(fc.property(count, count, price, price, share, share, fc.double({ min: 1, max: 5, noNaN: true }), fc.boolean(), (input, output, priceIn, priceOut, cached, discount, factor, batch) => {
      const prices = { input: priceIn, output: priceOut, cachedInput: priceIn * discount, currency: 'USD' };
      const cost = (tokens: object, change: Partial<TokenPrices> = {}): number => sumOfCall(callCost({ ...prices, ...change }, { input, output, cachedShare: cached, batch, ...tokens }));
      const enough = cost({}) * (1 - 1e-12);
      expect(cost({ input: input * factor })).toBeGreaterThanOrEqual(enough);
      expect(cost({ output: output * factor })).toBeGreaterThanOrEqual(enough);
      expect(cost({}, { input: priceIn * factor })).toBeGreaterThanOrEqual(enough);
      expect(cost({}, { output: priceOut * factor })).toBeGreaterThanOrEqual(enough);
      expect(cost({ cachedShare: cached / factor }) * (1 + 1e-12)).toBeGreaterThanOrEqual(enough);
      expect(cost({ batch: true })).toBeLessThanOrEqual(cost({ batch: false }) * (1 + 1e-12));
    }));
  });
});

const found = <T>(result: T | { readonly problem: string }): T => {
  if (typeof result === 'object' && result !== null && 'problem' in result) throw new Error(result.problem);
  return result as T;
};

describe('break-even of machines of one’s own', () => {
  // 2,000 USD a month and 2,000 tokens a second; 5.2596 G tokens a month at 1 USD/Mtok are 5,259.6 USD.
  const HOSTING: SelfHosting = { replicaPerMonth: 2000, throughput: 2000 };

  it('is the price of a replica over the price of a token, if a replica carries so many', () => {
    expect(found<BreakEven>(breakEven(HOSTING, 1e-6))).toEqual({ tokensPerMonth: expect.closeTo(2e9, 3), replicas: 1, alwaysFrom: expect.closeTo(2e9, 3), requiredUtilisation: expect.closeTo(2000 / 5259.6, 12), feasibleUtilisation: 1, verdict: 'feasible' });
  });

  it('is never where a full replica costs more than its tokens', () => {
    expect(found<BreakEven>(breakEven(HOSTING, 0.3e-6))).toMatchObject({ verdict: 'never', tokensPerMonth: Number.POSITIVE_INFINITY, requiredUtilisation: expect.closeTo(1.2675, 4) });
    // The peak leaves a fifth of it.
    expect(found<BreakEven>(breakEven({ ...HOSTING, peakFactor: 5 }, 1e-6))).toMatchObject({ verdict: 'never', feasibleUtilisation: 0.2 });
    expect(found<BreakEven>(breakEven(HOSTING, 1e-6)).verdict).toBe('feasible');
  });

  it('takes as many replicas as the fixed costs need to be earned', () => {
    // Each full replica gains 3,259.60 USD; 8,000 fixed need three, which cost 14,000.
    expect(found<BreakEven>(breakEven({ ...HOSTING, fixedPerMonth: 8000 }, 1e-6))).toMatchObject({ replicas: 3, tokensPerMonth: expect.closeTo(14e9, 3), alwaysFrom: expect.closeTo(16e9, 3) });
    expect(found<BreakEven>(breakEven({ ...HOSTING, minReplicas: 2 }, 1e-6))).toMatchObject({ replicas: 2, tokensPerMonth: expect.closeTo(4e9, 3), alwaysFrom: expect.closeTo(4e9, 3) });
  });

  it('compares both at a volume', () =>
    expect(found<AtVolume>(atVolume({ ...HOSTING, peakFactor: 2 }, 1e-6, 6e9))).toEqual({ selfHosted: 6000, paidByUse: 6000, replicas: 3, utilisation: expect.closeTo(6e9 / (3 * 5.2596e9), 9), cheaper: 'paid by use' }));

  it.each<[Partial<SelfHosting>, number]>([[{ throughput: 0 }, 1e-6], [{ throughput: Number.NaN }, 1e-6], [{ replicaPerMonth: -1 }, 1e-6], [{ minReplicas: 0 }, 1e-6], [{ peakFactor: 0.5 }, 1e-6], [{ fixedPerMonth: Number.NaN }, 1e-6], [{}, 0]])('%j at %d a token has none, and says why', (wrong, price) => {
    expect(breakEven({ ...HOSTING, ...wrong }, price)).toHaveProperty('problem');
    expect(atVolume({ ...HOSTING, ...wrong }, price, 1)).toHaveProperty('problem');
  });

  it('is where the cheaper way changes', () =>
    fc.assert(fc.property(fc.double({ min: 100, max: 1e5, noNaN: true }), fc.double({ min: 100, max: 1e4, noNaN: true }), fc.integer({ min: 1, max: 4 }), fc.double({ min: 1, max: 8, noNaN: true }), fc.double({ min: 0, max: 1e5, noNaN: true }), fc.double({ min: 1e-8, max: 1e-4, noNaN: true }), fc.double({ min: 0.01, max: 0.999, noNaN: true }), (replicaPerMonth, throughput, minReplicas, peakFactor, fixedPerMonth, price, share) => {
      const hosting = { replicaPerMonth, throughput, minReplicas, peakFactor, fixedPerMonth };
      const { tokensPerMonth, alwaysFrom, verdict } = found<BreakEven>(breakEven(hosting, price));
      if (verdict === 'never') {
        expect(found<AtVolume>(atVolume(hosting, price, (throughput * SECONDS_PER_MONTH) / share)).cheaper).toBe('paid by use');
        return;
      }
      expect(found<AtVolume>(atVolume(hosting, price, tokensPerMonth * share)).cheaper).toBe('paid by use');
      expect(found<AtVolume>(atVolume(hosting, price, tokensPerMonth * (1 - 1e-9))).selfHosted).toBeCloseTo(tokensPerMonth * price, 3);
      expect(found<AtVolume>(atVolume(hosting, price, alwaysFrom / share)).cheaper).toBe('self-hosted');
    })));
});

it('the blended price is that of a mean token', () => {
  expect(blendedPrice(SMALL, CALL)).toBeCloseTo(1.65e-4 / 650, 15);
  expect(blendedPrice(SMALL, { input: 500 })).toBeUndefined();
  expect(blendedPrice(SMALL, { input: 0, output: 0 })).toBeUndefined();
});
