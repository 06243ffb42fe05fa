import type { Content } from 'pdfmake/interfaces.js';
import type { PdfDocument } from 'pdfmake/js/PDFDocument.js';
import type { Steps } from '../../../model/steps.ts';
import { wrapped } from '../../../diagram/text/measure.ts';
import type { Document } from '../block.ts';
import { placesOf } from '../inline.ts';
import { plainLine } from '../plain-line.ts';
import { contentOf } from './content.ts';
import { facesOf, type PdfFonts } from './fonts.ts';
import { INK, MARGINS, SIZES, TIGHT_STEPS, tightSizes } from './page.ts';
import type { Pages, PdfProperties } from './print.ts';
import { runsOf } from './runs.ts';
import type { Setting } from './text.ts';

export interface Pdf {
  readonly bytes: Uint8Array;
  /** Characters that no font has, in the order of Unicode: each stands as a box in the document. */
  readonly missing: readonly string[];
}

/** A PDF that is open, before its document is finished; it can be written once. */
export interface BegunPdf {
  readonly fonts: PdfFonts;
  readonly pdf: PdfDocument;
  /** Measures words, a section of the document at each step. */
  readonly learning: Steps<void>;
}

/**
 * A document as PDF on A4, with bookmarks, links and page numbers. Pictures stay vectors; no browser takes part, and
 * nothing is read or loaded but the program that writes it. The same document gives the same bytes.
 *
 * @param begun Of the same document without its pictures, where there is one: it makes no difference but to the time.
 */
export async function pdfOf(document: Document, fonts: PdfFonts, begun?: BegunPdf): Promise<Pdf> {
  const { openPdf, print } = await import('./print.ts');
  const usual = settingOf(document, fonts);
  const pdf = begun && areSame(begun.fonts, fonts) ? begun.pdf : openPdf(propertiesOf(document), fonts);
  const last = document.onePage ? TIGHT_STEPS.length - 1 : 0;
  for (let step = 0; ; step++) {
    const setting = document.onePage ? { ...usual, sizes: tightSizes(TIGHT_STEPS[step] ?? 1) } : usual;
    const bytes = await print(pagesOf(document, setting), pdf, step < last ? 1 : undefined);
    if (bytes) return { bytes, missing: [...setting.missing].sort((a, b) => (a.codePointAt(0) ?? 0) - (b.codePointAt(0) ?? 0)) };
  }
}

/** Opens a PDF of a document whose pictures are still to come. What it learns until then need not be worked out again. */
export async function beginPdf(document: Document, fonts: PdfFonts): Promise<BegunPdf> {
  const { learn, openPdf } = await import('./print.ts');
  const pdf = openPdf(propertiesOf(document), fonts);
  const setting = settingOf(document, fonts);
  return { fonts, pdf, learning: learning() };

  function* learning(): Steps<void> {
    for (const section of document.sections) {
      learn(pagesOf({ ...document, sections: [section] }, setting), pdf);
      yield undefined;
    }
  }
}

/** Pictures may need fonts for characters that the rest of a document has not. */
const areSame = (some: PdfFonts, others: PdfFonts): boolean => some.others.length === others.others.length && some.others.every((font, index) => font.length === others.others[index]?.length);

const settingOf = (document: Document, fonts: PdfFonts): Setting => ({ faces: facesOf(fonts), sizes: SIZES, places: placesOf(document), missing: new Set() });

const propertiesOf = ({ title, author, subject, date, language }: Document): PdfProperties => ({
  info: { title: plainLine(title), ...(author === undefined ? {} : { author: plainLine(author) }), ...(subject === undefined ? {} : { subject: plainLine(subject) }) },
  date: new Date(`${date}T00:00:00Z`),
  language,
});

function pagesOf(document: Document, setting: Setting): Pages {
  const { title, date, footer = '' } = document;
  const margin: [number, number, number, number] = [MARGINS[0], 24, MARGINS[2], 0];
  const beside = (left: string, right: string, width: number): Content => ({
    margin,
    columns: [
      { width: width - MARGINS[0] - MARGINS[2] - 90, text: oneLine(left, width - MARGINS[0] - MARGINS[2] - 100, setting) },
      { width: 90, text: right, alignment: 'right' },
    ],
    fontSize: SIZES.small,
    color: INK.quiet,
  });
  return {
    content: contentOf(document, setting),
    // The first page has the title itself.
    header: (page, _, { width }) => (page === 1 ? undefined : beside(title, date, width)),
    footer: (page, pages, { width }) => beside(footer, `${page} of ${pages}`, width),
  };
}

function oneLine(text: string, room: number, { faces, missing }: Setting): Content[] {
  const [first = '', ...rest] = wrapped(plainLine(text).slice(0, 400), room, SIZES.small);
  return runsOf(rest.length === 0 ? first : `${first}…`, faces.text, faces, missing).map((run) => ({ text: run.text, font: run.family }));
}
