import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PaintBox } from '../diagram/png.ts';
import { Failure } from './failure.ts';

/** Scripts that the bundled fonts lack; where one occurs a font of the system is looked for. */
const BEYOND = /[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef\u0900-\u0dff\u0e00-\u0eff]|[\u{1f000}-\u{1faff}\u{20000}-\u{2ffff}]/u;

/** Where systems keep fonts that have the scripts of East Asia, and how those are called. */
const FOLDERS = ['/usr/share/fonts', '/usr/local/share/fonts', '/System/Library/Fonts', '/Library/Fonts', 'C:\\Windows\\Fonts'];
const WIDE_FONTS = /(cjk|gothic|ming|song|hei|wqy|droidsansfallback|unifont|malgun|yugoth|msyh|arialuni|notosansthai|notosansdevanagari)/i;

/** The painter and the fonts that stand beside the program; further fonts of the system, where the text needs them. */
export function paintBox(svg: string): PaintBox {
  const asset = assets();
  return { wasm: asset('resvg.wasm'), fonts: [asset('inter-regular.ttf'), asset('inter-bold.ttf'), asset('dejavu-sans.ttf'), ...widerFonts(svg)] };
}

/** Fonts of the system for what a text has and the bundled fonts lack. */
export const widerFonts = (text: string): Uint8Array[] => (BEYOND.test(text) ? wideFonts().map((file) => readFileSync(file)) : []);

/** Reads a file that stands beside the program. */
export function assets(): (file: string) => Uint8Array {
  const folder = assetsFolder();
  return (file) => readFileSync(path.join(folder, file));
}

function assetsFolder(): string {
  // Beside the bundle when it ships; in the output of the build when it runs from its sources.
  const here = path.dirname(fileURLToPath(import.meta.url));
  const found = [path.join(here, '../assets'), path.join(here, '../../dist/assets')].find((folder) => has(folder));
  if (found === undefined) throw new Failure('The fonts and the painter of PNG are missing beside the program: build or install it anew, or write SVG.');
  return found;
}

function has(folder: string): boolean {
  try {
    return readdirSync(folder).includes('resvg.wasm');
  } catch {
    return false;
  }
}

/** The first two fonts of the system that are likely to have the missing scripts. */
function wideFonts(): string[] {
  const found: string[] = [];
  for (const folder of FOLDERS) {
    try {
      for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) if (/\.(ttf|ttc|otf)$/i.test(file) && WIDE_FONTS.test(file)) found.push(path.join(folder, file));
    } catch {
      // A folder that is not there has no fonts.
    }
  }
  return found.slice(0, 2);
}
