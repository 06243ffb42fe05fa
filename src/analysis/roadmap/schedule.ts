import type { Effort, Severity } from '../finding.ts';

export const QUADRANTS = { 'quick-win': 'Quick win', 'major-project': 'Major project', 'fill-in': 'Fill-in', 'not-now': 'Not now' } as const;
/** Impact against effort: high with little, high with much, low with little, low with much. */
export type Quadrant = keyof typeof QUADRANTS;

/** High impact is a critical or high finding closed; little effort is a week at most. */
export function quadrantOf(severity: Severity, size: Effort['size']): Quadrant {
  const high = severity === 'critical' || severity === 'high';
  if (size === 'S') return high ? 'quick-win' : 'fill-in';
  return high ? 'major-project' : 'not-now';
}

export const WINDOWS = [30, 60, 90] as const;
/** Days within which something is done; `later` is beyond the last of them. */
export type Window = (typeof WINDOWS)[number] | 'later';

/** Working days in thirty days. */
const WORKING_DAYS = 21;

export interface Work {
  readonly id: string;
  /** Likely person-days. */
  readonly days: number;
  readonly prerequisites: readonly string[];
}

export interface Slot {
  /** Working days from the beginning. */
  readonly starts: number;
  readonly ends: number;
  readonly within: Window;
}

/** Places work in the order given: each begins when what comes before it is done and one of the engineers is free, and one engineer does it. */
export function scheduleOf(work: readonly Work[], engineers: number): ReadonlyMap<string, Slot> {
  const free = Array.from({ length: Math.max(1, Math.floor(engineers)) }, () => 0);
  const slots = new Map<string, Slot>();
  for (const { id, days, prerequisites } of work) {
    const ready = Math.max(0, ...prerequisites.map((before) => slots.get(before)?.ends ?? 0));
    const soonest = Math.min(...free);
    const starts = Math.max(ready, soonest);
    const ends = starts + days;
    free[free.indexOf(soonest)] = ends;
    slots.set(id, { starts, ends, within: windowOf(ends) });
  }
  return slots;
}

function windowOf(ends: number): Window {
  return WINDOWS.find((days) => ends <= (days / 30) * WORKING_DAYS) ?? 'later';
}
