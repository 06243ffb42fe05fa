import { describe, expect, it } from 'vitest';
import { formatDuration, formatNumber, formatQuantity, formatShare } from '../../src/analysis/format.ts';
import { quantityOf } from '../../src/model/quantity.ts';

const range = (low: number, high: number, unit: string) => ({ low, high, unit });

describe('quantities in sentences', () => {
  it.each([
    [0, '0 s'],
    [0.0004, '400 µs'],
    [0.12, '120 ms'],
    [5400, '1.5 h'],
    [86_400, '1 day'],
    [45 * 86_400, '45 days'],
    [31_557_600, '1 year'],
    [220_903_200, '7 years'],
    [3 * 2_629_800, '3 months'],
  ])('%d s is %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text));

  it('tells a range in the unit of its lower end', () => {
    expect(formatQuantity(range(1200, 3600, 's'))).toBe('20 to 60 min');
    expect(formatQuantity(range(0, 3600, 's'))).toBe('0 to 1 h');
  });

  it('keeps the currency and sets thousands apart', () => expect(formatQuantity(quantityOf(18_000, 'EUR/month', 'spend'))).toBe('18,000 EUR/month'));
  it('takes the period in which a rate is a number above one', () => expect(formatQuantity(quantityOf(12, 'req/day', 'rate'))).toBe('12 req/day'));
  it('keeps the nines of an availability', () => expect(formatShare(range(0.9995, 0.99995, '1'))).toBe('99.95 to 99.995 %'));
  it('rounds other shares', () => expect(formatShare(range(2 / 3, 2 / 3, '1'))).toBe('66.7 %'));
  it('rounds numbers to four digits', () => expect(formatNumber(12_345.678)).toBe('12,346'));
});
