import { Lexer, type TokenType } from 'chevrotain';
import { DefaultTokenBuilder, GrammarUtils, type GrammarAST, type Stream } from 'langium';
import { allUnits } from '../../model/units.ts';

const escape = (text: string): string => text.replaceAll(/[/%.]/g, String.raw`\$&`);

/**
 * A number, an attached multiplier (`14M`) and a unit, which may stand after a space, as one token. Only known
 * units are taken in, so that in `at batch 1 p99 14 ms` the word after `1` stays a word; a comment may follow at once.
 */
const QUANTITY = new RegExp(
  String.raw`\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?(?:[kKMBT](?![A-Za-z]))?(?:[ \t]*(?:${allUnits().map(escape).join('|')})(?![\w%]|/(?![/*])))?`,
);

/** Kinds come before WORD in the lexer, and count as words for the parser. */
const COUNT_AS_WORD = new Set(['KIND', 'CATALOGUE_KIND']);

const isWord = (text: string): boolean => /^[a-z]+$/.test(text);

export class MlarchTokenBuilder extends DefaultTokenBuilder {
  override buildTokens(grammar: GrammarAST.Grammar): TokenType[] {
    const tokens = super.buildTokens(grammar) as TokenType[];
    const word = tokens.find((token) => token.name === 'WORD');
    for (const token of tokens) {
      if (word && (COUNT_AS_WORD.has(token.name) || isWord(token.name))) token.CATEGORIES = [word];
    }
    return tokens;
  }

  protected override buildTerminalTokens(rules: Stream<GrammarAST.AbstractRule>): TokenType[] {
    const tokens = super.buildTerminalTokens(rules);
    const place = (name: string): number => ORDER.indexOf(name);
    return tokens.sort((a, b) => place(a.name) - place(b.name));
  }

  /** Only WORD can match more than a keyword does. Trying every terminal, as Langium would, takes most of the start-up. */
  protected override findLongerAlt(keyword: GrammarAST.Keyword, terminals: TokenType[]): TokenType[] {
    return isWord(keyword.value) ? terminals.filter((terminal) => terminal.name === 'WORD') : [];
  }

  protected override buildTerminalToken(terminal: GrammarAST.TerminalRule): TokenType {
    const known = TERMINALS[terminal.name];
    if (!known) throw new Error(`${terminal.name} is missing in TERMINALS`);
    const token: TokenType = {
      name: terminal.name,
      PATTERN: terminal.name === 'QUANTITY' ? QUANTITY : GrammarUtils.terminalRegex(terminal),
      START_CHARS_HINT: [...known.starts],
      LINE_BREAKS: known.lines === true,
    };
    if (terminal.hidden) token.GROUP = terminal.name === 'SPACE' ? Lexer.SKIPPED : 'hidden';
    return token;
  }
}

const DIGITS = '0123456789';
const LOWER = 'abcdefghijklmnopqrstuvwxyz';

/**
 * The order in which the lexer tries the terminals (the first that matches wins), the characters that each may start
 * with and whether it can hold line ends. The lexer could work this out of the patterns; that takes longer than
 * reading a file.
 */
const TERMINALS: Readonly<Record<string, { readonly starts: string; readonly lines?: boolean }>> = {
  SPACE: { starts: ' \t\f\uFEFF' },
  EOL: { starts: '\r\n', lines: true },
  DOC_COMMENT: { starts: '/', lines: true },
  LINE_COMMENT: { starts: '/' },
  KIND: { starts: LOWER },
  CATALOGUE_KIND: { starts: LOWER },
  WORD: { starts: `_${LOWER}${LOWER.toUpperCase()}` },
  DATE: { starts: DIGITS },
  QUANTITY: { starts: DIGITS },
  STRING: { starts: '"' },
  UNTERMINATED: { starts: '"' },
};

const ORDER = Object.keys(TERMINALS);
