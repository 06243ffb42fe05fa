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

/** Undefined within a comment. */
export function contextAt(text: string, offset: number): Context | undefined {
  const tokens = scan(text);
  const blocks: { header: Token[]; keys: Set<string> }[] = [];
  let statement: Token[] = [];
  let index = 0;
  for (; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (!token || token.start >= offset) break;
    if (token.type === 'comment') {
      if (offset < token.end || (offset === token.end && (token.text.startsWith('//') || !token.text.endsWith('*/')))) return undefined;
      continue;
    }
    if (token.end >= offset && (token.type === 'word' || token.type === 'number' || (token.type === 'string' && !(offset === token.end && isClosed(token))))) break;
    if (token.first && !continues(statement)) statement = begin(blocks, statement);
    statement = take(blocks, statement, token);
  }
  const current = tokens[index];
  const touched = current && current.start < offset && current.end >= offset ? current : undefined;
  const starts = touched ? touched.first : /(^|\n)[ \t]*$/.test(text.slice(Math.max(0, offset - 200), offset));
  if (starts && !continues(statement)) statement = begin(blocks, statement);
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
  return { blocks, statement, word, string, stated, rest: text.slice(Math.max(offset, word.end), lineEnd < 0 ? text.length : lineEnd) };
}

/** Whether the next line still belongs to the statement. */
function continues(statement: readonly Token[]): boolean {
  const last = statement.at(-1)?.text;
  if (last === ',' || last === '->' || last === 'from') return true;
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
