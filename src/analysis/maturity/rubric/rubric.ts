import type { Facts } from '../facts.ts';
import { capacityRows } from './capacity.ts';
import { recoveryRows } from './recovery.ts';
import { responseRows } from './response.ts';
import type { RubricRow } from './row.ts';
import { servingRows } from './serving.ts';

/** How far a system scales and how reliable it is, row by row. The levels are a proposal of mlarch; no standard defines them. */
export interface Rubric {
  readonly rows: readonly RubricRow[];
  readonly axes: readonly Axis[];
}

/** The weakest rows of an axis: a chain holds as far as its weakest link. */
export interface Axis {
  readonly axis: RubricRow['axis'];
  /** The lowest level among the rows, and the lowest that good answers would leave. */
  readonly atLeast: number;
  readonly atMost: number;
  /** Rows of which something is known, of those that apply. */
  readonly known: number;
  readonly applicable: number;
}

export function rubricOf(facts: Facts): Rubric {
  const rows = [...capacityRows(facts), ...servingRows(facts), ...recoveryRows(facts), ...responseRows(facts)];
  return { rows: [...rows.filter(({ axis }) => axis === 'scalability'), ...rows.filter(({ axis }) => axis === 'reliability')], axes: (['scalability', 'reliability'] as const).map((axis) => axisOf(axis, rows)) };
}

function axisOf(axis: RubricRow['axis'], rows: readonly RubricRow[]): Axis {
  const applicable = rows.filter((row) => row.axis === axis && row.state !== 'not applicable');
  return { axis, atLeast: Math.min(...applicable.map(({ atLeast }) => atLeast), 4), atMost: Math.min(...applicable.map(({ atMost }) => atMost), 4), known: applicable.filter(({ state }) => state === 'judged').length, applicable: applicable.length };
}
