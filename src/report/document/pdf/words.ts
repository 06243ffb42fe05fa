import TextInlinesModule, { type Styles, type Word } from 'pdfmake/js/TextInlines.js';
import type { PdfFont } from 'pdfmake/js/PDFDocument.js';
import { defaultOf } from './default-of.ts';

/** Properties that a word takes from what it stands in, with what they are where nothing has them. */
const INHERITED: Readonly<Record<string, unknown>> = { font: undefined, bold: false, italics: false, fontSize: undefined, alignment: 'left', color: undefined, decoration: undefined, background: undefined, link: undefined, linkToDestination: undefined, lineHeight: 1, preserveLeadingSpaces: false };

/** Of a word in a font of 1,000 points: as it is, and of the spaces at its ends. */
interface Widths {
  readonly all: number;
  readonly leading: number;
  readonly trailing: number;
}

/**
 * Measures words as pdfmake does, in a third of the time: what a paragraph hands down to its words is looked up once for all
 * of them and not for each, and each word is measured once for the whole document.
 */
export class WordInlines extends defaultOf(TextInlinesModule) {
  readonly #measured = new WeakMap<PdfFont, Map<string, Widths>>();

  override measure(words: Word[], styles: Styles): Word[] {
    const inherited = Object.fromEntries(Object.entries(INHERITED).map(([name, usual]) => [name, styles.getProperty(name) ?? usual]));
    for (const word of words) {
      const { font: family, bold, italics, fontSize, lineHeight, preserveLeadingSpaces, ...style } = { ...(inherited as unknown as Style), ...word };
      const font = this.pdfDocument.provideFont(family, bold, italics);
      const { all, leading, trailing } = this.#widthsOf(word.text, font);
      const scale = fontSize / 1000;
      Object.assign(word, style, { font, fontSize, width: all * scale, height: font.lineHeight(fontSize) * lineHeight, leadingCut: preserveLeadingSpaces ? 0 : leading * scale, trailingCut: trailing * scale });
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

interface Style {
  readonly font: string;
  readonly bold: boolean;
  readonly italics: boolean;
  readonly fontSize: number;
  readonly lineHeight: number;
  readonly preserveLeadingSpaces: boolean;
}
