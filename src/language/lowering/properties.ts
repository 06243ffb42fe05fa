import type { Evidence, Stated } from '../../model/architecture.ts';
import type { PropertyEntry, PropertyTable } from '../../model/vocabulary-table.ts';
import type { Property, Value } from '../generated/ast.ts';
import { firstLeaf, spanOf } from '../source-file.ts';
import { contradictionsIn } from './contradictions.ts';
import { listed, didYouMean, nearest } from './nearest.ts';
import { report, type Lowering } from './reporter.ts';
import { readValue } from './values.ts';

/**
 * Reads the properties of a block. Several may share a line: a value takes what its type admits, and the next word
 * is the next key. A property that is wrong is reported and left out; the others stand.
 */
export function lowerProperties(lowering: Lowering, properties: readonly Property[], table: PropertyTable, owner: string): Record<string, Stated> {
  const statements: Record<string, Stated> = {};
  const words = new Map<string, readonly Value[]>();
  for (const property of properties) lowerLine(lowering, property, table, owner, statements, words);
  for (const { property, field, message } of contradictionsIn(statements)) {
    const number = numberIn(words.get(property) ?? [], field);
    const span = number ? spanOf(lowering.file, number) : statements[property]?.span;
    if (span) lowering.problems.push({ severity: 'error', code: 'contradictory-values', message, span });
  }
  return statements;
}

/** The number among the words of a value: the first, or the first after the name of a field. */
function numberIn(words: readonly Value[], field: string | undefined): Value | undefined {
  const from = field === undefined ? 0 : words.findIndex((word) => word.ref?.$refText === field);
  return from < 0 ? undefined : words.slice(from).find(({ low }) => low !== undefined);
}

function lowerLine(lowering: Lowering, property: Property, table: PropertyTable, owner: string, statements: Record<string, Stated>, words: Map<string, readonly Value[]>): void {
  let key = property.key;
  let keyNode: Property | Value = property;
  let at = 0;
  for (;;) {
    if (key === undefined) return; // Half-typed: the parser has reported it.
    const member = shorthandFor(table, key);
    const name = Object.hasOwn(table, key) ? key : member;
    const entry = name === undefined ? undefined : table[name];
    if (name === undefined || !entry) {
      const instead = nearest(key, Object.keys(table));
      report(lowering, 'unknown-property', keyCst(keyNode), `${owner} has no property ${key}.${didYouMean(instead)} It takes ${listed(Object.keys(table), 60)}.`, { instead });
      return;
    }
    lowering.note?.(keyNode, name === key ? { role: 'key', property: name, entry } : { role: 'member', word: key, property: name, entry });
    const start = at;
    const read = () => (standsAlone(table, entry, property.values[at]) ? { stated: present({}), used: 0 } : readStatement(lowering, entry, property, at, key ?? name));
    const { stated, used } = name === key ? read() : { stated: present(key), used: 0 };
    at += used;
    if (stated) {
      const span = spanOf(lowering.file, keyNode);
      const last = property.values[at - 1];
      const end = spanOf(lowering.file, last && at > start ? last : keyCst(keyNode)).range.end;
      const complete = { ...stated, span: { file: span.file, range: { start: span.range.start, end } } } as Stated;
      const earlier = Object.hasOwn(statements, name) ? statements[name] : undefined;
      if (earlier && entry.repeatable) statements[name] = joined(earlier, complete);
      else if (earlier) report(lowering, 'repeated-property', keyCst(keyNode), `${name} is stated twice; the first statement counts.`, { severity: 'warning', removable: { span: complete.span, redundant: sayTheSame(earlier, complete) } });
      else {
        statements[name] = complete;
        words.set(name, property.values.slice(start, at));
      }
    }
    const next = property.values[at];
    if (!next) return;
    const word = next.ref?.$refText;
    if (word === undefined || !(Object.hasOwn(table, word) || shorthandFor(table, word) !== undefined)) {
      if (next.unterminated !== undefined) report(lowering, 'unterminated-string', next, 'The string is not closed on this line. Put " at its end.');
      else {
        const instead = word === undefined ? undefined : nearest(word, Object.keys(table));
        report(lowering, 'unexpected-value', next, `Unexpected ${next.$cstNode?.text ?? ''} after ${key}.${didYouMean(instead)}`, { instead });
      }
      return;
    }
    key = word;
    keyNode = next;
    at += 1;
  }
}

/** Two lists as one; something other than a list says nothing more. */
function joined(earlier: Stated, later: Stated): Stated {
  if (earlier.state !== 'present' || later.state !== 'present') return earlier.state === 'present' ? earlier : later;
  return { ...earlier, value: [...(earlier.value as unknown[]), ...(later.value as unknown[])] };
}

const sayTheSame = (a: Stated, b: Stated): boolean => JSON.stringify({ ...a, span: undefined }) === JSON.stringify({ ...b, span: undefined });

const present = (value: unknown) => ({ state: 'present' as const, value });

/** The property whose members include the word, where its members may stand alone. */
function shorthandFor(table: PropertyTable, word: string): string | undefined {
  for (const name in table) {
    const entry = table[name];
    if (entry?.shorthand && entry.value.type === 'choice' && entry.value.members.includes(word)) return name;
  }
  return undefined;
}

/** Whether the key of a record says it all: nothing follows, or the next key does. */
function standsAlone(table: PropertyTable, { bare, value }: PropertyEntry, next: Value | undefined): boolean {
  if (!bare || value.type !== 'record') return false;
  const word = next?.ref?.$refText;
  return next === undefined || (word !== undefined && !Object.hasOwn(value.fields, word) && (Object.hasOwn(table, word) || shorthandFor(table, word) !== undefined));
}

type Unplaced<S> = S extends unknown ? Omit<S, 'span'> : never;

function readStatement(lowering: Lowering, entry: PropertyEntry, property: Property, at: number, key: string): { stated?: Unplaced<Stated>; used: number } {
  const values = property.values;
  const literal = readLiteral(lowering, entry, values, at);
  if (literal) {
    for (const node of values.slice(at, at + literal.used)) noteLiteral(lowering, node);
    const { evidence, used } = readEvidence(lowering, values, at + literal.used);
    return { stated: evidence ? ({ ...literal.stated, evidence } as Unplaced<Stated>) : literal.stated, used: literal.used + used };
  }
  const read = readValue(lowering, entry.value, { values, at });
  if (read.used === 0 && entry.value.type !== 'flag') {
    report(lowering, 'missing-value', values[at] ?? keyCst(property), `${key} lacks its value.`);
    return { used: 0 };
  }
  const { evidence, used } = readEvidence(lowering, values, at + read.used);
  if (read.value === undefined) return { used: read.used + used };
  const linked = entry.linked && typeof read.value === 'string' ? [lookUp(lowering, read.value, values[at])] : [];
  const all = [...linked, ...(evidence ?? [])];
  return { stated: { ...present(read.value), ...(all.length > 0 ? { evidence: all } : {}) }, used: read.used + used };
}

/** `none`, `unknown`, `n/a because "…"`, `planned by 2027-01-31`. A word that the property itself knows is not a literal. */
function readLiteral(lowering: Lowering, entry: PropertyEntry, values: readonly Value[], at: number): { stated: Unplaced<Stated>; used: number } | undefined {
  if (entry.value.type === 'keys') return undefined;
  const first = values[at];
  const word = first?.ref?.$refText;
  if (first?.notApplicable) {
    const because = values[at + 1]?.ref?.$refText === 'because' ? values[at + 2]?.text : undefined;
    if (because === undefined) {
      report(lowering, 'missing-value', first, 'n/a needs a reason: n/a because "…".');
      return { stated: { state: 'not-applicable', because: '' }, used: Math.min(values.length - at, 1) };
    }
    return { stated: { state: 'not-applicable', because }, used: 3 };
  }
  if (word === undefined || ('members' in entry.value && entry.value.members?.includes(word))) return undefined;
  const isPlan = word === 'planned' && values[at + 1]?.ref?.$refText === 'by';
  if (entry.value.type === 'names' && word !== 'unknown' && word !== 'none' && !isPlan) return undefined;
  if (word === 'none' || word === 'unknown') return { stated: { state: word } as Unplaced<Stated>, used: 1 };
  if (isPlan) {
    const { value } = readValue(lowering, { type: 'date' }, { values, at: at + 2 });
    if (values[at + 2] === undefined) report(lowering, 'missing-value', first, 'planned by needs a date: planned by 2027-03-31.');
    return { stated: { state: 'planned', by: typeof value === 'string' ? value : '' }, used: Math.min(values.length - at, 3) };
  }
  return undefined;
}

function noteLiteral(lowering: Lowering, node: Value): void {
  const word = node.notApplicable ? 'n/a' : node.ref?.$refText;
  if (word !== undefined) lowering.note?.(node, { role: 'literal', word });
}

function readEvidence(lowering: Lowering, values: readonly Value[], at: number): { evidence?: Evidence[]; used: number } {
  if (values[at]?.ref?.$refText !== 'evidence') return { used: 0 };
  const [keyword] = values.slice(at, at + 1);
  if (keyword) noteLiteral(lowering, keyword);
  const evidence: Evidence[] = [];
  let used = 1;
  for (let node = values[at + used]; node?.text !== undefined; node = values[at + used]) {
    evidence.push(lookUp(lowering, node.text, node));
    used += 1;
  }
  if (evidence.length === 0) report(lowering, 'missing-value', values[at], 'evidence needs a path or a URL in quotes.');
  return { evidence: evidence.length > 0 ? evidence : undefined, used };
}

function lookUp(lowering: Lowering, target: string, node: Value | undefined): Evidence {
  const found = lowering.evidence(target);
  if (node) lowering.note?.(node, { role: 'evidence', target });
  if (found.status === 'missing') report(lowering, 'missing-evidence', node, `${target} does not exist. The path is relative to this file.`, { severity: 'warning' });
  return { target, ...found };
}

const keyCst = (node: Property | Value) => firstLeaf(node.$cstNode);
