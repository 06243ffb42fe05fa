import type { CostTotal } from '../estimation/cost/tree.ts';
import type { Bottleneck } from '../estimation/estimate.ts';
import type { Score } from '../score.ts';
import type { Version } from './compare.ts';

/** One version in a history, with the figures of its systems or with why it has none. */
export interface TrendPoint {
  readonly commit: string;
  /** Day of the commit, `2026-11-21`. */
  readonly date: string;
  readonly subject: string;
  /** Path at that commit, from the root of the repository. */
  readonly file: string;
  readonly systems: readonly TrendFigures[];
  /** Why it cannot be read, a line for each fault; then there are no systems. */
  readonly unreadable?: readonly string[];
}

/** What of a system is followed over time. */
export interface TrendFigures {
  readonly system: string;
  readonly score: Score;
  readonly accepted: number;
  readonly limit?: Bottleneck;
  /** Money a month; left out where nothing has a price. */
  readonly cost?: CostTotal;
}

export function trendFigures({ architecture, review: { score, accepted }, estimation: { bottleneck, cost } }: Version): TrendFigures {
  return { system: architecture.system.name, score, accepted: accepted.length, ...(bottleneck && { limit: bottleneck }), ...(cost.tree.parts.length > 0 && { cost: cost.total }) };
}

/** Systems of a history in the order in which they first occur. */
export const systemsOf = (points: readonly TrendPoint[]): string[] => [...new Set(points.flatMap(({ systems }) => systems.map(({ system }) => system)))];
