import type { SystemComparison } from '../analysis/comparison/compare.ts';
import type { ReportInput } from './report-input.ts';

/** What every output of a comparison is made from. */
export interface DiffInput {
  readonly systems: readonly SystemComparison[];
  /** Where the two versions come from, as they were asked for. */
  readonly before: string;
  readonly after: string;
  /** The day by which both are reviewed, so that only the text makes a difference. */
  readonly today: string;
  readonly tool: ReportInput['tool'];
}
