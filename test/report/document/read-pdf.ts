import { inflateSync } from 'node:zlib';
import { getDocumentProxy } from 'unpdf';

export interface PdfPage {
  readonly text: string;
  readonly width: number;
  readonly height: number;
  /** Its texts, piece by piece. */
  readonly pieces: readonly string[];
  /** The right ends of its texts, to see whether one leaves the page. */
  readonly ends: readonly number[];
  readonly urls: readonly string[];
  readonly destinations: readonly string[];
}

export interface ReadPdf {
  readonly pages: readonly PdfPage[];
  /** Titles of the bookmarks, indented by their depth. */
  readonly outline: readonly string[];
  /** The page that each named place is on, from 1. */
  readonly places: ReadonlyMap<string, number>;
  readonly info: Readonly<Record<string, unknown>>;
}

/** A PDF as PDF.js opens it, quietly and with a copy of the bytes, which it takes over. */
export const openPdf = (bytes: Uint8Array) => getDocumentProxy(bytes.slice(), { useSystemFonts: false, verbosity: 0 });

/** A PDF as another program reads it. */
export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const pdf = await openPdf(bytes);
  const pages: PdfPage[] = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent({ disableNormalization: true });
    const annotations = await page.getAnnotations() as readonly { url?: string; dest?: unknown }[];
    const { width, height } = page.getViewport({ scale: 1 });
    const texts = items.filter((item) => 'str' in item);
    pages.push({
      text: texts.map((item) => item.str + (item.hasEOL ? '\n' : '')).join(''),
      pieces: texts.map((item) => item.str).filter((piece) => piece.trim() !== ''),
      width,
      height,
      ends: texts.map((item) => Number(item.transform[4]) + (Number(item.transform[0]) !== 0 ? item.width : 0)),
      urls: annotations.flatMap(({ url }) => (url === undefined ? [] : [url])),
      destinations: annotations.flatMap(({ dest }) => (typeof dest === 'string' ? [dest] : [])),
    });
  }
  const named = Object.entries(await pdf.getDestinations() as Readonly<Record<string, readonly unknown[]>>);
  const places = new Map<string, number>();
  for (const [name, destination] of named) places.set(name, (await pdf.getPageIndex(destination[0] as { num: number; gen: number })) + 1);
  const outline = listed((await pdf.getOutline()) as readonly Bookmark[] | null, 0);
  const { info } = await pdf.getMetadata();
  await pdf.loadingTask.destroy();
  return { pages, outline, places, info: info as Record<string, unknown> };
}

interface Bookmark {
  readonly title: string;
  readonly items: readonly Bookmark[];
}

const listed = (bookmarks: readonly Bookmark[] | null, depth: number): string[] => (bookmarks ?? []).flatMap(({ title, items }) => ['  '.repeat(depth) + title, ...listed(items, depth + 1)]);

/** What is shown in one piece each: the glyphs by their numbers in the font, also those that take no room and that readers pass over. */
export function glyphsOf(bytes: Uint8Array): string[][] {
  const streams = [...Buffer.from(bytes).toString('latin1').matchAll(/stream\r?\n(.*?)\r?\nendstream/gs)].flatMap(([, stream = '']) => {
    try {
      return [inflateSync(Buffer.from(stream, 'latin1')).toString('latin1')];
    } catch {
      // Not every stream is compressed.
      return [];
    }
  });
  return streams.flatMap((content) => [...content.matchAll(/\[([^\]]*)\] TJ/g)].map(([, shown = '']) => [...shown.matchAll(/<([0-9a-f]*)>/g)].flatMap(([, codes = '']) => codes.match(/.{4}/g) ?? [])));
}
