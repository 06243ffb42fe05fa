import { initWasm, Resvg } from '@resvg/resvg-wasm';

/** What painting needs beside the picture: the program that paints, and the fonts to paint with. */
export interface PaintBox {
  readonly wasm: Uint8Array;
  readonly fonts: readonly Uint8Array[];
}

let ready: Promise<void> | undefined;

/**
 * A picture as PNG, painted without a browser.
 *
 * @param scale Pixels of the image for each of the picture.
 */
export async function pngOf(svg: string, { wasm, fonts }: PaintBox, scale: number): Promise<Uint8Array> {
  await (ready ??= initWasm(wasm));
  const painter = new Resvg(svg, { fitTo: { mode: 'zoom', value: scale }, font: { fontBuffers: [...fonts], defaultFontFamily: 'Inter', sansSerifFamily: 'Inter', loadSystemFonts: false } });
  try {
    return painter.render().asPng();
  } finally {
    painter.free();
  }
}
