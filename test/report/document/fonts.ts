import { readFileSync } from 'node:fs';
import { DOCUMENT_FONT_FILES, FONT_FILES } from '../../../scripts/fonts.ts';
import type { PdfFonts } from '../../../src/report/document/pdf/fonts.ts';

const bytes = (file: string): Uint8Array => new Uint8Array(readFileSync(file));

/** The fonts that ship with the program. */
export const fonts: PdfFonts = { regular: bytes(FONT_FILES.regular), bold: bytes(FONT_FILES.bold), italic: bytes(DOCUMENT_FONT_FILES.italic), mono: bytes(DOCUMENT_FONT_FILES.mono), others: [bytes(FONT_FILES.others)] };
