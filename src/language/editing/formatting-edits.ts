import type { TextEdit } from 'vscode-languageserver-types';
import type { Position, Range } from '../../model/architecture.ts';
import { format } from '../formatting/format.ts';
import type { MlarchLexer } from '../parser/lexer.ts';

/** A line with its end. */
interface Line {
  readonly text: string;
  readonly end: string;
}

interface LineEdit {
  /** The lines that it replaces, `last` not included. */
  readonly first: number;
  readonly last: number;
  readonly edit: TextEdit;
}

/**
 * What formats a file, or the lines that a range touches, as edits of the lines that change. A range is laid out as the
 * whole file would be, so formatting a file range by range ends where formatting it at once does.
 */
export function formattingEdits(lexer: MlarchLexer, text: string, { range }: { readonly range?: Range } = {}): TextEdit[] {
  const edits = lineEdits(linesOf(text), linesOf(format(lexer, text)));
  return edits.filter(({ first, last }) => !range || (first >= range.start.line && Math.max(last, first + 1) <= endLine(range))).map(({ edit }) => edit);
}

/** The line after the last one of a range; one that only reaches to the start of a line does not touch it. */
const endLine = ({ start, end }: Range): number => (end.character === 0 && end.line > start.line ? end.line : end.line + 1);

function linesOf(text: string): Line[] {
  const parts = text.split(/(\r\n?|\n)/);
  const lines: Line[] = [];
  for (let index = 0; index < parts.length; index += 2) lines.push({ text: parts[index] ?? '', end: parts[index + 1] ?? '' });
  if (lines.at(-1)?.text === '') lines.pop();
  return lines;
}

const isBlank = ({ text }: Line): boolean => text.trim() === '';

/**
 * The formatter neither breaks nor joins lines, so the lines that hold something correspond one to one; only blank lines
 * come and go. Where that does not hold, all that differs is one edit.
 */
function lineEdits(before: readonly Line[], after: readonly Line[]): LineEdit[] {
  const [old, now] = [filled(before), filled(after)];
  if (old.length !== now.length) return wholeEdit(before, after);
  const edits: LineEdit[] = [];
  for (let index = 0; index <= old.length; index += 1) {
    const [from, to] = [old[index] ?? before.length, now[index] ?? after.length];
    const [blank, wanted] = [before.slice((old[index - 1] ?? -1) + 1, from), after.slice((now[index - 1] ?? -1) + 1, to)];
    if (joined(blank) !== joined(wanted)) edits.push(replaced(before, from - blank.length, from, joined(wanted)));
    const [line, target] = [before[from], after[to]];
    if (line && target && joined([line]) !== joined([target])) edits.push({ first: from, last: from + 1, edit: withinLine(before, from, line, joined([target])) });
  }
  return edits;
}

/** The numbers of the lines that hold something. */
const filled = (lines: readonly Line[]): number[] => lines.flatMap((line, index) => (isBlank(line) ? [] : [index]));

const joined = (lines: readonly Line[]): string => lines.map(({ text, end }) => text + end).join('');

function wholeEdit(before: readonly Line[], after: readonly Line[]): LineEdit[] {
  let start = 0;
  while (start < Math.min(before.length, after.length) && joined(before.slice(start, start + 1)) === joined(after.slice(start, start + 1))) start += 1;
  let end = 0;
  while (end < Math.min(before.length, after.length) - start && joined(before.slice(before.length - end - 1, before.length - end)) === joined(after.slice(after.length - end - 1, after.length - end))) end += 1;
  return [replaced(before, start, before.length - end, joined(after.slice(start, after.length - end)))];
}

function replaced(lines: readonly Line[], first: number, last: number, newText: string): LineEdit {
  return { first, last, edit: { range: { start: startOf(lines, first), end: startOf(lines, last) }, newText } };
}

/** The start of a line, or the end of the text. */
function startOf(lines: readonly Line[], line: number): Position {
  const last = lines[line - 1];
  return last?.end === '' ? { line: line - 1, character: last.text.length } : { line, character: 0 };
}

/** Only what differs, so that a cursor in the rest of the line stays where it is. */
function withinLine(lines: readonly Line[], index: number, line: Line, wanted: string): TextEdit {
  const text = line.text + line.end;
  let start = 0;
  while (start < Math.min(line.text.length, wanted.length) && text[start] === wanted[start]) start += 1;
  let end = 0;
  while (end < Math.min(text.length, wanted.length) - start && text.at(-1 - end) === wanted.at(-1 - end)) end += 1;
  // A line end is kept or replaced as a whole.
  if (end < line.end.length) end = 0;
  const stop: Position = end === 0 ? startOf(lines, index + 1) : { line: index, character: text.length - end };
  return { range: { start: { line: index, character: start }, end: stop }, newText: wanted.slice(start, wanted.length - end) };
}
