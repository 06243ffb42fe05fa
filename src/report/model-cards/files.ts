import { slugOf } from '../decisions/decision-files.ts';
import type { ModelCard } from './card.ts';

export interface CardFile {
  /** `fraud-net.md` */
  readonly name: string;
  readonly content: string;
}

/** A file for each card. Names are unique in the folder whatever the models are called, also where a disk does not tell large letters from small. */
export function cardFiles(systems: readonly { readonly system: string; readonly cards: readonly ModelCard[] }[]): CardFile[] {
  const taken = new Set<string>();
  return systems.flatMap(({ system, cards }) => cards.map(({ model, markdown }) => {
    const stem = fileStem(systems.length > 1 ? `${system} ${model}` : model);
    let name = stem;
    for (let copy = 2; taken.has(name); copy++) name = `${stem}-${copy}`;
    taken.add(name);
    return { name: `${name}.md`, content: markdown };
  }));
}

/** `FraudNet` becomes `fraud-net`. */
const fileStem = (text: string): string => slugOf(text.replaceAll(/([\p{Ll}\d])(\p{Lu})/gu, '$1-$2'));
