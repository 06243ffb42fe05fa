import type { Judgement } from '../judgement.ts';
import { climbed } from '../ladder.ts';

/** One row of the rubric: five levels in words, and which of them the figures show. */
export interface RubricRow {
  readonly id: string;
  readonly axis: 'scalability' | 'reliability';
  readonly title: string;
  /** What each level from 0 to 4 means. */
  readonly levels: readonly [string, string, string, string, string];
  readonly state: 'judged' | 'unknown' | 'not applicable';
  /** The level that is shown, and the one that good answers to the open questions would show. */
  readonly atLeast: number;
  readonly atMost: number;
  /** The number that decides, in words; empty where there is none. */
  readonly figure: string;
  /** Elements that the level rests on, and those on which the next one waits. */
  readonly by: readonly string[];
  /** Why the next level is not reached, or not known to be. */
  readonly next: string;
  readonly shownBy: readonly string[];
}

export interface RowTerms extends Pick<RubricRow, 'id' | 'axis' | 'title' | 'levels' | 'shownBy'> {
  readonly figure?: string;
  /** What levels 1 to 4 ask for, each on top of the ones before. */
  readonly steps: readonly [Judgement, Judgement, Judgement, Judgement];
}

export function rowOf({ steps, figure = '', ...terms }: RowTerms): RubricRow {
  const applies = steps.some(({ state }) => state !== 'not-applicable');
  const { atLeast, atMost } = climbed(steps.map((step) => [step]));
  const waiting = steps[atLeast];
  const by = [...new Set([...steps.slice(0, atLeast), ...(waiting ? [waiting] : [])].flatMap((step) => step.by))];
  if (!applies) return { ...terms, state: 'not applicable', atLeast: 0, atMost: 0, figure, by: [], next: steps[0].because };
  return { ...terms, state: atLeast === 0 && atMost === 4 ? 'unknown' : 'judged', atLeast, atMost, figure, by, next: waiting?.because ?? '' };
}
