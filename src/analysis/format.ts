import type { Quantity } from '../model/quantity.ts';
import { SECONDS_PER_MONTH } from '../model/units.ts';

/** Units in which people read a quantity of a canonical unit, largest first: name and factor. */
const READABLE: Readonly<Record<string, readonly (readonly [string, number])[]>> = {
  s: [['years', 31_557_600], ['days', 86_400], ['h', 3600], ['min', 60], ['s', 1], ['ms', 1e-3], ['µs', 1e-6], ['ns', 1e-9]],
  'req/s': [['req/s', 1], ['req/min', 1 / 60], ['req/h', 1 / 3600], ['req/day', 1 / 86_400]],
  B: [['PB', 1e15], ['TB', 1e12], ['GB', 1e9], ['MB', 1e6], ['KB', 1e3], ['B', 1]],
  'B/s': [['GB/s', 1e9], ['MB/s', 1e6], ['KB/s', 1e3], ['B/s', 1]],
  params: [['B params', 1e9], ['M params', 1e6], ['params', 1]],
  'FLOP/s': [['PFLOPS', 1e15], ['TFLOPS', 1e12], ['GFLOPS', 1e9]],
};

/** `120 ms`, `20 to 40 ms`, `8 req/s`, `18,000 USD/month`: a quantity as it stands in a sentence. */
export function formatQuantity({ low, high, unit }: Quantity): string {
  // A range is told in the unit of its lower end: 20 to 60 min, and not 0.33 to 1 h.
  const [name, factor] = isMonths(low, unit) && isMonths(high, unit) ? MONTHS : readableUnit(low > 0 ? low : high, unit);
  const text = (value: number): string => formatNumber(unit === 's' ? Number((value / factor).toPrecision(3)) : value / factor);
  const [from, to] = [text(low), text(high)];
  const single = from === '1' && to === '1' && SINGULAR[name];
  const suffix = name === '' ? '' : ` ${single || name}`;
  return from === to ? `${to}${suffix}` : `${from} to ${to}${suffix}`;
}

const SINGULAR: Readonly<Record<string, string>> = { days: 'day', months: 'month', years: 'year' };
const MONTHS = ['months', SECONDS_PER_MONTH] as const;

/** Whole months that are not whole years; nobody else writes multiples of 30.4375 days. */
const isMonths = (value: number, unit: string): boolean => unit === 's' && value > 0 && value % SECONDS_PER_MONTH === 0 && value % (12 * SECONDS_PER_MONTH) !== 0;

/** Seconds as people say them: `45 days`, `90 min`, `120 ms`. */
export const formatDuration = (seconds: number): string => formatQuantity({ low: seconds, high: seconds, unit: 's' });

/** `99.95 %`, `1 to 5 %`: a quantity of dimension ratio. */
export function formatShare({ low, high }: Quantity): string {
  // Availabilities need their nines, other shares do not.
  const text = (value: number): string => String(Number((value * 100).toPrecision(value > 0.98 ? 7 : 3)));
  const [from, to] = [text(low), text(high)];
  return from === to ? `${to} %` : `${from} to ${to} %`;
}

/** At most four significant digits (more where the integer part has more), thousands apart. */
export function formatNumber(value: number): string {
  const size = Math.abs(value);
  // Most numbers are small and whole, and stand as they are.
  if (Number.isInteger(value) && size < 1000) return String(value);
  const rounded = size >= 1000 ? Math.round(value) : Number(value.toPrecision(4));
  // By hand: Intl takes longer to load than a review of a small file.
  const [whole = '', fraction] = String(rounded).split('.');
  const grouped = /e/.test(whole) ? whole : whole.replaceAll(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

function readableUnit(value: number, unit: string): readonly [string, number] {
  if (unit === '1') return ['', 1];
  if (value === 0) return [unit, 1];
  const units = READABLE[unit];
  if (!units) return [unit, 1];
  return units.find(([, factor]) => value === factor || value >= factor * (factor === 31_557_600 ? 2 : 1)) ?? units.findLast(([, factor]) => factor > 0) ?? [unit, 1];
}
