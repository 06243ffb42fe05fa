import type { IToken } from 'chevrotain';
import { DefaultLexer, type LexerResult } from 'langium';
import { mendBraces } from './brace-repair.ts';

/** Deeper nesting than any architecture needs; beyond it the parser would exhaust the stack. */
const MAX_DEPTH = 100;

const OPENING = new Set(['{', '[', '(']);
const CLOSING = new Set(['}', ']', ')']);
const CONTINUES = new Set(['{', '[', ',', '->', 'EOL', 'from']);
/** What cannot stand in a list: before its end, one of these means that the list is not closed. */
const NEVER_IN_LIST: ReadonlySet<string> = new Set(['{', '}', '->', ':']);
const NEVER_IN_PARENTHESES: ReadonlySet<string> = new Set(['{', '}', '->']);
/** Words between the terms of a condition, which goes on over the line end beside them. */
const JOINS = new Set(['and', 'or']);

/**
 * Drops the line ends that do not end anything: inside brackets, after an opening brace, a comma or an arrow,
 * or beside `and` and `or`. What is left ends a property, so a broken line costs its own line and no more.
 */
export class MlarchLexer extends DefaultLexer {
  /** All tokens, every line end included, as the formatter needs them. */
  tokenizeAll(text: string): LexerResult {
    return super.tokenize(text);
  }

  override tokenize(text: string): LexerResult {
    const result = super.tokenize(text);
    const all = mendBraces(result);
    const tokens: IToken[] = [];
    const open: string[] = [];
    let previous = 'EOL';
    for (let index = 0; index < all.length; index += 1) {
      const token = all[index] as IToken;
      const name = token.tokenType.name;
      if (name === 'EOL' && (CONTINUES.has(previous) || open.at(-1) === '[' || open.at(-1) === '(' || joins(all[index - 1]) || joins(all[index + 1]))) continue;
      if (OPENING.has(name) && (name === '{' || closesInTime(all, index, name))) open.push(name);
      else if (name === ')' ? open.at(-1) === '(' : CLOSING.has(name)) open.pop();
      if (open.length > MAX_DEPTH) {
        result.errors.push(errorAt(token, `More than ${MAX_DEPTH} levels of nesting. The rest of the file is not read; close the open braces and brackets.`));
        break;
      }
      tokens.push(token);
      previous = name;
    }
    return { ...result, tokens };
  }
}

const joins = (token: IToken | undefined): boolean => token !== undefined && JOINS.has(token.image);

/** Whether a list, or a condition in parentheses, ends before something that cannot stand in it. */
function closesInTime(tokens: readonly IToken[], opening: number, sign: string): boolean {
  const [closing, never] = sign === '[' ? [']', NEVER_IN_LIST] : [')', NEVER_IN_PARENTHESES];
  let depth = 0;
  for (let index = opening; index < tokens.length; index += 1) {
    const name = tokens[index]?.tokenType.name ?? '';
    if (name === sign) depth += 1;
    if (name === closing) depth -= 1;
    if (depth === 0) return true;
    if (never.has(name) || depth > MAX_DEPTH) return depth > MAX_DEPTH;
  }
  return false;
}

export function errorAt(token: IToken, message: string): LexerResult['errors'][number] {
  return { offset: token.startOffset, length: token.image.length, line: token.startLine, column: token.startColumn, message };
}
