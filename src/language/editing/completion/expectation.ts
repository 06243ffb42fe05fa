import { dimensions, type DimensionName } from '../../../model/units.ts';
import type { PropertyEntry, PropertyTable } from '../../../model/vocabulary-table.ts';
import type { ValueType } from '../../../model/value-type.ts';
import { splitNumber, type Token } from './scan.ts';

/** What may stand next in a block of properties. */
export type Expectation =
  | { readonly kind: 'key' }
  /** A value of the property, or of a field of it; `listed` stands already in the list that the cursor is in. */
  | { readonly kind: 'value'; readonly property: string; readonly type: ValueType; readonly field?: string; readonly listed?: readonly string[]; readonly whole: boolean }
  /** The unit of a number; `written` is how it begins, where it touches the cursor, and `start` where that stands in the text. */
  | { readonly kind: 'unit'; readonly dimension: DimensionName; readonly written?: { readonly text: string; readonly start: number } }
  /** Fields of a record that are not there yet. */
  | { readonly kind: 'field'; readonly property: string; readonly names: readonly string[] }
  /** After a value: `evidence`. */
  | { readonly kind: 'evidence' }
  | { readonly kind: 'word'; readonly text: string };

/** Reads a line of properties as the lowering does, and says what may come after its last word; `cursor` is where the word begins that is being typed. */
export function expectedAfter(table: PropertyTable, tokens: readonly Token[], cursor: number): readonly Expectation[] {
  return unitAfter(table, tokens, cursor) ?? readLine(table, tokens);
}

/** The units that begin as what stands between the last number and the cursor, where that is one word: `4 req/`. */
function unitAfter(table: PropertyTable, tokens: readonly Token[], cursor: number): readonly Expectation[] | undefined {
  let first = tokens.length;
  let start = cursor;
  for (let token = tokens[first - 1]; token && token.type !== 'number' && /^[\w/%]+$/.test(token.text) && token.end === start; token = tokens[first - 1]) {
    first -= 1;
    start = token.start;
  }
  const number = tokens[first - 1];
  if (first === tokens.length || number?.type !== 'number') return undefined;
  const { value, unit } = splitNumber(number);
  if (unit !== undefined && (number.end !== start || tokens[first]?.text !== '/')) return undefined;
  const text = `${unit?.text ?? ''}${tokens.slice(first).map((token) => token.text).join('')}`;
  const written = { text, start: unit?.start ?? start };
  const expected = readLine(table, [...tokens.slice(0, first - 1), value]).flatMap((expectation) => (expectation.kind === 'unit' && isBeginning(text, expectation.dimension) ? [{ ...expectation, written }] : []));
  return expected.length > 0 ? expected : undefined;
}

const isBeginning = (text: string, dimension: DimensionName): boolean => Object.keys(dimensions[dimension].units).some((unit) => unit.length > text.length && unit.toLowerCase().startsWith(text.toLowerCase()));

function readLine(table: PropertyTable, tokens: readonly Token[]): readonly Expectation[] {
  let at = 0;
  while (at < tokens.length) {
    const key = tokens[at]?.text ?? '';
    const entry = Object.hasOwn(table, key) ? table[key] : undefined;
    at += 1;
    if (!entry) {
      if (isShorthand(table, key)) continue;
      return [];
    }
    const after = readStatement(key, entry, tokens, at);
    if ('expect' in after) return after.expect;
    at = after.at;
  }
  return [{ kind: 'key' }];
}

function isShorthand(table: PropertyTable, word: string): boolean {
  return Object.values(table).some((entry) => entry.shorthand && entry.value.type === 'choice' && entry.value.members.includes(word));
}

type Step = { readonly at: number } | { readonly expect: readonly Expectation[] };

const KEYS: readonly Expectation[] = [{ kind: 'evidence' }, { kind: 'key' }];

function readStatement(property: string, { value, bare }: PropertyEntry, tokens: readonly Token[], from: number): Step {
  const word = tokens[from]?.text;
  if (word === undefined) return { expect: [{ kind: 'value', property, type: value, whole: true }, ...(bare || value.type === 'flag' ? KEYS : [])] };
  if ((word === 'none' || word === 'unknown') && !('members' in value && value.members?.includes(word))) return afterValue(tokens, from + 1);
  if (word === 'planned') {
    if (tokens[from + 1] === undefined) return { expect: [{ kind: 'word', text: 'by' }] };
    return tokens[from + 2] === undefined ? { expect: [] } : afterValue(tokens, from + 3);
  }
  if (word === 'n/a') {
    if (tokens[from + 1] === undefined) return { expect: [{ kind: 'word', text: 'because' }] };
    return tokens[from + 2] === undefined ? { expect: [] } : afterValue(tokens, from + 3);
  }
  const read = readValue(property, value, tokens, from, undefined);
  return 'expect' in read ? read : afterValue(tokens, read.at);
}

function afterValue(tokens: readonly Token[], at: number): Step {
  if (at >= tokens.length) return { expect: KEYS };
  if (tokens[at]?.text !== 'evidence') return { at };
  let next = at + 1;
  while (tokens[next]?.type === 'string') next += 1;
  return next >= tokens.length ? { expect: next > at + 1 ? [{ kind: 'key' }] : [] } : { at: next };
}

function readValue(property: string, type: ValueType, tokens: readonly Token[], at: number, field: string | undefined): Step {
  const first = tokens[at];
  if (!first) return { expect: [{ kind: 'value', property, type, field, whole: field === undefined }] };
  if (type.type === 'record') return readRecord(property, type, tokens, at);
  if (type.type === 'flag') return { at: /^(yes|no|true|false)$/.test(first.text) ? at + 1 : at };
  if (first.text === '[') {
    const close = tokens.findIndex((token, index) => index > at && token.text === ']');
    if (close >= 0) return { at: close + 1 };
    const listed = tokens.slice(at + 1).flatMap(({ text }) => (text === ',' ? [] : [text]));
    return { expect: [{ kind: 'value', property, type, field, listed, whole: false }] };
  }
  if (type.type === 'quantity' || type.type === 'quantities') return readQuantity(type, tokens, at);
  let next = at + 1;
  if (type.type === 'texts') while (tokens[next]?.type === 'string') next += 1;
  return { at: next };
}

function readQuantity(type: Extract<ValueType, { type: 'quantity' | 'quantities' }>, tokens: readonly Token[], at: number): Step {
  const number = tokens[at];
  if (number?.type !== 'number') return { at: at + 1 };
  const next = tokens[at + 1];
  if (splitNumber(number).unit && next?.text !== '/') return { at: at + 1 };
  if (!next) return { expect: [{ kind: 'unit', dimension: type.dimension }] };
  // A unit may be several signs: %, req / s.
  let end = at + 1;
  if (next.type === 'word' || next.text === '%') end += 1;
  while (tokens[end]?.text === '/' && tokens[end + 1]) end += 2;
  return { at: end };
}

function readRecord(property: string, type: Extract<ValueType, { type: 'record' }>, tokens: readonly Token[], from: number): Step {
  const given = new Set<string>();
  let at = from;
  const read = (name: string): Step => {
    given.add(name);
    const field = type.fields[name];
    return field ? readValue(property, field.value, tokens, at, name) : { at };
  };
  if (type.positional !== undefined && !Object.hasOwn(type.fields, tokens[at]?.text ?? '')) {
    const step = read(type.positional);
    if ('expect' in step) return step;
    at = step.at;
  }
  for (;;) {
    while (isOperator(tokens[at]) || tokens[at]?.text === ',') at += 1;
    const name = tokens[at]?.text;
    if (name === undefined) {
      const names = Object.keys(type.fields).filter((field) => !given.has(field));
      return { expect: [{ kind: 'field', property, names }, ...KEYS] };
    }
    if (!Object.hasOwn(type.fields, name) || given.has(name)) return { at };
    at += 1;
    while (isOperator(tokens[at])) at += 1;
    const step = read(name);
    if ('expect' in step) return step;
    at = step.at;
  }
}

const isOperator = (token: Token | undefined): boolean => token !== undefined && /^[<>]?=?$/.test(token.text);
