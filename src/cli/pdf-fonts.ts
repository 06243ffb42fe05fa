import type { PdfFonts } from '../report/document/pdf/fonts.ts';
import { assets, widerFonts } from './paint-box.ts';

/** The fonts of a PDF, and some of the system where the text needs them: single files only, since collections cannot be embedded. */
export function pdfFonts(text: string): PdfFonts {
  const asset = assets();
  const [regular, sans] = [asset('inter-regular.ttf'), asset('dejavu-sans.ttf')];
  const others = widerFonts([regular, sans], text).filter((font) => !isCollection(font));
  return { regular, bold: asset('inter-bold.ttf'), italic: asset('inter-italic.ttf'), mono: asset('dejavu-sans-mono.ttf'), others: [sans, ...others] };
}

const isCollection = (font: Uint8Array): boolean => String.fromCharCode(...font.subarray(0, 4)) === 'ttcf';
