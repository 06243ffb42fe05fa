/** The parts of pdfmake that the writer puts together; the package has types for its front only. */

declare module 'pdfmake/js/PDFDocument.js' {
  /** A font as pdfkit has it. */
  export interface PdfFont {
    layoutRun(text: string, features?: Readonly<Record<string, boolean>>): object;
    /** In points, as both of these. */
    widthOfString(text: string, size: number): number;
    lineHeight(size: number): number;
  }
  export interface PdfDocument {
    registerFont(name: string, bytes: Uint8Array): void;
    provideFont(name: string, bold: boolean, italics: boolean): PdfFont;
    on(event: 'data', listener: (chunk: Uint8Array) => void): void;
    on(event: 'end', listener: () => void): void;
    on(event: 'error', listener: (error: Error) => void): void;
    end(): void;
  }
  const module: { default: new (fonts: object, images: object, patterns: object, attachments: object, options: object) => PdfDocument };
  export default module;
}

declare module 'pdfmake/js/TextInlines.js' {
  import type { PdfDocument, PdfFont } from 'pdfmake/js/PDFDocument.js';
  /** A word with what it says of itself, which is completed and measured, in points. */
  export interface Word {
    readonly text: string;
    /** The name of a family, and then the font itself. */
    font?: string | PdfFont;
    readonly bold?: boolean;
    readonly italics?: boolean;
    fontSize?: number;
    alignment?: string;
    color?: string | undefined;
    decoration?: string | undefined;
    background?: string | undefined;
    link?: string | undefined;
    linkToDestination?: string | undefined;
    width?: number;
    height?: number;
    /** Of the spaces at its ends, which do not count at the ends of a line. */
    leadingCut?: number;
    trailingCut?: number;
  }
  /** What the nodes around a text say of it. */
  export interface Styles {
    getProperty(name: string): unknown;
  }
  export interface TextInlines {
    readonly pdfDocument: PdfDocument;
    measure(words: Word[], styles: Styles): Word[];
  }
  const module: { default: new (pdf: PdfDocument) => TextInlines };
  export default module;
}

declare module 'pdfmake/js/LayoutBuilder.js' {
  import type { PdfDocument } from 'pdfmake/js/PDFDocument.js';
  import type { TextInlines } from 'pdfmake/js/TextInlines.js';
  /** A node as far as it is read or written here; what begins with `_` was measured. */
  export interface PageNode {
    readonly stack?: readonly PageNode[];
    readonly headlineLevel?: number;
    pageBreak?: 'before';
    _inlines?: object[];
    /** Of its lines, once they are placed; pages count from 1. */
    readonly positions?: readonly { readonly pageNumber: number }[];
    resetXY(): void;
  }
  /** A word in its place in a line, or several. */
  export interface Inline {
    text: string;
    /** In points. */
    width: number;
    readonly font?: object;
    readonly fontSize?: number;
    readonly color?: string;
    readonly background?: string;
    readonly decoration?: string;
    readonly link?: string;
    readonly linkToDestination?: string;
  }
  export interface LaidOutPage {
    readonly items: { readonly type: string; readonly item: { inlines?: Inline[] } }[];
  }
  /** Where the next thing is placed. */
  export interface PageContext {
    x: number;
    y: number;
    /** Counted from 0. */
    page: number;
    availableWidth: number;
    availableHeight: number;
    lastColumnWidth?: number;
    marginXTopParent?: unknown;
    readonly pages: LaidOutPage[];
    readonly backgroundLength: number[];
  }
  export interface LayoutBuilder {
    readonly docMeasure: { textInlines: TextInlines };
    readonly writer: { context(): PageContext };
    readonly linearNodeList: PageNode[];
    layoutDocument(content: unknown[], pdf: PdfDocument, styles: object, defaultStyle: object, background: unknown, header: unknown, footer: unknown, watermark: unknown, pageBreakBefore: unknown): readonly LaidOutPage[];
    tryLayoutDocument(content: object[], pdf: PdfDocument, ...rest: unknown[]): object;
    processNode(node: PageNode): void;
    processVerticalContainer(node: PageNode): void;
    processLeaf(node: PageNode): void;
  }
  const module: { default: new (size: object, margins: object, pictures: object) => LayoutBuilder };
  export default module;
}

declare module 'pdfmake/js/Renderer.js' {
  const module: { default: new (pdf: object) => { renderPages(pages: readonly object[]): void } };
  export default module;
}
