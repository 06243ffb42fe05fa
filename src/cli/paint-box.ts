import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PaintBox } from '../diagram/png.ts';
import { Failure } from './failure.ts';
import { coverageOf } from '../diagram/text/coverage.ts';

/** Where systems keep fonts, and how those are called that have scripts which the bundled ones lack. */
const FOLDERS = ['/usr/share/fonts', '/usr/local/share/fonts', '/System/Library/Fonts', '/Library/Fonts', 'C:\\Windows\\Fonts'];
const WIDE_FONTS = /(cjk|gothic|ming|song|hei|wqy|droidsansfallback|unifont|malgun|yugoth|msyh|arialuni|noto|emoji|symbola|freesans|freeserif)/i;

/** Most fonts of the system that are loaded for one picture: those with many scripts are large. */
const MOST_FONTS = 4;

/**
 * The painter and the fonts that stand beside the program, with fonts of the system for what those lack.
 *
 * @param tell Hears, in a line, which characters no font has: they are painted as empty boxes.
 */
export function paintBox(svg: string, tell: (warning: string) => void = warn): PaintBox {
  const asset = assets();
  const own = ['inter-regular.ttf', 'inter-bold.ttf', 'dejavu-sans.ttf'].map(asset);
  const { fonts, missing } = completed(own, charactersOf(svg), wideFonts);
  if (missing.length > 0) tell(warningOf(missing));
  return { wasm: asset('resvg.wasm'), fonts };
}

/** Reads a file that stands beside the program. */
export function assets(): (file: string) => Uint8Array {
  const folder = assetsFolder();
  return (file) => readFileSync(path.join(folder, file));
}

/** Fonts of the system for what a text has and the given fonts lack. */
export const widerFonts = (own: readonly Uint8Array[], text: string): readonly Uint8Array[] => completed(own, charactersOf(text), wideFonts).fonts.slice(own.length);

/** Characters that are drawn; marks that only say how others are, such as which way they run, are not. */
const charactersOf = (svg: string): string[] => [...new Set(svg)].filter((character) => !/[\s\p{Cc}\p{Cf}\p{Variation_Selector}]/u.test(character));

/** Fonts of the system until every character has one, or none is left that would help. */
export function completed(own: readonly Uint8Array[], characters: readonly string[], others: () => Iterable<string>): { readonly fonts: readonly Uint8Array[]; readonly missing: readonly string[] } {
  const lackedBy = (font: Uint8Array, wanted: readonly string[]): string[] => {
    const has = coverageOf(font);
    return wanted.filter((character) => !has(character.codePointAt(0) ?? 0));
  };
  let missing = own.reduce<readonly string[]>((wanted, font) => (wanted.length === 0 ? wanted : lackedBy(font, wanted)), characters);
  const fonts = [...own];
  if (missing.length > 0) {
    for (const file of others()) {
      if (missing.length === 0 || fonts.length >= own.length + MOST_FONTS) break;
      const font = readFileSync(file);
      const left = lackedBy(font, missing);
      if (left.length === missing.length) continue;
      fonts.push(font);
      missing = left;
    }
  }
  return { fonts, missing };
}

const SHOWN = 12;

function warningOf(missing: readonly string[]): string {
  const named = missing.slice(0, SHOWN).map((character) => `${character} (U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')})`);
  return `no font has ${named.join(', ')}${missing.length > SHOWN ? ` and ${missing.length - SHOWN} more` : ''}: they are painted as empty boxes. Install a font that has them, such as Noto Sans CJK, or write SVG.`;
}

const told = new Set<string>();

/** Each once, however many pictures are painted. */
function warn(warning: string): void {
  if (told.has(warning)) return;
  told.add(warning);
  process.stderr.write(`warning: ${warning}\n`);
}

function assetsFolder(): string {
  // Beside the bundle when it ships; in the output of the build when it runs from its sources.
  const here = path.dirname(fileURLToPath(import.meta.url));
  const found = [path.join(here, '../assets'), path.join(here, '../../dist/assets')].find((folder) => has(folder));
  if (found === undefined) throw new Failure('The fonts that PNG and PDF need are not beside this program, which may be the one of the editor: use mlarch as it is installed by itself, or write SVG or HTML.');
  return found;
}

function has(folder: string): boolean {
  try {
    return readdirSync(folder).includes('resvg.wasm');
  } catch {
    return false;
  }
}

/** Fonts of the system that are likely to have scripts of the whole world. */
function* wideFonts(): Generator<string> {
  for (const folder of FOLDERS) {
    let files: string[] = [];
    try {
      files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
    } catch {
      // A folder that is not there has no fonts.
    }
    for (const file of files) if (/\.(ttf|ttc|otf)$/i.test(file) && WIDE_FONTS.test(file)) yield path.join(folder, file);
  }
}
