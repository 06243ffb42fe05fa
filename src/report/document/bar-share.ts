import { formatNumber } from '../../analysis/format.ts';
import type { Bar } from './block.ts';

/** A bar as parts of its length between 0 and 1: what is sure, and up to where it is possible. */
export function barShare({ low, high, of }: Bar): { readonly sure: number; readonly possible: number } {
  const share = (figure: number): number => (of > 0 && Number.isFinite(figure) ? Math.min(1, Math.max(0, figure / of)) : 0);
  return { sure: share(low), possible: Math.max(share(low), share(high)) };
}

/** `1.8 to 3.1 of 4`. */
export const barWords = ({ low, high, of }: Bar): string => `${low === high ? formatNumber(low) : `${formatNumber(low)} to ${formatNumber(high)}`} of ${formatNumber(of)}`;
