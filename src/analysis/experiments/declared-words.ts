import type { Quantity } from '../../model/quantity.ts';
import { formatDuration, formatNumber, formatShare } from '../format.ts';
import type { Aim } from './declared-plan.ts';

/** `1 percentage point`, `0.5 to 1 percentage points`: an absolute difference of shares. */
export function formatPoints({ low, high }: Pick<Quantity, 'low' | 'high'>): string {
  const [least, most] = [low, high].map((share) => formatNumber(Number((share * 100).toPrecision(3))));
  const text = least === most ? most : `${least} to ${most}`;
  return `${text} percentage point${text === '1' ? '' : 's'}`;
}

export const formatPoint = (difference: number): string => formatPoints({ low: difference, high: difference });

/** Why so many units are needed. */
export const formatAim = ({ difference, from }: Aim): string => (difference && from ? `to see a difference of ${formatPoints(difference)} from ${formatShare(from)}` : 'by its own criteria');

/** Three digits of a time: no sample is known more exactly. */
export const formatTime = (seconds: number): string => formatDuration(Number(seconds.toPrecision(3)));
