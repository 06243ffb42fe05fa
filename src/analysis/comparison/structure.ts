import type { Architecture } from '../../model/architecture.ts';
import { catalogueOf, declarationsOf, ELEMENT_SORTS, type Declared, type ElementSort } from './elements.ts';
import { pairs, type Pair } from './pairs.ts';

/** What became of one property; the texts are as they stand after the key. A side is missing where it was not said. */
export interface PropertyDifference extends Pair<string> {
  readonly property: string;
}

export interface ElementDifference {
  /** `moved`: to or from another of the systems that are compared. */
  readonly change: 'added' | 'changed' | 'removed' | 'moved';
  readonly sort: ElementSort;
  /** `Scorer`, `App->Scorer`, the title of a decision; empty for the system itself. */
  readonly name: string;
  /** The kind that it has, or had; of an entry of the catalogue its section. */
  readonly kind?: string;
  /** The other system, where it moved. */
  readonly from?: string;
  readonly to?: string;
  /** What is new first, then what changed, then what is gone. All of it for what is added or removed. */
  readonly properties: readonly PropertyDifference[];
}

export interface StructuralDifference {
  /** What is not as it was, by sort, and in the order of the text. */
  readonly elements: readonly ElementDifference[];
  readonly unchanged: Readonly<Record<ElementSort, number>>;
}

/** What two versions of a system declare differently. Where something stands in the files, and in which file, does not count. */
export function structuralDifference(before: Architecture | undefined, after: Architecture | undefined): StructuralDifference {
  const side = (own: Architecture | undefined, other: Architecture | undefined): Declared[] => [...(own ? declarationsOf(own) : []), ...(own && other ? catalogueOf(own.catalogue, other.catalogue) : [])];
  const compared = pairs(side(before, after), side(after, before), ({ sort, name, kind }) => `${sort} ${sort === 'catalogue' ? kind : ''} ${name}`, (a, b) => propertyDifferences(a, b).length === 0);
  const unchanged = Object.fromEntries(ELEMENT_SORTS.map((sort) => [sort, 0])) as Record<ElementSort, number>;
  const elements: ElementDifference[] = [];
  for (const pair of compared) {
    const found = elementDifference(pair);
    if (found) elements.push(found);
    else if (pair.after) unchanged[pair.after.sort] += 1;
  }
  return { elements: ELEMENT_SORTS.flatMap((sort) => elements.filter((element) => element.sort === sort)), unchanged };
}

function elementDifference({ before, after }: Pair<Declared>): ElementDifference | undefined {
  const known = after ?? before;
  const properties = propertyDifferences(before, after);
  if (!known || (before && after && properties.length === 0)) return undefined;
  const { sort, name, kind } = known;
  return { change: !before ? 'added' : after ? 'changed' : 'removed', sort, name, ...(kind !== undefined && { kind }), properties };
}

const NOTHING: ReadonlyMap<string, string> = new Map();

/** Which properties differ between two versions of one declaration; of one that came or went, all that it says. */
export function propertyDifferences(before: Declared | undefined, after: Declared | undefined): PropertyDifference[] {
  const [old, now] = [before?.says ?? NOTHING, after?.says ?? NOTHING];
  const listed = [...now].flatMap(([property, text]): PropertyDifference[] => (old.get(property) === text ? [] : [{ property, ...(old.has(property) && { before: old.get(property) as string }), after: text }]));
  return [
    ...listed.filter((difference) => difference.before === undefined),
    ...listed.filter((difference) => difference.before !== undefined),
    ...[...old].flatMap(([property, text]): PropertyDifference[] => (now.has(property) ? [] : [{ property, before: text }])),
  ];
}
