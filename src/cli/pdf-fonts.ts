import type { PdfFonts } from '../report/document/pdf/fonts.ts';
import { assets, widerFonts } from './paint-box.ts';

/** The fonts of a PDF, and some of the system where the text needs them: TrueType files only, since collections cannot be embedded. */
export function pdfFonts(text: string): PdfFonts {
  const asset = assets();
  const others = widerFonts(text).filter((font) => !isCollection(font));
  return { regular: asset('inter-regular.ttf'), bold: asset('inter-bold.ttf'), italic: asset('inter-italic.ttf'), mono: asset('dejavu-sans-mono.ttf'), others: [asset('dejavu-sans.ttf'), ...others] };
}

const isCollection = (font: Uint8Array): boolean => String.fromCharCode(...font.subarray(0, 4)) === 'ttcf';
