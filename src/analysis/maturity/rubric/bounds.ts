import type { Estimated } from '../../estimation/estimated.ts';
import type { StationEstimate } from '../../estimation/station-estimate.ts';
import { formatNumber } from '../../format.ts';
import { within, type Judgement } from '../judgement.ts';

/** What is known of a number: it lies between the two. */
export interface Bounds {
  readonly low: number;
  readonly high: number;
}

/** The band of a figure; the side to which it is only a bound is open. */
export const boundsOf = ({ low, high, bound }: Estimated): Bounds => ({ low: bound === 'at most' ? 0 : low, high: bound === 'at least' ? Number.POSITIVE_INFINITY : high });

export const UNKNOWN: Bounds = { low: 0, high: Number.POSITIVE_INFINITY };

/** The least of several numbers, as far as they are known. */
export const leastOf = (all: readonly Bounds[]): Bounds => ({ low: Math.min(...all.map(({ low }) => low)), high: Math.min(...all.map(({ high }) => high)) });

export const greatestOf = (all: readonly Bounds[]): Bounds => ({ low: Math.max(...all.map(({ low }) => low)), high: Math.max(...all.map(({ high }) => high)) });

/** At which multiple of today’s peak the first of several stations is full. */
export interface Fullness {
  readonly bounds: Bounds;
  /** What is full first of those that are known, and those of which nothing is known. */
  readonly first?: StationEstimate;
  readonly unknown: readonly string[];
}

export function fullnessOf(stations: readonly StationEstimate[]): Fullness {
  const known = stations.filter(({ breaksAt }) => breaksAt !== undefined);
  const unknown = stations.filter(({ breaksAt }) => breaksAt === undefined).map(({ component }) => component);
  const first = known.toSorted((a, b) => (a.breaksAt?.value ?? 0) - (b.breaksAt?.value ?? 0))[0];
  return { bounds: leastOf(stations.map(({ breaksAt }) => (breaksAt ? boundsOf(breaksAt) : UNKNOWN))), ...(first && { first }), unknown };
}

/** `full at 2.5 times today’s peak (Scorer)` */
export function fullnessText({ first, unknown }: Fullness): string {
  const rest = unknown.length > 0 ? `; nothing is known of ${unknown.join(', ')}` : '';
  if (!first?.breaksAt) return rest.slice(2);
  const { value, low, high, bound } = first.breaksAt;
  const band = bound === undefined && formatNumber(round(low)) !== formatNumber(round(high)) ? `, ${formatNumber(round(low))} to ${formatNumber(round(high))}` : '';
  return `full at ${bound === undefined ? '' : `${bound} `}${formatNumber(round(value))} times today’s peak (${first.component}${band})${rest}`;
}

/** Whether everything takes a multiple of today’s peak. */
export const takes = (fullness: Fullness, multiple: number): Judgement => ({
  state: within(fullness.bounds, 'at least', multiple),
  by: [...(fullness.first ? [fullness.first.component] : []), ...fullness.unknown],
  because: `${multiple === 1 ? 'today’s peak' : `${formatNumber(multiple)} times today’s peak`} is asked for: ${fullnessText(fullness)}`,
});

const round = (value: number): number => Number(value.toPrecision(2));
