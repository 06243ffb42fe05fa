import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromRange, logSdOf, productSpread, sumSpread } from '../../../../src/analysis/estimation/cost/spread.ts';
import { costByComponent, group, largestLeaves, leaf, leavesOf, scaledTree, totalOf, unknown, type CostNode } from '../../../../src/analysis/estimation/cost/tree.ts';
import { unitCost } from '../../../../src/analysis/estimation/cost/unit-cost.ts';

const amount = (name: string, value: number, spread = {}, currency = 'USD') => leaf({ name, value, currency, provenance: 'measured', formula: `${value}`, spread });
const missing = (name: string) => unknown(name, 'no price is stated', 'its price');

const spreads = fc.dictionary(fc.constantFrom('traffic', 'price', 'capacity'), fc.double({ min: -0.8, max: 0.8, noNaN: true }), { maxKeys: 3 });
const leaves = fc.oneof(
  fc.record({ name: fc.string(), value: fc.double({ min: 0, max: 1e7, noNaN: true }), spread: spreads }).map(({ name, value, spread }) => amount(name, value, spread)),
  fc.string().map(missing),
);
const trees: fc.Arbitrary<CostNode> = fc.letrec<{ node: CostNode }>((tie) => ({ node: fc.oneof({ maxDepth: 4 }, leaves, fc.record({ name: fc.string(), parts: fc.array(tie('node'), { maxLength: 4 }) }).map(({ name, parts }) => group(name, parts))) })).node;

describe('a cost tree', () => {
  it('has its exact sum, with the band of independent parts', () => {
    const total = totalOf(group('serving', [amount('machines', 300, { traffic: 0.3 }), group('storage', [amount('logs', 100, { retention: 0.4 })])]));
    // Shares ¾ and ¼: √((¾·0.3)² + (¼·0.4)²) = 0.246221445.
    expect(total.value).toBe(400);
    expect(logSdOf(total.spread)).toBeCloseTo(0.24622144504490262, 12);
    expect(total.low).toBeCloseTo(400 * Math.exp(-1.2815515655446004 * 0.24622144504490262), 9);
    expect(total.high).toBeCloseTo(400 * Math.exp(1.2815515655446004 * 0.24622144504490262), 9);
  });

  it('lets errors of one source add up and cancel', () => {
    expect(logSdOf(productSpread({ traffic: 0.3 }, { traffic: 0.1, price: 0.3 }))).toBeCloseTo(0.5, 12);
    expect(logSdOf(sumSpread([{ value: 1, spread: { traffic: 0.3 } }, { value: 1, spread: { traffic: 0.3 } }]))).toBeCloseTo(0.3, 12);
    expect(logSdOf(sumSpread([{ value: 1, spread: { cached: 0.2 } }, { value: 1, spread: { cached: -0.2 } }]))).toBe(0);
  });

  it('keeps what is unknown, with its reason, and then says at least', () => {
    const total = totalOf(group('serving', [amount('machines', 300), missing('gateway')]));
    expect(total).toMatchObject({ value: 300, bound: 'at least', unknown: [{ name: 'gateway', reason: 'no price is stated', settledBy: 'its price' }] });
    expect(totalOf(amount('machines', 300)).bound).toBeUndefined();
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, -1])('an amount of %d is unknown, not zero', (value) => expect(amount('machines', value).kind).toBe('unknown'));

  it('does not add currencies', () => {
    const total = totalOf(group('serving', [amount('machines', 300), amount('office', 100, {}, 'EUR')]));
    expect(total).toMatchObject({ value: 300, currency: 'USD', bound: 'at least', unknown: [{ name: 'office', reason: 'it is stated in EUR' }] });
    expect(totalOf(group('serving', [amount('machines', 300), amount('office', 100, {}, 'EUR')]), 'EUR').value).toBe(100);
  });

  it('names the largest leaves first', () =>
    expect(largestLeaves(group('all', [amount('a', 1), group('b', [amount('c', 3)])])).map(({ leaf: { name }, share }) => [name, share])).toEqual([['c', 0.75], ['a', 0.25]]));

  it('totals the sum of its leaves, whatever the shape', () =>
    fc.assert(fc.property(trees, (tree) => {
      const sum = leavesOf(tree).reduce((total, { leaf: found }) => total + (found.kind === 'leaf' ? found.value : 0), 0);
      const total = totalOf(tree);
      expect(total.value).toBe(sum);
      expect(total.low).toBeLessThanOrEqual(total.value);
      expect(total.high).toBeGreaterThanOrEqual(total.value);
      expect(total.bound === 'at least').toBe(leavesOf(tree).some(({ leaf: found }) => found.kind === 'unknown'));
    })));

  it('of parts is the total of their totals', () =>
    fc.assert(fc.property(fc.array(trees, { maxLength: 4 }), (parts) => {
      const separate = parts.reduce((sum, part) => sum + totalOf(part, 'USD').value, 0);
      expect(totalOf(group('all', parts), 'USD').value).toBeCloseTo(separate, 3);
    })));

  it('is never lowered by something unknown', () =>
    fc.assert(fc.property(trees, fc.string(), (tree, name) => {
      const [before, after] = [totalOf(tree, 'USD'), totalOf(group('more', [tree, missing(name)]), 'USD')];
      expect(after.value).toBe(before.value);
      expect(after.low).toBe(before.low);
      expect(after.high).toBe(before.high);
      expect(after.bound).toBe('at least');
    })));

  it('grows with every leaf and scales with a factor', () =>
    fc.assert(fc.property(trees, fc.double({ min: 0, max: 1e6, noNaN: true }), (tree, more) => {
      expect(totalOf(group('more', [tree, amount('extra', more)]), 'USD').value).toBeGreaterThanOrEqual(totalOf(tree, 'USD').value);
      const [scaled, plain] = [totalOf(scaledTree(tree, 2, '2'), 'USD').value, totalOf(tree, 'USD').value];
      expect(scaled).toBeCloseTo(2 * plain, 3);
    })));
});

describe('the cost of each component', () => {
  it('is the sum of its leaves, and none where a part is unknown or in another currency', () => {
    const bill = group('system', [amount('Lake', 5), group('Api', [amount('machines', 10), amount('tokens', 2)]), group('Llm', [amount('machines', 7), missing('tokens')]), group('Mixed', [amount('a', 1), amount('b', 1, {}, 'EUR')]), amount('Abroad', 3, {}, 'EUR')]);
    expect(Object.fromEntries(costByComponent(bill))).toEqual({ Lake: { value: 5, currency: 'USD' }, Api: { value: 12, currency: 'USD' }, Abroad: { value: 3, currency: 'EUR' } });
  });
});

describe('unit cost', () => {
  it('is derived from the volume: 2,000 to 5,000 USD at a million a day are below a fiftieth of a cent', () => {
    const perSecond = 1e6 / 86_400;
    const [low, high] = [2000, 5000].map((value) => unitCost(totalOf(amount('processors', value)), perSecond, 0.3));
    expect(low?.perPrediction).toBeCloseTo(2000 / 30_437_500, 12);
    expect(high?.perThousand).toBeCloseTo(0.16427, 5);
    expect(high).toMatchObject({ perMonth: 5000, currency: 'USD', utilisation: 0.3 });
    expect(high?.volume).toBeCloseTo(30_437_500, 3);
  });

  it('does not exist without volume', () => {
    expect(unitCost(totalOf(amount('machines', 300)), 0)).toBeUndefined();
    expect(unitCost(totalOf(amount('machines', 300)), Number.NaN)).toBeUndefined();
  });

  it('is at least that where part of the bill is unknown', () => expect(unitCost(totalOf(group('all', [amount('machines', 300), missing('gateway')])), 1)?.bound).toBe('at least'));
});

describe('a range', () => {
  it('is an 80 % band around its geometric middle', () => {
    expect(fromRange(50, 200)?.value).toBe(100);
    expect(fromRange(50, 200)?.logSd).toBeCloseTo(Math.log(2) / 1.2815515655446004, 12);
  });
  it.each([[0, 1], [2, 1], [Number.NaN, 1]])('from %d to %d is none', (low, high) => expect(fromRange(low, high)).toBeUndefined());
});
