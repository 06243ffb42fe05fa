import { splitQuantity } from '../../model/units.ts';
import type { MlarchLexer } from '../parser/lexer.ts';
import { linesOf, type Line, type Piece } from './lines.ts';

const INDENT = '  ';
const WIDTH = INDENT.length;
const OPENING = new Set(['{', '[', '(']);
const CLOSING = new Set(['}', ']', ')']);
/** Blocks whose members are declarations; the members of all others are properties. */
const CONTAINERS = new Set(['system', 'target', 'test']);
/** A condition goes on over a line end beside one of these. */
const JOINS = new Set(['and', 'or']);

interface Laid {
  /** Columns before the first piece. */
  readonly indent: number;
  readonly pieces: readonly Piece[];
  readonly spaced: boolean;
  /** A property: the column of its value is shared with its neighbours. */
  readonly property: boolean;
}

/**
 * Formats a file. It works on tokens and not on the syntax tree, so that a file with errors can be formatted too and
 * every comment stays. Lines stay lines: what an author put on one line is not broken up.
 */
export function format(lexer: MlarchLexer, text: string): string {
  const end = /\r\n/.test(text) ? '\r\n' : '\n';
  const laid = layOut(linesOf(lexer, text));
  const columns = valueColumns(laid);
  const rendered = alignComments(laid.map((line, index) => render(line, columns[index] ?? 0)));
  const lines = rendered.flatMap((line, index) => (laid[index]?.spaced ? ['', line] : [line]));
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`.replaceAll(/\r?\n/g, end);
}

function layOut(lines: readonly Line[]): Laid[] {
  const open: string[] = [];
  let opened = true;
  // Where braces are missing, the indentation is all there is to tell what belongs where; it stays.
  const balanced = isBalanced(lines);
  let joined = false;
  return lines.map(({ pieces, spaced, column }) => {
    const leading = pieces.findIndex((piece) => !CLOSING.has(piece.type));
    const closers = leading === -1 ? pieces.length : leading;
    const inside = open.at(-1);
    const continued = (joined || isJoin(pieces[0])) && inside !== '(' && inside !== '[';
    const indent = Math.max(0, open.length - closers) + (continued ? 1 : 0);
    const property = !continued && isProperty(pieces, inside);
    joined = isJoin(pieces.findLast((piece) => !isComment(piece)));
    const closes = closers > 0;
    for (const { type } of pieces) {
      if (OPENING.has(type)) open.push(type === '{' ? blockOf(pieces) : type);
      else if (type === ')' ? open.at(-1) === '(' : CLOSING.has(type)) open.pop();
    }
    const line = { indent: balanced ? indent * WIDTH : column, pieces, property, spaced: spaced && !opened && !closes };
    opened = OPENING.has(pieces.at(-1)?.type ?? '');
    return line;
  });
}

const isJoin = (piece: Piece | undefined): boolean => piece !== undefined && JOINS.has(piece.text);

function isBalanced(lines: readonly Line[]): boolean {
  let depth = 0;
  for (const { pieces } of lines) {
    for (const { type } of pieces) {
      if (type === '{') depth += 1;
      if (type === '}') depth -= 1;
      if (depth < 0) return false;
    }
  }
  return depth === 0;
}

/** What kind of block a line opens: its first word tells. */
const blockOf = (pieces: readonly Piece[]): string => (CONTAINERS.has(pieces[0]?.type ?? '') ? 'container' : 'properties');

function isProperty(pieces: readonly Piece[], inside: string | undefined): boolean {
  const [first, second] = pieces;
  if (!first || !second || !isWord(first) || isComment(second) || second.type === '->' || second.type === '{') return false;
  if (inside === 'properties') return first.type !== 'test' || second.type !== 'STRING';
  return inside === 'container' && (first.type === 'WORD' || !isWord(second));
}

const isWord = (piece: Piece): boolean => /^[A-Za-z]/.test(piece.text) && !isComment(piece);
const isComment = (piece: Piece): boolean => piece.type === 'LINE_COMMENT' || piece.type === 'DOC_COMMENT';

/** Width of the key column for each line: neighbouring properties of a block share it. */
function valueColumns(lines: readonly Laid[]): number[] {
  const columns = lines.map(() => 0);
  for (let start = 0; start < lines.length; ) {
    let end = start;
    while (end < lines.length && lines[end]?.property && lines[end]?.indent === lines[start]?.indent && (end === start || !lines[end]?.spaced)) end += 1;
    const group = lines.slice(start, end);
    const width = Math.max(0, ...group.map((line) => line.pieces[0]?.text.length ?? 0));
    group.forEach((_, index) => (columns[start + index] = width));
    start = Math.max(end, start + 1);
  }
  return columns;
}

interface Rendered {
  readonly text: string;
  /** A comment at the end of a line that holds something else. */
  readonly comment?: string;
}

function render({ indent, pieces, property }: Laid, column: number): Rendered {
  const margin = ' '.repeat(indent);
  const last = pieces.at(-1);
  const trailing = pieces.length > 1 && last?.type === 'LINE_COMMENT' ? last : undefined;
  const body = trailing ? pieces.slice(0, -1) : pieces;
  let text = margin;
  body.forEach((piece, index) => {
    const before = body[index - 1];
    const gap = before === undefined ? '' : property && index === 1 && !piece.glued ? ' '.repeat(column - before.text.length + 1) : between(before, piece);
    text += gap + textOf(piece, margin);
  });
  return { text, comment: trailing?.text };
}

/** Comments at the ends of neighbouring lines stand in one column. */
function alignComments(lines: readonly Rendered[]): string[] {
  const result: string[] = [];
  for (let start = 0; start < lines.length; ) {
    let end = start;
    while (lines[end]?.comment !== undefined) end += 1;
    const group = lines.slice(start, Math.max(end, start + 1));
    const width = Math.max(...group.map((line) => line.text.length));
    result.push(...group.map(({ text, comment }) => (comment === undefined ? text : `${text.padEnd(width)}${INDENT}${comment}`)));
    start += group.length;
  }
  return result;
}

function between(before: Piece, piece: Piece): string {
  if (piece.glued) return '';
  if (before.type === '[' || before.type === '(' || piece.type === ']' || piece.type === ')' || piece.type === ',') return '';
  if (before.type === '..' || piece.type === '..') return '';
  if (before.type === '{' && piece.type === '}') return '';
  return ' ';
}

function textOf({ type, text }: Piece, margin: string): string {
  if (type === 'QUANTITY') return spacedQuantity(text);
  if (type !== 'DOC_COMMENT') return text;
  // The stars of a comment that spans lines stand under each other.
  return text.split(/\r?\n/).map((line, index) => (index > 0 && line.trimStart().startsWith('*') ? `${margin} ${line.trim()}` : line.trimEnd())).join('\n');
}

/** One space between the number and its unit. */
function spacedQuantity(text: string): string {
  const { unit } = splitQuantity(text);
  return unit === '' ? text : `${text.slice(0, text.length - unit.length).trimEnd()} ${unit}`;
}
