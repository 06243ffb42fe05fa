import type { Judgement } from './judgement.ts';

/** Something that a level asks for, judged from the model and the review. */
export interface Criterion extends Judgement {
  readonly title: string;
  /** Rules by their ids, and properties of the language, that would show it. */
  readonly shownBy: readonly string[];
}

/** What a level asks for on top of the levels below it. */
export interface Level {
  readonly level: number;
  readonly title: string;
  readonly state: 'reached' | 'not reached' | 'open';
  readonly criteria: readonly Criterion[];
}

/** A maturity model: levels that build on each other. */
export interface Ladder {
  readonly name: string;
  /** Why it does not apply to this system. */
  readonly notApplicable?: string;
  readonly levels: readonly Level[];
  /** The highest level of which everything is shown, and the highest that good answers to the open questions would show. */
  readonly atLeast: number;
  readonly atMost: number;
  readonly headline: Headline;
  /** Criteria that could be decided, of those that apply. */
  readonly decided: number;
  readonly applicable: number;
}

export type Headline = 'not applicable' | 'insufficient information' | 'exact' | 'interval';

/** Share of the criteria below which nothing is said of a level, as for the readiness index. */
export const MINIMUM_DECIDED = 0.6;

export const criterion = (title: string, judgement: Judgement, ...shownBy: readonly string[]): Criterion => ({ title, ...judgement, shownBy });

/** How many steps are climbed from below: for sure, and at most. A step that does not apply is no obstacle. */
export function climbed(steps: readonly (readonly Pick<Judgement, 'state'>[])[]): { readonly atLeast: number; readonly atMost: number } {
  const first = (stops: (state: Judgement['state']) => boolean): number => {
    const index = steps.findIndex((step) => step.some(({ state }) => stops(state)));
    return index === -1 ? steps.length : index;
  };
  return { atLeast: first((state) => state === 'missing' || state === 'open'), atMost: first((state) => state === 'missing') };
}

/** @param levels What each level from 1 on asks for, in order; level 0 asks for nothing. */
export function ladderOf(name: string, base: string, levels: readonly { readonly title: string; readonly criteria: readonly Criterion[] }[], refusal?: string): Ladder {
  if (refusal !== undefined) return { name, notApplicable: refusal, levels: [], atLeast: 0, atMost: levels.length, headline: 'not applicable', decided: 0, applicable: 0 };
  const { atLeast, atMost } = climbed(levels.map(({ criteria }) => criteria));
  const all = levels.flatMap(({ criteria }) => criteria).filter(({ state }) => state !== 'not-applicable');
  const decided = all.filter(({ state }) => state !== 'open').length;
  const headline = headlineOf(atLeast, atMost, decided, all.length);
  const zero: Level = { level: 0, title: base, state: headline === 'insufficient information' && atLeast === 0 ? 'open' : 'reached', criteria: [] };
  const judged = levels.map(({ title, criteria }, index): Level => ({ level: index + 1, title, criteria, state: index < atLeast ? 'reached' : index < atMost ? 'open' : 'not reached' }));
  return { name, levels: [zero, ...judged], atLeast, atMost, headline, decided, applicable: all.length };
}

/** Where too little is known no level is stated, not even the lowest: what is not declared may be there. */
export function headlineOf(atLeast: number, atMost: number, decided: number, applicable: number): Headline {
  if (applicable === 0 || decided < MINIMUM_DECIDED * applicable) return 'insufficient information';
  return atLeast === atMost ? 'exact' : 'interval';
}
