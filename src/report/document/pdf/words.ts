import TextInlinesModule, { type Styles, type Word } from 'pdfmake/js/TextInlines.js';
import type { PdfFont } from 'pdfmake/js/PDFDocument.js';
import { defaultOf } from './default-of.ts';

/** Of a word in a font of 1,000 points: as it is, and of the spaces at its ends. */
interface Widths {
  readonly all: number;
  readonly leading: number;
  readonly trailing: number;
}

/**
 * Measures words as pdfmake does, in less time: what a paragraph hands down to its words is looked up once for all
 * of them and not for each, and each word is measured once for the whole document.
 */
export class WordInlines extends defaultOf(TextInlinesModule) {
  readonly #measured = new WeakMap<PdfFont, Map<string, Widths>>();

  override measure(words: Word[], styles: Styles): Word[] {
    const around = aroundOf(styles);
    for (const word of words) {
      const font = this.pdfDocument.provideFont((word.font ?? around.font) as string, word.bold ?? around.bold, word.italics ?? around.italics);
      const { all, leading, trailing } = this.#widthsOf(word.text, font);
      const size = word.fontSize ?? around.fontSize;
      const scale = size / 1000;
      word.font = font;
      word.fontSize = size;
      word.alignment ??= around.alignment;
      word.color ??= around.color;
      word.decoration ??= around.decoration;
      word.background ??= around.background;
      word.link ??= around.link;
      word.linkToDestination ??= around.linkToDestination;
      word.width = all * scale;
      word.height = font.lineHeight(size) * around.lineHeight;
      word.leadingCut = around.preserveLeadingSpaces ? 0 : leading * scale;
      word.trailingCut = trailing * scale;
    }
    return words;
  }

  #widthsOf(text: string, font: PdfFont): Widths {
    const known = this.#measured.get(font) ?? new Map<string, Widths>();
    this.#measured.set(font, known);
    const found = known.get(text);
    if (found) return found;
    const widthOf = (part: string | undefined): number => (part === undefined ? 0 : font.widthOfString(part, 1000));
    const widths: Widths = { all: widthOf(text), leading: widthOf(/^\s+/.exec(text)?.[0]), trailing: widthOf(/\s+$/.exec(text)?.[0]) };
    known.set(text, widths);
    return widths;
  }
}

/** What a word has of the nodes that it stands in, where it says nothing else. */
function aroundOf(styles: Styles) {
  const text = (name: string): string | undefined => styles.getProperty(name) as string | undefined;
  return {
    font: text('font'),
    bold: styles.getProperty('bold') === true,
    italics: styles.getProperty('italics') === true,
    fontSize: styles.getProperty('fontSize') as number,
    alignment: text('alignment') ?? 'left',
    color: text('color'),
    decoration: text('decoration'),
    background: text('background'),
    link: text('link'),
    linkToDestination: text('linkToDestination'),
    lineHeight: (styles.getProperty('lineHeight') as number | undefined) ?? 1,
    preserveLeadingSpaces: styles.getProperty('preserveLeadingSpaces') === true,
  };
}
