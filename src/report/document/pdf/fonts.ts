import { coverageOf, type Coverage } from '../../../diagram/text/coverage.ts';

/** Fonts that a document is set in, each as the content of a TrueType file. */
export interface PdfFonts {
  readonly regular: Uint8Array;
  readonly bold: Uint8Array;
  readonly italic: Uint8Array;
  /** For names, values and code. */
  readonly mono: Uint8Array;
  /** Asked in turn for characters that the others lack. */
  readonly others: readonly Uint8Array[];
}

/** A font by the name that the writer knows it by, and what it has. */
export interface Face {
  readonly family: string;
  readonly covers: Coverage;
}

export interface Faces {
  readonly text: Face;
  readonly mono: Face;
  readonly others: readonly Face[];
}

/** Pictures name this family; the writer finds it there by its name. */
const TEXT = 'Inter';
const MONO = 'Mono';
const other = (index: number): string => `Other ${index + 1}`;

export function facesOf({ regular, mono, others }: PdfFonts): Faces {
  return {
    text: { family: TEXT, covers: coverageOf(regular) },
    mono: { family: MONO, covers: coverageOf(mono) },
    others: others.map((font, index) => ({ family: other(index), covers: coverageOf(font) })),
  };
}

/** Each file by its name, and for each family which file has which style. */
export function fontFiles({ regular, bold, italic, mono, others }: PdfFonts): { readonly files: ReadonlyMap<string, Uint8Array>; readonly families: Readonly<Record<string, Readonly<Record<'normal' | 'bold' | 'italics' | 'bolditalics', string>>>> } {
  const one = (file: string) => ({ normal: file, bold: file, italics: file, bolditalics: file });
  return {
    files: new Map([['regular', regular], ['bold', bold], ['italic', italic], ['mono', mono], ...others.map((font, index) => [other(index), font] as const)]),
    families: {
      [TEXT]: { normal: 'regular', bold: 'bold', italics: 'italic', bolditalics: 'bold' },
      [MONO]: one('mono'),
      ...Object.fromEntries(others.map((_, index) => [other(index), one(other(index))])),
    },
  };
}
