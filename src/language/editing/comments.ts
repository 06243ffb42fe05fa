import type { Range } from '../../model/architecture.ts';
import { lineStarts, positionAt } from './text-lines.ts';

export interface Comment {
  readonly text: string;
  readonly range: Range;
  /** Nothing but space stands before it on its line. */
  readonly first: boolean;
}

/** Strings are matched too, so that what looks like a comment within one is passed over. */
const STRING_OR_COMMENT = /"(?:[^"\\\r\n]|\\.)*"?|\/\/[^\r\n]*|\/\*[\s\S]*?\*\//g;

/** The comments of a text. Read from the text and not from the tree, which has lost some where it does not follow the grammar. */
export function commentsIn(text: string, starts: readonly number[] = lineStarts(text)): Comment[] {
  const comments: Comment[] = [];
  for (const { 0: found, index } of text.matchAll(STRING_OR_COMMENT)) {
    if (found.startsWith('"')) continue;
    const start = positionAt(starts, index);
    const first = text.slice(index - start.character, index).trim() === '';
    comments.push({ text: found, range: { start, end: positionAt(starts, index + found.length) }, first });
  }
  return comments;
}

/** Whether a text breaks off within a comment that has still to be closed. */
export function endsInComment(text: string): boolean {
  let end = 0;
  for (const { 0: found, index } of text.matchAll(STRING_OR_COMMENT)) end = index + found.length;
  return text.includes('/*', end);
}
