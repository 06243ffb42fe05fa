import type { Position } from '../../../model/architecture.ts';
import { isProperty, isSystem, type Property, type System } from '../../generated/ast.ts';
import { spanOf, type SourceFile } from '../../source-file.ts';
import { positionAt } from '../text-lines.ts';
import { scan, isClosed, splitNumber, type Token } from './scan.ts';

/** Where the cursor is: within which blocks, and after which words of the statement. */
export interface Context {
  /** The headers of the blocks around the cursor, the outermost first. */
  readonly blocks: readonly Block[];
  /** The words of the statement before the one that is being typed. */
  readonly statement: readonly Token[];
  /** The word that is being typed, which a completion replaces. */
  readonly word: { readonly start: number; readonly end: number; readonly text: string };
  /** The string that the cursor is in, without its quotes. */
  readonly string?: { readonly start: number; readonly end: number; readonly text: string };
  /** Keys that the block around the cursor states, before or after it. */
  readonly stated: ReadonlySet<string>;
  /** What follows on the line, after the word that is being typed. */
  readonly rest: string;
}

export interface Block {
  readonly header: readonly Token[];
}

/** Undefined within a comment. `starts` are the offsets of the lines. */
export function contextAt(source: SourceFile, starts: readonly number[], offset: number): Context | undefined {
  const { text } = source;
  const { from, to, system } = windowAt(source, starts, positionAt(starts, offset).line);
  const tokens = scan(text, from, to);
  const blocks: { header: Token[]; keys: Set<string> }[] = system ? [{ header: headerOf(system), keys: new Set() }] : [];
  let statement: Token[] = [];
  let index = 0;
  for (; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (!token || token.start >= offset) break;
    if (token.type === 'comment') {
      if (offset < token.end || (offset === token.end && (token.text.startsWith('//') || !token.text.endsWith('*/')))) return undefined;
      if (token.first && !continues(statement)) statement = begin(blocks, statement);
      continue;
    }
    if (token.end >= offset && (token.type === 'word' || token.type === 'number' || (token.type === 'string' && !(offset === token.end && isClosed(token))))) break;
    if (token.first && !continues(statement)) statement = begin(blocks, statement);
    statement = take(blocks, statement, token);
  }
  const current = tokens[index];
  const touched = current && current.start < offset && current.end >= offset ? current : undefined;
  const atLineStart = touched ? touched.first : /(^|\n)[ \t]*$/.test(text.slice(Math.max(0, offset - 200), offset));
  if (atLineStart && !continues(statement)) statement = begin(blocks, statement);
  // Of a number with its unit, `4re`, the unit is being typed.
  const number = touched?.type === 'number' ? splitNumber(touched) : undefined;
  const unit = number?.unit && number.unit.start < offset ? number.unit : undefined;
  if (number && unit) statement = [...statement, number.value];
  const typed = unit ?? touched;
  const lineEnd = text.indexOf('\n', offset);
  const word = typed && typed.type !== 'string' ? { start: typed.start, end: typed.end, text: text.slice(typed.start, offset) } : { start: offset, end: offset, text: '' };
  const string = touched?.type === 'string' ? { start: touched.start + 1, end: isClosed(touched) ? touched.end - 1 : touched.end, text: text.slice(touched.start + 1, offset) } : undefined;
  const stated = new Set(blocks.at(-1)?.keys);
  for (const key of keysAfter(tokens.slice(touched ? index + 1 : index))) stated.add(key);
  // What a system states may stand anywhere in it; the word that is being typed is not stated yet.
  const here = positionAt(starts, word.start);
  for (const member of systemOf(source, blocks)?.members ?? []) if (isProperty(member) && !beginsAt(source, member, here)) stated.add(member.key);
  return { blocks, statement, word, string, stated, rest: text.slice(Math.max(offset, word.end), lineEnd < 0 ? text.length : lineEnd) };
}

/** As much of a text as has to be looked at for a line, and the system that it begins in. */
export interface Window {
  readonly from: number;
  readonly to: number;
  readonly system?: System;
}

/** The declaration that a line is in or comes after, up to the next one; all of a text that cannot be taken apart. */
export function windowAt({ text, root, parts }: SourceFile, starts: readonly number[], line: number): Window {
  let next = 0;
  for (let high = parts.length; next < high; ) {
    const middle = (next + high) >> 1;
    if ((parts[middle]?.line ?? 0) <= line) next = middle + 1;
    else high = middle;
  }
  const part = parts[next - 1];
  const offsetOf = (place: typeof part, otherwise: number): number => (place && starts[place.line]) ?? otherwise;
  return { from: offsetOf(part, 0), to: offsetOf(parts[next], text.length), system: part?.system === undefined ? undefined : root.members.filter(isSystem)[part.system] };
}

function beginsAt({ file }: SourceFile, member: Property, { line, character }: Position): boolean {
  const { start } = spanOf(file, member).range;
  return start.line === line && start.character === character;
}

/** The system whose members stand at the cursor. */
function systemOf({ root }: SourceFile, blocks: readonly Block[]): System | undefined {
  const [keyword, name] = blocks.at(-1)?.header ?? [];
  return keyword?.text === 'system' ? root.members.filter(isSystem).find((system) => system.name === name?.text) : undefined;
}

const headerOf = ({ name }: System): Token[] => ['system', name].map((text, index) => ({ text, start: 0, end: 0, type: 'word', first: index === 0 }));

/** Whether the next line still belongs to the statement. */
function continues(statement: readonly Token[]): boolean {
  const last = statement.at(-1)?.text;
  if (last === ',' || last === '->' || last === 'from' || last === 'and' || last === 'or') return true;
  return statement.filter(({ text }) => text === '[').length > statement.filter(({ text }) => text === ']').length;
}

/** Ends the statement; what it states is noted in its block. */
function begin(blocks: readonly { readonly keys: Set<string> }[], statement: readonly Token[]): Token[] {
  const [key] = statement;
  if (key?.type === 'word') blocks.at(-1)?.keys.add(key.text);
  return [];
}

function take(blocks: { header: Token[]; keys: Set<string> }[], statement: Token[], token: Token): Token[] {
  if (token.text === '{') {
    blocks.push({ header: statement, keys: new Set() });
    return [];
  }
  if (token.text === '}') {
    begin(blocks, statement);
    const closed = blocks.pop();
    // What follows the braces of an import is still the import.
    return closed?.header[0]?.text === 'import' ? [...closed.header] : [];
  }
  return [...statement, token];
}

/** First words of the lines up to the end of the block. */
function keysAfter(tokens: readonly Token[]): string[] {
  const keys: string[] = [];
  let depth = 0;
  for (const { text, type, first } of tokens) {
    if (text === '{') depth += 1;
    if (text === '}') depth -= 1;
    if (depth < 0) break;
    if (depth === 0 && first && type === 'word') keys.push(text);
    // Further on, what is stated there does not matter.
    if (keys.length > 200) break;
  }
  return keys;
}
