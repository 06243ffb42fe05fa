/** The parts of pdfmake that the writer puts together; the package has types for its front only. */

declare module 'pdfmake/js/PDFDocument.js' {
  /** A font as pdfkit has it. */
  export interface PdfFont {
    layoutRun(text: string, features?: Readonly<Record<string, boolean>>): object;
  }
  interface PDFDocument {
    registerFont(name: string, bytes: Uint8Array): void;
    provideFont(name: string, bold: boolean, italics: boolean): PdfFont;
    on(event: 'data', listener: (chunk: Uint8Array) => void): void;
    on(event: 'end', listener: () => void): void;
    on(event: 'error', listener: (error: Error) => void): void;
    end(): void;
  }
  const module: { default: new (fonts: object, images: object, patterns: object, attachments: object, options: object) => PDFDocument };
  export default module;
}

declare module 'pdfmake/js/LayoutBuilder.js' {
  interface LayoutBuilder {
    layoutDocument(content: unknown[], pdf: object, styles: object, defaultStyle: object, background: unknown, header: unknown, footer: unknown, watermark: unknown, pageBreakBefore: unknown): { readonly pageSize: { readonly height: number }; readonly items: readonly { readonly type: string; readonly item: object }[] }[];
  }
  const module: { default: new (size: object, margins: object, pictures: object) => LayoutBuilder };
  export default module;
}

declare module 'pdfmake/js/Renderer.js' {
  const module: { default: new (pdf: object) => { renderPages(pages: readonly object[]): void } };
  export default module;
}
