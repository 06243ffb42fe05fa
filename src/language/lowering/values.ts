import type { ValueType } from '../../model/value-type.ts';
import type { Declaration, Value } from '../generated/ast.ts';
import { isCatalogueEntry, isComponent } from '../generated/ast.ts';
import { listed, didYouMean, nearest } from './nearest.ts';
import { lowerQuantity } from './quantities.ts';
import { report, type Lowering } from './reporter.ts';

/** A value read from the words of a property, and how many of them it took. */
export interface Read {
  /** Undefined where the words are wrong; that has been reported. */
  readonly value: unknown;
  readonly used: number;
}

/** The words from `at` on; every reader takes at least one, or reports. */
interface Words {
  readonly values: readonly Value[];
  readonly at: number;
}

export function readValue(lowering: Lowering, type: ValueType, words: Words): Read {
  const first = words.values[words.at];
  if (type.type === 'flag') return readFlag(lowering, first);
  if (type.type === 'record') return readRecord(lowering, type, words);
  if (first?.unterminated !== undefined) {
    report(lowering, 'unterminated-string', first, 'The string is not closed on this line. Put " at its end.');
    return { value: undefined, used: 1 };
  }
  if (!first) return { value: undefined, used: 0 };
  if (type.type === 'text' || type.type === 'time') lowering.note?.(first, { role: 'text' });
  switch (type.type) {
    case 'quantity': {
      if (first.low === undefined) return wrong(lowering, first, 'a number with its unit');
      lowering.note?.(first, { role: 'quantity', dimension: type.dimension });
      const { quantity, used } = lowerQuantity(lowering, first, type, words.values[words.at + 1]);
      return { value: quantity, used };
    }
    case 'quantities':
      return readList(first, words, (item) => {
        if (item.low === undefined) return wrong(lowering, item, 'a number with its unit').value;
        lowering.note?.(item, { role: 'quantity', dimension: type.dimension });
        return lowerQuantity(lowering, item, { ...type, min: 0, max: type.dimension === 'ratio' ? 1 : undefined }, undefined).quantity;
      });
    case 'text':
      return { value: first.text ?? wrong(lowering, first, 'text in quotes').value, used: 1 };
    case 'time':
      return { value: readTime(lowering, first), used: 1 };
    case 'date':
      return { value: readDate(lowering, first), used: 1 };
    case 'texts':
    case 'names':
      return readList(first, words, (item) => {
        const word = type.type === 'names' ? wordOf(item) : undefined;
        lowering.note?.(item, { role: 'text' });
        return item.text ?? word ?? wrong(lowering, item, type.type === 'names' ? 'a word or text in quotes' : 'text in quotes').value;
      });
    case 'choice':
      return { value: readMember(lowering, first, type.members), used: 1 };
    case 'choices':
      return readList(first, words, (item) => readMember(lowering, item, type.members));
    case 'keys':
      return readList(first, words, (item) => readKey(lowering, item, type.members));
    case 'reference':
      return { value: readReference(lowering, first, type.kinds, type.members), used: 1 };
    case 'references':
      return readList(first, words, (item) => readReference(lowering, item, type.kinds, undefined));
    case 'catalogue':
      return { value: readCatalogue(lowering, first, type.section), used: 1 };
  }
}

function wrong(lowering: Lowering, node: Value, expected: string): Read {
  if (node.unterminated !== undefined) report(lowering, 'unterminated-string', node, 'The string is not closed on this line. Put " at its end.');
  else report(lowering, 'wrong-type', node, `Expected ${expected} but found ${node.$cstNode?.text ?? 'nothing'}.`);
  return { value: undefined, used: 1 };
}

const wordOf = (node: Value | undefined): string | undefined => node?.ref?.$refText;

function readFlag(lowering: Lowering, first: Value | undefined): Read {
  const word = wordOf(first);
  if (first && (word === 'yes' || word === 'true' || word === 'no' || word === 'false')) lowering.note?.(first, { role: 'flag' });
  if (word === 'yes' || word === 'true') return { value: true, used: 1 };
  if (word === 'no' || word === 'false') return { value: false, used: 1 };
  return { value: true, used: 0 };
}

/** A bracketed list, one item, or several texts one after the other. */
function readList(first: Value, words: Words, read: (item: Value) => unknown): Read {
  if (first.list) return { value: first.items.map(read).filter((item) => item !== undefined), used: 1 };
  let used = 1;
  if (first.text !== undefined) while (words.values[words.at + used]?.text !== undefined) used += 1;
  const items = words.values.slice(words.at, words.at + used).map(read);
  return { value: items.some((item) => item === undefined) ? undefined : items, used };
}

function readMember(lowering: Lowering, node: Value, members: readonly string[]): string | undefined {
  const word = wordOf(node);
  if (word !== undefined && members.includes(word)) {
    lowering.note?.(node, { role: 'member', word });
    return word;
  }
  const found = word ?? node.$cstNode?.text ?? '';
  if (node.unterminated !== undefined) wrong(lowering, node, 'a word');
  else {
    const instead = nearest(found, members);
    report(lowering, 'unknown-word', node, `Expected one of ${listed(members, 20)} but found ${found}.${didYouMean(instead)}`, { instead });
  }
  return undefined;
}

function readKey(lowering: Lowering, node: Value, keys: readonly string[]): string | undefined {
  const word = wordOf(node);
  if (word !== undefined && keys.includes(word)) {
    lowering.note?.(node, { role: 'property', property: word });
    return word;
  }
  if (word === undefined) return wrong(lowering, node, 'the name of a property').value as undefined;
  const instead = nearest(word, keys);
  report(lowering, 'unknown-property', node, `There is no property ${word} to take out.${didYouMean(instead)}`, { instead });
  return undefined;
}

function readReference(lowering: Lowering, node: Value, kinds: readonly string[], members: readonly string[] | undefined): string | undefined {
  const name = wordOf(node);
  const expected = kinds.length === 0 ? 'a component' : `a ${listed(kinds)}`;
  if (name === undefined) return wrong(lowering, node, `the name of ${expected}`).value as undefined;
  const declaration = lowering.resolve(name);
  if (members?.includes(name) && !(declaration && isComponent(declaration))) {
    lowering.note?.(node, { role: 'member', word: name });
    return name;
  }
  if (!declaration) {
    const words = members ? ` or one of ${listed(members)}` : '';
    const instead = nearest(name, [...lowering.visibleNames(), ...(members ?? [])]);
    report(lowering, 'unresolved-name', node, `Nothing is called ${name}; expected the name of ${expected}${words}.${didYouMean(instead)}`, { instead });
    return undefined;
  }
  lowering.note?.(node, { role: 'reference', name, declaration });
  return kindMatches(lowering, node, declaration, kinds, expected) ? declaration.name : undefined;
}

export function kindMatches(lowering: Lowering, node: Value, declaration: Declaration, kinds: readonly string[], expected: string): boolean {
  if (isComponent(declaration) ? kinds.length === 0 || kinds.includes(declaration.kind) : false) return true;
  const found = isComponent(declaration) || isCatalogueEntry(declaration) ? declaration.kind : 'system';
  report(lowering, 'wrong-kind', node, `${declaration.name} is a ${found}; expected ${expected}.`);
  return false;
}

function readCatalogue(lowering: Lowering, node: Value, section: string): string | undefined {
  const name = wordOf(node);
  if (name === undefined) return wrong(lowering, node, `the name of an entry of the catalogue (${section})`).value as undefined;
  lowering.note?.(node, { role: 'catalogue', section, name });
  if (lowering.inCatalogue(section, name)) return name;
  const instead = nearest(name, lowering.catalogueNames(section));
  report(lowering, 'unknown-catalogue-entry', node, `The catalogue has no ${section} called ${name}.${didYouMean(instead)} Add one: ${section} ${name} { … }`, { severity: 'warning', instead });
  return name;
}

function readDate(lowering: Lowering, node: Value): string | undefined {
  if (node.date === undefined) return wrong(lowering, node, 'a date such as 2026-11-21').value as undefined;
  lowering.note?.(node, { role: 'date' });
  const [year = 0, month = 0, day = 0] = node.date.split('-').map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() === month - 1 && date.getUTCDate() === day) return node.date;
  report(lowering, 'invalid-date', node, `There is no ${node.date} in the calendar.`);
  return undefined;
}

function readTime(lowering: Lowering, node: Value): string | undefined {
  if (node.text !== undefined && /^([01]\d|2[0-3]):[0-5]\d$/.test(node.text)) return node.text;
  return wrong(lowering, node, 'a time of day such as "02:30"').value as undefined;
}

type RecordType = Extract<ValueType, { type: 'record' }>;

/** Fields in any order, each after its name; the positional one may stand first without its name. */
function readRecord(lowering: Lowering, type: RecordType, words: Words): Read {
  const record: Record<string, unknown> = {};
  let used = 0;
  const take = (name: string): void => {
    const field = type.fields[name];
    if (!field) return;
    const { value, used: more } = readValue(lowering, field.value, { values: words.values, at: words.at + used });
    if (more === 0 && field.value.type !== 'flag') {
      report(lowering, 'missing-value', words.values[words.at + used - 1], `${name} lacks its value.`);
    }
    used += more;
    if (value !== undefined) record[name] = value;
  };
  const first = words.values[words.at];
  if (!first) return { value: undefined, used: 0 };
  if (type.positional !== undefined && !(wordOf(first) !== undefined && type.fields[wordOf(first) ?? ''])) take(type.positional);
  for (;;) {
    const next = words.values[words.at + used];
    if (next?.operator !== undefined) {
      used += 1;
      continue;
    }
    const name = wordOf(next);
    if (name === undefined || !Object.hasOwn(type.fields, name) || name in record) break;
    const fieldType = type.fields[name]?.value;
    if (next && fieldType) lowering.note?.(next, { role: 'field', name, value: fieldType });
    used += 1;
    while (words.values[words.at + used]?.operator !== undefined) used += 1;
    take(name);
  }
  if (used === 0) {
    report(lowering, 'wrong-type', first, `Expected one of ${listed(Object.keys(type.fields))} but found ${first.$cstNode?.text ?? ''}.`);
    return { value: undefined, used: 1 };
  }
  return { value: Object.keys(record).length > 0 ? record : undefined, used };
}
