import type { PropertyPath } from '../../../model/custom-rule.ts';
import type { ValueType } from '../../../model/value-type.ts';
import { vocabulary } from '../../../model/vocabulary.generated.ts';
import type { PropertyTable } from '../../../model/vocabulary-table.ts';
import { didYouMean, listed, nearest } from '../nearest.ts';
import { nodeAt, peek, textOf, wrong, type Words } from './words.ts';

/** What a condition is about: the kinds of its subject, and the properties that they take. */
export interface ConditionScope {
  /** As it is called in messages: `A store`. */
  readonly owner: string;
  readonly tables: readonly { readonly kind: string; readonly table: PropertyTable }[];
  /** Relations are of components; the system and flows have none. */
  readonly related: boolean;
}

export const EVERY_KIND: readonly string[] = Object.keys(vocabulary.kinds);

export function scopeOfKinds(kinds: readonly string[]): ConditionScope {
  const known = kinds.length === 0 ? EVERY_KIND : kinds;
  const owner = kinds.length === 1 ? `A ${kinds[0] ?? ''}` : 'A component';
  return { owner, tables: known.map((kind) => ({ kind, table: vocabulary.kinds[kind]?.properties ?? {} })), related: true };
}

export const scopeOfForm = (form: 'system' | 'flow'): ConditionScope => ({ owner: `A ${form}`, tables: [{ kind: form, table: vocabulary.forms[form] }], related: false });

export const hasProperty = ({ tables }: ConditionScope, key: string): boolean => tables.some(({ table }) => Object.hasOwn(table, key));

export interface ReadPath {
  readonly path: PropertyPath;
  /** As the kinds of the subject type it; several where they differ. */
  readonly types: readonly ValueType[];
  /** A kind that has it, for its documentation. */
  readonly kind: string;
}

/** A property of the subject, `backup`, or a field of one, `slo.p99`. */
export function readPath(words: Words, scope: ConditionScope, others: readonly string[]): ReadPath | undefined {
  const word = peek(words);
  if (word === undefined) return wrong(words, 'wrong-type', `Expected a property${nodeAt(words) ? ` but found ${textOf(nodeAt(words))}` : ''}.`);
  const [key = '', ...fields] = word.split('.');
  const owners = scope.tables.filter(({ table }) => Object.hasOwn(table, key));
  const [owner] = owners;
  if (!owner) {
    const keys = [...new Set(scope.tables.flatMap(({ table }) => Object.keys(table)))];
    const instead = nearest(key, [...keys, ...others]);
    return wrong(words, 'unknown-property', `${scope.owner} has no property ${key}.${didYouMean(instead)} It takes ${listed(keys, 60)}.`, { instead });
  }
  const types = owners.flatMap(({ table }) => table[key]?.value ?? []);
  const note = (): void => {
    const node = nodeAt(words);
    if (node) words.lowering.note?.(node, { role: 'property', property: key, of: owner.kind });
    words.at += 1;
  };
  if (fields.length === 0) {
    note();
    return { path: { key }, types: distinctTypes(types), kind: owner.kind };
  }
  const records = types.flatMap((type) => (type.type === 'record' ? [type] : []));
  const names = [...new Set(records.flatMap((record) => Object.keys(record.fields)))];
  const [field = ''] = fields;
  if (fields.length > 1 || !names.includes(field)) {
    const instead = nearest(field, names);
    const takes = names.length === 0 ? `${key} has no parts.` : `${key} has the parts ${listed(names)}.`;
    return wrong(words, 'unknown-property', `There is no ${word}.${didYouMean(instead === undefined ? undefined : `${key}.${instead}`)} ${takes}`, { instead: instead === undefined ? undefined : `${key}.${instead}` });
  }
  note();
  return { path: { key, field }, types: distinctTypes(records.flatMap((record) => record.fields[field]?.value ?? [])), kind: owner.kind };
}

/** One type for each sort; the members of choices are those of all. */
function distinctTypes(types: readonly ValueType[]): ValueType[] {
  const byType = new Map<string, ValueType>();
  for (const type of types) {
    const known = byType.get(type.type);
    if (!known) byType.set(type.type, type);
    else if ('members' in known && 'members' in type) byType.set(type.type, { ...known, members: [...new Set([...(known.members ?? []), ...(type.members ?? [])])] } as ValueType);
  }
  return [...byType.values()];
}
