import type { LaidOutPage } from 'pdfmake/js/LayoutBuilder.js';
import PDFDocumentModule, { type PdfDocument, type PdfFont } from 'pdfmake/js/PDFDocument.js';
import RendererModule from 'pdfmake/js/Renderer.js';
import type { Content } from 'pdfmake/interfaces.js';
import { defaultOf } from './default-of.ts';
import { fontFiles, type PdfFonts } from './fonts.ts';
import { INK, LINE_HEIGHT, MARGINS, PORTRAIT, SIZES } from './page.ts';
import { PageBuilder } from './page-builder.ts';
import { setLines } from './set-lines.ts';
import { sizeOfSvg } from '../picture-svg.ts';

export interface PdfProperties {
  readonly info: { readonly title: string; readonly author?: string; readonly subject?: string };
  readonly date: Date;
  readonly language: string;
}

/** What is printed: nodes of pdfmake, and what goes around them on each page. */
export interface Pages {
  readonly content: Content[];
  readonly header: PageLine;
  readonly footer: PageLine;
}

type PageLine = (page: number, pages: number, size: { readonly width: number }) => Content | undefined;

const [PDFDocument, Renderer] = [defaultOf(PDFDocumentModule), defaultOf(RendererModule)];

/**
 * Opens a PDF, with the parts of pdfmake and without its front: that one asks the network and the disk for what a document
 * names, and pictures would not find fonts that are given as bytes.
 */
export function openPdf({ info, date, language }: PdfProperties, fonts: PdfFonts): PdfDocument {
  const { files, families } = fontFiles(fonts);
  const pdf = new PDFDocument(families, {}, {}, {}, {
    size: [PORTRAIT.width, PORTRAIT.height],
    pdfVersion: '1.7',
    compress: true,
    autoFirstPage: false,
    displayTitle: true,
    lang: language,
    font: null,
    info: { Title: info.title, ...(info.author === undefined ? {} : { Author: info.author }), ...(info.subject === undefined ? {} : { Subject: info.subject }), Creator: 'mlarch', Producer: 'pdfmake', CreationDate: date, ModDate: date },
  });
  for (const [name, bytes] of files) pdf.registerFont(name, bytes);
  // They are named by the order in which they are provided.
  for (const family of Object.keys(families)) for (const [bold, italics] of STYLES) pdf.provideFont(family, bold, italics);
  for (const [bold, italics] of STYLES) setPlainly(pdf.provideFont('Inter', bold, italics));
  return pdf;
}

/**
 * Lays out and writes.
 *
 * @param most Pages; undefined comes back where it takes more.
 */
export function print(given: Pages, pdf: PdfDocument, most = Number.POSITIVE_INFINITY): Promise<Uint8Array | undefined> {
  const pages = layOut(given, pdf);
  if (pages.length > most) return Promise.resolve(undefined);
  setLines(pages);
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    pdf.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    pdf.on('end', () => resolve(joined(chunks)));
    pdf.on('error', reject);
    new Renderer(pdf).renderPages(pages);
    pdf.end();
  });
}

/** Measures words before they are printed: nothing is written. Setting each for the first time is most of what a layout takes. */
export function learn(given: Pages, pdf: PdfDocument): void {
  layOut(given, pdf);
}

/** Upright, bold and italic. */
const STYLES = [[false, false], [true, false], [false, true]] as const;

function layOut({ content, header, footer }: Pages, pdf: PdfDocument): readonly LaidOutPage[] {
  // A picture has its size already.
  const pictures = { measureSVG: sizeOfSvg, writeDimensions: (svg: string) => svg };
  const builder = new PageBuilder({ ...PORTRAIT }, { left: MARGINS[0], top: MARGINS[1], right: MARGINS[2], bottom: MARGINS[3] }, pictures);
  return builder.layoutDocument(content, pdf, {}, { font: 'Inter', fontSize: SIZES.text, lineHeight: LINE_HEIGHT, color: INK.text }, undefined, header, footer, undefined, undefined);
}

/** Inter draws arrows and times signs by rules that look at the neighbours of each letter; without them words are set five times as fast. */
const PLAIN = { calt: false, ccmp: false, clig: false, liga: false, rclt: false, rlig: false } as const;

function setPlainly(font: PdfFont): void {
  const set = font.layoutRun.bind(font);
  font.layoutRun = (text, features) => set(text, features ?? PLAIN);
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
