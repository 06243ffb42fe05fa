import type { IToken } from 'chevrotain';
import { DefaultLexer, type LexerResult } from 'langium';

/** Deeper nesting than any architecture needs; beyond it the parser would exhaust the stack. */
const MAX_DEPTH = 100;

const OPENING = new Set(['{', '[']);
const CLOSING = new Set(['}', ']']);
const CONTINUES = new Set(['{', '[', ',', '->', 'EOL', 'from']);

/**
 * Drops the line ends that do not end anything: outside braces, inside brackets, after an opening brace, a comma or
 * an arrow. What is left ends a property, so a broken line costs its own line and no more.
 */
export class MlarchLexer extends DefaultLexer {
  override tokenize(text: string): LexerResult {
    const result = super.tokenize(text);
    const tokens: IToken[] = [];
    const open: string[] = [];
    let previous = 'EOL';
    for (const token of result.tokens) {
      const name = token.tokenType.name;
      if (name === 'EOL' && (CONTINUES.has(previous) || open.at(-1) === '[')) continue;
      if (OPENING.has(name)) open.push(name);
      else if (CLOSING.has(name)) open.pop();
      if (open.length > MAX_DEPTH) {
        result.errors.push({
          offset: token.startOffset,
          length: 1,
          line: token.startLine,
          column: token.startColumn,
          message: `More than ${MAX_DEPTH} levels of nesting. The rest of the file is not read; close the open braces and brackets.`,
        });
        break;
      }
      tokens.push(token);
      previous = name;
    }
    return { ...result, tokens };
  }
}
