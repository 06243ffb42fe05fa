import type { ValueType } from '../../model/value-type.ts';
import type { PropertyTable } from '../../model/vocabulary-table.ts';
import { vocabulary } from '../../model/vocabulary.generated.ts';

const NAME = /^[A-Za-z_]\w*(?:-\w+)*$/;
/** Entries of the catalogue are named as their vendors name them, `aws.g5_xlarge`. */
const ENTRY_NAME = /^[A-Za-z_]\w*(?:[.-]\w+)*$/;

/** The words of the forms. */
export const KEYWORDS: readonly string[] = ['accept', 'add', 'change', 'decision', 'for', 'from', 'import', 'on', 'remove', 'rule', 'system', 'target', 'test'];

/** Why a name cannot be given to a declaration of the sort, whatever else is declared; undefined where it can. */
export function wrongName(name: string, sort: 'component' | 'entry' | 'other'): string | undefined {
  if (name === '') return 'A name cannot be empty.';
  if (!(sort === 'entry' ? ENTRY_NAME : NAME).test(name)) {
    const dots = sort !== 'entry' && name.includes('.') ? ' It has no dots.' : '';
    return `"${name}" is not a name. A name starts with a letter or _ and holds letters, digits, _ and single - between them.${dots}`;
  }
  if (KEYWORDS.includes(name)) return `"${name}" is a keyword of the language. Choose another name.`;
  if (Object.hasOwn(vocabulary.kinds, name) || Object.hasOwn(vocabulary.catalogue, name)) return `"${name}" is a kind. Choose another name.`;
  if (LITERALS.includes(name)) return `"${name}" stands for a value that is not there. Choose another name.`;
  if (sort !== 'other' && wordsBeforeNames().has(name)) return `"${name}" is a word of the language and would be read as that in some places. Choose another name.`;
  return undefined;
}

/** What may stand in place of a value. */
const LITERALS: readonly string[] = ['none', 'unknown', 'planned', 'evidence'];

let words: ReadonlySet<string> | undefined;

/** The words that the lowering prefers to a name of the same spelling: keys, fields, and members that stand where references do. */
function wordsBeforeNames(): ReadonlySet<string> {
  if (!words) {
    const found = new Set<string>();
    for (const { properties } of Object.values(vocabulary.kinds)) addWords(found, properties);
    for (const table of [...Object.values(vocabulary.forms), ...Object.values(vocabulary.catalogue)]) addWords(found, table);
    words = found;
  }
  return words;
}

function addWords(words: Set<string>, table: PropertyTable): void {
  for (const [key, { value, shorthand }] of Object.entries(table)) {
    words.add(key);
    if (shorthand && value.type === 'choice') for (const member of value.members) words.add(member);
    addFields(words, value);
  }
}

function addFields(words: Set<string>, type: ValueType): void {
  if (type.type === 'reference') for (const member of type.members ?? []) words.add(member);
  if (type.type !== 'record') return;
  for (const [name, { value }] of Object.entries(type.fields)) {
    words.add(name);
    addFields(words, value);
  }
}
