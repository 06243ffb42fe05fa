import type { TrendFigures, TrendPoint } from '../analysis/comparison/trend.ts';
import { totalJson } from './cost-json.ts';
import { amountJson, scoreJson } from './diff-json.ts';
import type { TrendInput } from './trend-input.ts';

/** A history for programs: `trend --format json`. The shape changes only together with `schemaVersion`. */
export interface TrendJson {
  readonly schemaVersion: 1;
  readonly tool: TrendInput['tool'];
  readonly today: string;
  readonly path: string;
  readonly versions: readonly object[];
}

export const trendJson = ({ points, path, today, tool }: TrendInput): TrendJson => ({ schemaVersion: 1, tool: { name: tool.name, version: tool.version }, today, path, versions: points.map(pointJson) });

const pointJson = ({ commit, date, subject, file, systems, unreadable }: TrendPoint): object => ({ commit, date, subject, file, systems: systems.map(figuresJson), ...(unreadable && { unreadable }) });

const figuresJson = ({ system, score, accepted, limit, cost }: TrendFigures): object => ({
  name: system,
  score: scoreJson(score),
  accepted,
  ...(limit && { limit: { component: limit.component, multiple: amountJson(limit.multiple) } }),
  ...(cost && { cost: totalJson(cost) }),
});
