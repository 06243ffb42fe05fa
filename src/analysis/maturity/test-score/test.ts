import type { Judgement } from '../judgement.ts';

export const SECTIONS = { data: 'Features and data', model: 'Model development', infrastructure: 'ML infrastructure', monitoring: 'Monitoring' } as const;
export type SectionName = keyof typeof SECTIONS;

/** One of the 28 tests: half a point where it is declared or done by hand, one where something in the graph does it again and again. */
export interface Test {
  /** `Data 1` */
  readonly id: string;
  readonly title: string;
  readonly state: 'decided' | 'open' | 'not decidable' | 'not applicable';
  /** Points for sure, and with good answers to the open questions: 0, 0.5 or 1. Both 0 where it is not decidable. */
  readonly atLeast: number;
  readonly atMost: number;
  readonly by: readonly string[];
  readonly because: string;
  readonly shownBy: readonly string[];
}

interface Named {
  readonly id: string;
  readonly title: string;
}

/** @param declared Whether it is done at all. @param automated Whether something does it by itself, which is doing it. */
export function graded({ id, title }: Named, declared: Judgement, automated: Judgement, ...shownBy: readonly string[]): Test {
  const base = { id, title, shownBy };
  if (automated.state === 'met') return { ...base, state: 'decided', atLeast: 1, atMost: 1, by: automated.by, because: automated.because };
  if (declared.state === 'not-applicable') return { ...base, state: 'not applicable', atLeast: 0, atMost: 0, by: [], because: declared.because };
  const atLeast = declared.state === 'met' ? 0.5 : 0;
  const atMost = declared.state === 'missing' ? 0 : automated.state === 'open' ? 1 : 0.5;
  const telling = declared.state === 'met' && automated.state !== 'not-applicable' && automated.because !== '' ? { by: [...new Set([...declared.by, ...automated.by])], because: `${declared.because}; ${automated.because}` } : declared;
  return { ...base, state: atLeast === atMost ? 'decided' : 'open', atLeast, atMost, by: telling.by, because: telling.because };
}

/** A test on which no property of the language bears. */
export const undecidable = ({ id, title }: Named, because: string): Test => ({ id, title, state: 'not decidable', atLeast: 0, atMost: 0, by: [], because, shownBy: [] });
