import type { IToken } from 'chevrotain';
import type { LexerResult } from 'langium';

interface Block {
  readonly opening: IToken;
  /** Column of the first token of the line that opens it. */
  readonly indent: number;
}

/**
 * Where braces do not balance, the indentation tells which one is missing or too many: a line that stands no deeper
 * than the line that opened its block is no longer in it, and a brace that closes the last block while indented lines
 * follow closes nothing. So one brace costs one message and not the rest of the file. Balanced text is left alone.
 */
export function mendBraces(tokens: readonly IToken[], errors: LexerResult['errors']): readonly IToken[] {
  if (isBalanced(tokens)) return tokens;
  const mended: IToken[] = [];
  const open: Block[] = [];
  const closing = tokens.find((token) => token.tokenType.name === '}')?.tokenType;
  let lineIndent = 1;
  let atLineStart = true;
  tokens.forEach((token, index) => {
    const name = token.tokenType.name;
    if (name === 'EOL') {
      atLineStart = true;
      mended.push(token);
      return;
    }
    const column = token.startColumn ?? 1;
    if (atLineStart) {
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
