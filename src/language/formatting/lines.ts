import type { IToken } from 'chevrotain';
import type { MlarchLexer } from '../parser/lexer.ts';

/** A token or comment, or text that the lexer could not read; all of it has to come out again. */
export interface Piece {
  readonly type: string;
  readonly text: string;
  /** Text that cannot be read stays as close to its neighbours as it was: a space could give it a meaning. */
  readonly glued?: boolean;
}

export interface Line {
  readonly pieces: readonly Piece[];
  /** A blank line stands before it. */
  readonly spaced: boolean;
  /** How far it is indented. */
  readonly column: number;
}

/** The text as lines of pieces. Nothing but white space is lost. */
export function linesOf(lexer: MlarchLexer, text: string): Line[] {
  const { tokens, hidden } = lexer.tokenizeAll(text);
  const all = [...tokens, ...hidden].sort((a, b) => a.startOffset - b.startOffset);
  const lines: Line[] = [];
  let pieces: Piece[] = [];
  let spaced = false;
  let offset = 0;
  let column = 0;
  let end = 0;
  const add = (piece: Piece, at: number): void => {
    if (pieces.length === 0) column = at - (text.lastIndexOf('\n', at - 1) + 1);
    const unread = piece.type === 'UNREAD' || pieces.at(-1)?.type === 'UNREAD';
    pieces.push(unread && at === end ? { ...piece, glued: true } : piece);
    end = at + piece.text.length;
  };
  const unread = (end: number): void => {
    const given = text.slice(offset, end);
    const rest = given.replaceAll('\uFEFF', '').trim();
    if (rest !== '') add({ type: 'UNREAD', text: rest }, offset + given.search(/\S/));
  };
  const endLine = (blank: boolean): void => {
    if (pieces.length > 0) lines.push({ pieces, spaced, column });
    spaced = blank || (pieces.length === 0 && spaced);
    pieces = [];
  };
  for (const token of all) {
    unread(token.startOffset);
    offset = token.startOffset + token.image.length;
    if (token.tokenType.name === 'EOL') endLine(/\n[^\n]*\n/.test(token.image));
    else add(pieceOf(token), token.startOffset);
  }
  unread(text.length);
  endLine(false);
  return lines;
}

function pieceOf({ tokenType, image }: IToken): Piece {
  // Keywords are named after themselves; for the formatter they are words.
  if (tokenType.name === 'LINE_COMMENT') return { type: tokenType.name, text: image.trimEnd() };
  return { type: tokenType.name, text: image };
}
