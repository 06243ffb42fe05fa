import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ValueType } from '../../src/model/value-type.ts';
import type { PropertyTable } from '../../src/model/vocabulary-table.ts';
import { vocabulary } from '../../src/model/vocabulary.generated.ts';

/** The words of the language by what they may be; a word can be several things. */
export interface Words {
  readonly kinds: readonly string[];
  readonly catalogueKinds: readonly string[];
  /** Names of properties. */
  readonly keys: ReadonlySet<string>;
  /** Properties that a value must follow. */
  readonly valued: ReadonlySet<string>;
  /** Names within a value: `p99`, `steps`. */
  readonly fields: ReadonlySet<string>;
  /** Values that are words. */
  readonly members: ReadonlySet<string>;
  /** Members that stand without their key: `sync`. */
  readonly shorthands: ReadonlySet<string>;
}

export function wordsOfTheVocabulary(): Words {
  const [keys, valued, fields, members, shorthands] = [new Set<string>(), new Set<string>(), new Set<string>(), new Set<string>(), new Set<string>()];
  const visit = (type: ValueType): void => {
    if ('members' in type) for (const member of type.members ?? []) members.add(member);
    if (type.type !== 'record') return;
    for (const [field, { value }] of Object.entries(type.fields)) {
      fields.add(field);
      visit(value);
    }
  };
  for (const table of tables()) {
    for (const [key, { value, shorthand }] of Object.entries(table)) {
      keys.add(key);
      if (value.type !== 'flag') valued.add(key);
      if (shorthand && value.type === 'choice') for (const member of value.members) shorthands.add(member);
      visit(value);
    }
  }
  return { kinds: Object.keys(vocabulary.kinds), catalogueKinds: Object.keys(vocabulary.catalogue), keys, valued, fields, members, shorthands };
}

const tables = (): PropertyTable[] => [...Object.values(vocabulary.kinds).map(({ properties }) => properties), ...Object.values(vocabulary.forms), ...Object.values(vocabulary.catalogue)];

/** The keywords of the grammar that are words, and `n/a`. */
export function keywordsOfTheGrammar(): string[] {
  const grammar = readFileSync(path.join(import.meta.dirname, '../../src/language/mlarch.langium'), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/(?:[^/\n\\]|\\.)+\//g, '');
  return [...new Set([...grammar.matchAll(/'([a-z][a-z/]*)'/g)].map(([, word = '']) => word))].sort();
}
