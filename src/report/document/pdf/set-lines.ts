import type { Inline, LaidOutPage } from 'pdfmake/js/LayoutBuilder.js';
import { SEAM } from './breaks.ts';

/** What tells words that are written alike. */
const ALIKE = ['font', 'fontSize', 'color', 'background', 'decoration', 'link', 'linkToDestination'] as const;

/**
 * Makes lines ready to be written: seams are gone, so that who copies a name gets it as it is, and words that are written alike are one
 * piece, which takes less time and room in the file. A piece ends where a word has no space after it: what follows would be
 * drawn nearer to it than it was measured.
 */
export function setLines(pages: readonly LaidOutPage[]): void {
  // The head of a table has the same words on each of its pages: they are left as they are.
  for (const { items } of pages) for (const { item } of items) if (item.inlines) item.inlines = piecesOf(item.inlines);
}

function piecesOf(inlines: readonly Inline[]): Inline[] {
  const pieces: Inline[] = [];
  for (const inline of inlines) {
    const last = pieces.at(-1);
    if (last?.text.endsWith(' ') && ALIKE.every((name) => last[name] === inline[name])) {
      last.text += inline.text;
      last.width += inline.width;
    } else pieces.push({ ...inline });
  }
  for (const piece of pieces) piece.text = piece.text.replaceAll(SEAM, '');
  return pieces;
}
