import type { TrendPoint } from '../analysis/comparison/trend.ts';
import type { ReportInput } from './report-input.ts';

/** What every output of a trend is made from. */
export interface TrendInput {
  /** Oldest first. */
  readonly points: readonly TrendPoint[];
  /** What was asked for. */
  readonly path: string;
  /** The day by which every version is reviewed. */
  readonly today: string;
  readonly tool: ReportInput['tool'];
}
