import type { IToken } from 'chevrotain';
import type { TextEdit } from 'vscode-languageserver-types';
import type { Position } from '../../model/architecture.ts';
import type { MlarchLexer } from '../parser/lexer.ts';
import { endsInComment } from './comments.ts';
import { lineStarts } from './text-lines.ts';

const INDENT = '  ';
const CONTINUES = new Set([',', '->', 'from']);

interface Open {
  readonly sign: string;
  /** The space before the line that opened it. */
  readonly indent: string;
  /** The space before the first line within it. */
  inner: string | undefined;
}

/**
 * Indents the line of a brace that was just typed under the line that opened its block, or, after a line end, the line
 * that was left and the new one. Nothing but the space that these lines begin with is touched.
 */
export function onTypeEdits(lexer: MlarchLexer, text: string, position: Position, ch: string): TextEdit[] {
  const starts = lineStarts(text);
  const lineText = (line: number): string => text.slice(starts[line] ?? text.length, starts[line + 1] ?? text.length).replace(/[\r\n]+$/, '');
  if (position.line >= starts.length) return [];
  if (ch === '}') return /^\s*\}/.test(lineText(position.line)) && lineText(position.line).slice(0, position.character).trim() === '}' ? indented([position.line]) : [];
  return ch === '\n' ? indented([position.line - 1, position.line]) : [];

  function indented(lines: readonly number[]): TextEdit[] {
    const before = text.slice(0, starts[position.line + 1] ?? text.length);
    // The lines of a comment are its author's to lay out.
    if (endsInComment(before)) return [];
    const wanted = indentsOf(lexer, before, lines, lineText);
    return lines.flatMap((line) => {
      const now = spaceOf(lineText(line));
      const then = wanted.get(line);
      return then === undefined || then === now ? [] : [{ range: { start: { line, character: 0 }, end: { line, character: now.length } }, newText: then }];
    });
  }
}

const spaceOf = (line: string): string => /^\s*/.exec(line)?.[0] ?? '';

/** How the lines are to be indented, as far as that can be told: not within comments and where a line goes on. */
function indentsOf(lexer: MlarchLexer, text: string, lines: readonly number[], lineText: (line: number) => string): ReadonlyMap<number, string> {
  const { tokens, hidden } = lexer.tokenizeAll(text);
  const pieces = [...tokens, ...hidden].filter(({ tokenType }) => tokenType.name !== 'EOL').sort((a, b) => a.startOffset - b.startOffset);
  const wanted = new Map<number, string>();
  const open: Open[] = [];
  let before: IToken | undefined;
  let significant = '';
  const blankLines = (until: number): void => {
    // Only the last of the lines can be the new one; blank lines before it are left as they are.
    const last = lines.at(-1);
    if (last === undefined || last >= until || last <= lastLine(before) || !isBlank(lineText(last)) || goesOn()) return;
    wanted.set(last, memberIndent(open));
  };
  const goesOn = (): boolean => CONTINUES.has(significant) && open.at(-1)?.sign !== '[';
  for (const [index, piece] of pieces.entries()) {
    const line = (piece.startLine ?? 1) - 1;
    if (line > lastLine(before)) {
      blankLines(line);
      const indent = spaceOf(lineText(line));
      const closing = closersFrom(pieces, index);
      const expected = closing > 0 ? open.at(-closing)?.indent : goesOn() ? undefined : memberIndent(open);
      if (expected !== undefined && lines.includes(line)) wanted.set(line, expected);
      const block = open.at(-1);
      if (block && closing === 0 && !goesOn()) block.inner ??= wanted.get(line) ?? indent;
    }
    const name = piece.tokenType.name;
    if (name === '{' || name === '[') open.push({ sign: name, indent: wanted.get(line) ?? spaceOf(lineText(line)), inner: undefined });
    if (name === '}') while (open.at(-1)?.sign === '[') open.pop();
    // Where a brace closes nothing, nothing can be told of what follows.
    if ((name === '}' || name === ']') && !open.pop()) return new Map();
    if (name !== 'LINE_COMMENT' && name !== 'DOC_COMMENT') significant = name;
    before = piece;
  }
  blankLines(Infinity);
  return wanted;
}

const isBlank = (line: string): boolean => line.trim() === '';

/** Zero-based; that of the last line of a comment over several. */
const lastLine = (piece: IToken | undefined): number => (piece ? (piece.endLine ?? 1) - 1 : -1);

/** How many braces and brackets a line begins with. */
function closersFrom(pieces: readonly IToken[], index: number): number {
  const line = pieces[index]?.startLine;
  let count = 0;
  for (let next = pieces[index]; next?.startLine === line && (next?.tokenType.name === '}' || next?.tokenType.name === ']'); next = pieces[index + count]) count += 1;
  return count;
}

const memberIndent = (open: readonly Open[]): string => {
  const block = open.at(-1);
  return block ? (block.inner ?? block.indent + INDENT) : '';
};
