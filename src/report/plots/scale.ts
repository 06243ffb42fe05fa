import { formatNumber, formatQuantity } from '../../analysis/format.ts';

/** An axis as the caller describes it. Where an end is left out, the data and round numbers give it. */
export interface Axis {
  readonly title: string;
  readonly scale?: 'linear' | 'log';
  readonly from?: number;
  readonly to?: number;
  /** A canonical unit of the model (`s`, `req/s`, `B`): ticks are written with it, as `120 ms`. Without one they are numbers. */
  readonly unit?: string;
}

/** From values to places between 0 and 1, and round values to write beside the axis. */
export interface Scale {
  readonly low: number;
  readonly high: number;
  place(value: number): number;
  ticks(count: number): readonly number[];
  words(value: number): string;
}

/** The scale of an axis for the values that it has to show. Values that have no place on it (infinite, or none above zero on a logarithmic one) are passed over. */
export function scaleOf(axis: Axis, values: readonly number[]): Scale {
  const log = axis.scale === 'log';
  const shown = [...values, axis.from, axis.to].filter((value): value is number => value !== undefined && has(value, log));
  const [least, most] = [shown.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY), shown.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)];
  const bounds = shown.length === 0 ? (log ? ([1, 10] as const) : ([0, 1] as const)) : log ? logBounds(least, most) : linearBounds(least, most);
  const low = axis.from !== undefined && has(axis.from, log) ? axis.from : bounds[0];
  const given = axis.to !== undefined && has(axis.to, log) ? axis.to : bounds[1];
  const high = given > low ? given : log ? low * 10 : low + 1;
  return {
    low,
    high,
    place: log ? (value) => Math.log(value / low) / Math.log(high / low) : (value) => (value - low) / (high - low),
    ticks: (count) => (log ? logTicks(low, high, count) : linearTicks(low, high, count)),
    words: (value) => (axis.unit === undefined ? formatNumber(value) : formatQuantity({ low: value, high: value, unit: axis.unit })),
  };
}

const has = (value: number, log: boolean): boolean => Number.isFinite(value) && Math.abs(value) < 1e100 && (!log || value > 1e-100);

/** Whether a value can stand on a scale, within its ends. */
export const onScale = ({ place }: Scale, value: number): boolean => {
  const at = place(value);
  return at >= -1e-9 && at <= 1 + 1e-9;
};

function linearBounds(least: number, most: number): readonly [number, number] {
  // Nothing is made to look large by leaving zero out, but for values that are far from it.
  const from = least > 0 && least < most * 0.8 ? 0 : least;
  const [low, high] = from === most ? (most === 0 ? [0, 1] : [Math.min(0, most), Math.max(0, most)]) : [from, most];
  const step = niceStep((high - low) / 5);
  return [Math.floor(low / step + 1e-9) * step, Math.ceil(high / step - 1e-9) * step];
}

/** The smallest of 1, 2 and 5 times a power of ten that is no smaller. */
function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  return (([1, 2, 5].find((factor) => factor * power >= rough * (1 - 1e-9)) ?? 10) * power) || Number.MIN_VALUE;
}

function linearTicks(low: number, high: number, count: number): number[] {
  const step = niceStep((high - low) / Math.max(1, count));
  const [first, last] = [Math.ceil(low / step - 1e-9), Math.floor(high / step + 1e-9)];
  // Twelve digits leave out what floating point adds.
  return Array.from({ length: Math.max(0, Math.min(1000, last - first + 1)) }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

const FACTORS = [1, 2, 5, 10] as const;

function logBounds(least: number, most: number): readonly [number, number] {
  const below = 10 ** Math.floor(Math.log10(least));
  const above = 10 ** Math.floor(Math.log10(most));
  const low = [...FACTORS].reverse().find((factor) => factor * below <= least * (1 + 1e-9)) ?? 1;
  const high = FACTORS.find((factor) => factor * above >= most * (1 - 1e-9)) ?? 10;
  return low * below === high * above ? [(low * below) / 2, high * above * 2] : [low * below, high * above];
}

function logTicks(low: number, high: number, count: number): number[] {
  const [first, last] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  const powers = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const fine = powers.flatMap((power) => [1, 2, 5].map((factor) => Number((factor * 10 ** power).toPrecision(12)))).filter((value) => within(value, low, high));
  if (fine.length <= count) return fine;
  const coarse = powers.map((power) => Number((10 ** power).toPrecision(12))).filter((value) => within(value, low, high));
  const each = Math.ceil(coarse.length / Math.max(1, count));
  const thinned = coarse.filter((_, index) => index % each === 0);
  return thinned.length > 0 ? thinned : fine.slice(0, count);
}

const within = (value: number, low: number, high: number): boolean => value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9);
