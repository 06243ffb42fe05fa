import type { Diagram } from './diagram.ts';
import { laidOutInTime } from './layout/in-time.ts';
import type { Layouter } from './layout/layout.ts';
import type { PaintBox } from './png.ts';
import { svgOf } from './svg/svg.ts';
import type { ThemeName } from './svg/theme.ts';

export const FORMATS = ['svg', 'png', 'mermaid', 'drawio', 'json'] as const;
export type Format = (typeof FORMATS)[number];

export interface DocumentOptions {
  readonly format: Format;
  readonly theme: ThemeName;
  /** Pixels of a PNG for each of the picture. */
  readonly scale: number;
  /** Without places: JSON of the graph alone, for which no layout is run. */
  readonly bare?: boolean;
}

/**
 * One diagram as the content of a file. Formats without geometry run no layout, and what a format needs is loaded when it
 * is asked for.
 *
 * @param paintBox What paints PNGs, for a given picture.
 */
export async function documentOf(diagram: Diagram, { format, theme, scale, bare = false }: DocumentOptions, run: Layouter, paintBox: (svg: string) => PaintBox): Promise<string | Uint8Array> {
  if (format === 'mermaid') return (await import('./mermaid.ts')).mermaidOf(diagram);
  if (format === 'json' && bare) return jsonText((await import('./scene-json.ts')).modelJson(diagram));
  const scene = await laidOutInTime(diagram, run);
  if (format === 'drawio') return (await import('./drawio.ts')).drawioOf(scene);
  if (format === 'json') return jsonText((await import('./scene-json.ts')).sceneJson(scene));
  const svg = svgOf(scene, { theme });
  return format === 'svg' ? svg : (await import('./png.ts')).pngOf(svg, paintBox(svg), scale);
}

const jsonText = (document: object): string => `${JSON.stringify(document, undefined, 2)}\n`;
