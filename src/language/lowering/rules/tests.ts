import { pathText, type Comparison, type Condition } from '../../../model/custom-rule.ts';
import type { Quantity } from '../../../model/quantity.ts';
import type { ValueType } from '../../../model/value-type.ts';
import type { Value } from '../../generated/ast.ts';
import { report } from '../reporter.ts';
import { readValue } from '../values.ts';
import type { ReadPath } from './scope.ts';
import { nodeAt, peek, take, textOf, wrong, type Words } from './words.ts';

type Typed<T extends ValueType['type']> = ValueType & { readonly type: T };

const typed = <T extends ValueType['type']>({ types }: ReadPath, ...wanted: readonly T[]): Typed<T> | undefined => types.find((type) => (wanted as readonly string[]).includes(type.type)) as Typed<T> | undefined;

/** What follows `is`: a word, one of several in a list, a number, or `none`. */
export function readIs(words: Words, read: ReadPath): Condition | undefined {
  const { path: property, types } = read;
  const node = nodeAt(words);
  if (!node) return wrong(words, 'missing-value', `Expected what ${pathText(property)} is.`);
  const members = types.flatMap((type) => ('members' in type ? [...(type.members ?? [])] : []));
  if (peek(words) === 'none' && !members.includes('none')) {
    words.lowering.note?.(node, { role: 'literal', word: 'none' });
    words.at += 1;
    return { op: 'not', part: { op: 'present', property } };
  }
  if (node.low !== undefined && typed(read, 'quantity')) return readComparison(words, read, '=');
  const type: ValueType | undefined = typed(read, 'choice') ?? typed(read, 'flag') ?? typed(read, 'text') ?? typed(read, 'catalogue') ?? typed(read, 'date') ?? ofMembers(typed(read, 'reference'));
  if (!type) return wrong(words, 'wrong-type', typed(read, 'reference', 'references') ? `${pathText(property)} names a component, and a rule knows none by name. Ask for its kind: reaches, calls or some.` : isList(types) ? `${pathText(property)} is a list: write has, as in ${pathText(property)} has …` : `${pathText(property)} has parts: ask for one of them, as in ${pathText(property)}.${firstField(types)}.`);
  const items = node.list && type.type !== 'flag' ? node.items : [node];
  const values = items.map((item) => readOne(words, type, item));
  words.at += 1;
  return values.some((value) => value === undefined) ? undefined : { op: 'is', property, values: values as (string | boolean)[] };
}

const ofMembers = (reference: Typed<'reference'> | undefined): ValueType | undefined => (reference?.members ? { type: 'choice', members: reference.members } : undefined);
const isList = (types: readonly ValueType[]): boolean => types.some(({ type }) => ['choices', 'names', 'texts', 'references', 'quantities', 'keys'].includes(type));
const firstField = (types: readonly ValueType[]): string => types.flatMap((type) => (type.type === 'record' ? Object.keys(type.fields) : []))[0] ?? '';

function readOne(words: Words, type: ValueType, node: Value): unknown {
  const { value, used } = readValue(words.lowering, type, { values: [node], at: 0 });
  if (used > 0) return value;
  report(words.lowering, 'wrong-type', node, `Expected yes or no but found ${textOf(node)}.`);
  return undefined;
}

/** What follows `has`: a member, several that all have to be there, or `any` and several. */
export function readHas(words: Words, read: ReadPath): Condition | undefined {
  const { path: property } = read;
  const type = typed(read, 'choices', 'names', 'texts');
  if (!type) return wrong(words, 'wrong-type', typed(read, 'record') ? `${pathText(property)} has parts: ask for one of them, as in ${pathText(property)}.${firstField(read.types)}.` : `${pathText(property)} is no list of words: write is.`);
  const any = take(words, 'any');
  if (!nodeAt(words)) return wrong(words, 'missing-value', `Expected what ${pathText(property)} has.`);
  const { value, used } = readValue(words.lowering, type, { values: words.values, at: words.at });
  words.at += Math.max(1, used);
  return Array.isArray(value) && (value.length > 0 || wrong(words, 'missing-value', 'The list is empty.')) ? { op: 'has', property, members: value as string[], any } : undefined;
}

export function readComparison(words: Words, read: ReadPath, comparison: Comparison): Condition | undefined {
  const { path: property } = read;
  const type = typed(read, 'quantity');
  if (!type) return wrong(words, 'wrong-type', typed(read, 'record') ? `${pathText(property)} has parts: compare one of them, as in ${pathText(property)}.${firstField(read.types)}.` : `${pathText(property)} is no number, so it cannot be compared.`);
  const node = nodeAt(words);
  if (!node) return wrong(words, 'missing-value', `Expected the number that ${pathText(property)} is compared with.`);
  // Bounds are those of what is declared; a rule may compare with what lies outside.
  const { value, used } = readValue(words.lowering, { type: 'quantity', dimension: type.dimension }, { values: words.values, at: words.at });
  words.at += Math.max(1, used);
  return value === undefined ? undefined : { op: 'compare', property, comparison, quantity: value as Quantity, written: textOf(node) };
}
