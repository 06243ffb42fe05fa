import type { Facts, Inline, List, Paragraph } from '../document/block.ts';
import { coded } from '../review-report/design/declared.ts';
import { paragraph, strong } from '../review-report/words.ts';
import { saidText, type Holder } from './said.ts';

/** Something that a document should tell and the file does not say. */
export interface Undeclared {
  /** The element that would say it. */
  readonly holder: string;
  /** What to declare there: a property, or in words with code between backquotes. */
  readonly declare: string;
  /** What it would tell, as `intended use`. */
  readonly about: string;
}

/** What a part of a document tells, and what it cannot tell. */
export interface Gathered<B> {
  readonly told: B;
  readonly undeclared: readonly Undeclared[];
}

/** A term and the property that it stands for. */
export type Wanted = readonly [term: string, property: string];

/** What a holder says of some properties, in their order. `where` puts after each where it is said. */
export function factsOf(holder: Holder, wanted: readonly Wanted[], where: (property: string) => readonly Inline[] = () => []): Gathered<Facts['facts']> {
  const read = wanted.map(([term, property]) => ({ term, property, text: saidText(holder, property) }));
  return {
    told: read.flatMap(({ term, property, text }) => (text === undefined ? [] : [{ term, definition: [text, ...where(property)] }])),
    undeclared: read.flatMap(({ term, property, text }) => (text === undefined ? [{ holder: holder.name, declare: `\`${property}\``, about: lowered(term) }] : [])),
  };
}

/** An abbreviation stays as it is. */
const lowered = (term: string): string => (/^\p{Lu}\p{Lu}/u.test(term) ? term : term.charAt(0).toLowerCase() + term.slice(1));

/** Facts under the name of their element; what it is where it says none of them. */
export function factsUnder(title: readonly Inline[], { told }: Gathered<Facts['facts']>): [Paragraph, ...Facts[]] {
  return [paragraph(...title), ...(told.length > 0 ? [{ kind: 'facts' as const, facts: told }] : [])];
}

/** What is undeclared, by element: `FraudNet: purpose (intended use), limits (where it is weak)`. */
export function undeclaredList(undeclared: readonly Undeclared[]): List {
  const holders = [...new Set(undeclared.map(({ holder }) => holder))];
  return {
    kind: 'list',
    items: holders.map((name) => {
      const lines = new Map(undeclared.filter(({ holder }) => holder === name).map((item) => [item.declare, item]));
      return { text: [strong(name), ': ', ...[...lines.values()].flatMap(({ declare, about }, index): Inline[] => [index === 0 ? '' : ', ', ...coded(declare), ...(declare === `\`${about.replaceAll(' ', '_')}\`` ? [] : [` (${about})`])])] };
    }),
  };
}

