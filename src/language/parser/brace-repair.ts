import type { IToken } from 'chevrotain';
import type { LexerResult } from 'langium';

interface Block {
  readonly opening: IToken;
  /** Where the line begins that opens it. */
  readonly indent: number;
}

/**
 * Where braces do not balance, the indentation tells which one is missing or too many: a line that stands no deeper
 * than the line that opened its block is no longer in it, and a brace that closes the last block while indented lines
 * follow closes nothing. So one brace costs one message and not the rest of the file. Balanced text is left alone.
 */
export function mendBraces({ tokens, hidden, errors }: LexerResult): readonly IToken[] {
  if (isBalanced(tokens)) return tokens;
  const indentOf = lineIndents(hidden, errors);
  const mended: IToken[] = [];
  const open: Block[] = [];
  const closing = tokens.find((token) => token.tokenType.name === '}')?.tokenType;
  let lineIndent = 1;
  let lineStart = 0;
  let atLineStart = true;
  tokens.forEach((token, index) => {
    const name = token.tokenType.name;
    if (name === 'EOL') {
      atLineStart = true;
      lineStart = token.startOffset;
      mended.push(token);
      return;
    }
    if (atLineStart) {
      const column = indentOf(lineStart, token);
      lineIndent = column;
      while (closing && name !== '}' && (open.at(-1)?.indent ?? 0) >= column) close(open.pop(), token);
      if (closing && name === '}') while (open.length > 1 && (open.at(-1)?.indent ?? 0) > column) close(open.pop(), token);
    }
    atLineStart = false;
    if (name === '{') open.push({ opening: token, indent: lineIndent });
    if (name === '}') {
      if (open.length === 0 || (open.length === 1 && lineIndent > (open[0]?.indent ?? 1) && isFollowedByIndented(tokens, index))) {
        errors.push({ ...at(token), message: 'One closing brace too many.' });
        return;
      }
      open.pop();
    }
    mended.push(token);
  });
  return mended;

  function close(block: Block | undefined, before: IToken): void {
    if (!block || !closing) return;
    errors.push({ ...at(block.opening), message: 'This brace is not closed. Put } at the end of its block.' });
    const last = mended.at(-1) ?? before;
    const end = last.startOffset + last.image.length;
    // It takes no room: before a line end, after anything else.
    const [line, column] = last.tokenType.name === 'EOL' ? [last.startLine, (last.startColumn ?? 1) - 1] : [last.endLine, last.endColumn];
    const position = { startOffset: end, endOffset: end, startLine: line, startColumn: (column ?? 0) + 1, endLine: line, endColumn: column };
    mended.push({ ...position, image: '', tokenType: closing, tokenTypeIdx: closing.tokenTypeIdx ?? 0 });
  }
}

/** The column that a line begins in: with its first token, or with a comment or a sign that cannot be read before that. */
function lineIndents(hidden: readonly IToken[], errors: LexerResult['errors']): (lineStart: number, first: IToken) => number {
  const others = [...hidden.map(({ startOffset, startColumn }) => ({ offset: startOffset, column: startColumn })), ...errors].sort((a, b) => a.offset - b.offset);
  let next = 0;
  return (lineStart, first) => {
    while ((others[next]?.offset ?? Infinity) < lineStart) next += 1;
    const other = others[next];
    return (other && other.offset < first.startOffset ? other.column : first.startColumn) ?? 1;
  };
}

function isBalanced(tokens: readonly IToken[]): boolean {
  let depth = 0;
  for (const { tokenType } of tokens) {
    if (tokenType.name === '{') depth += 1;
    if (tokenType.name === '}') depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

/** Whether the next line that holds anything is indented. */
function isFollowedByIndented(tokens: readonly IToken[], index: number): boolean {
  for (let next = index + 1; next < tokens.length; next += 1) {
    const token = tokens[next];
    if (token?.tokenType.name === 'EOL') continue;
    return (token?.startColumn ?? 1) > 1;
  }
  return false;
}

const at = (token: IToken): Omit<LexerResult['errors'][number], 'message'> => ({ offset: token.startOffset, length: 1, line: token.startLine, column: token.startColumn });
