import { runsOf } from './runs.ts';
import type { Setting } from './text.ts';

/** A picture in the size that it has on the page, with each of its texts in fonts that have its characters. */
export function pictureSvg(svg: string, { width, height }: { readonly width: number; readonly height: number }, { faces, missing }: Setting): string {
  return svg
    .replace(/<svg[^>]*>/, (root) => root.replace(/ width="[^"]*"/, '').replace(/ height="[^"]*"/, '').replace('<svg', `<svg width="${width}" height="${height}"`))
    // What is read aloud is not painted, and need not have glyphs.
    .replaceAll(/<(title|desc)\b[^>]*>[^<]*<\/\1>/g, '')
    .replaceAll(/>([^<>]+)<\/text>/g, (_, text: string) => {
      const runs = runsOf(text, faces.text, faces, missing);
      return `>${runs.map((run) => (run.family === faces.text.family ? run.text : `<tspan font-family="${run.family}">${run.text}</tspan>`)).join('')}</text>`;
    });
}
