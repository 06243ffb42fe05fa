/** Writes src/diagram/text/widths.generated.ts: how wide each character is in the font that pictures are painted with. */
import { readFileSync } from 'node:fs';
import opentype, { type Font } from 'opentype.js';
import { FONT_FILES } from './fonts.ts';
import { writeGenerated } from './write-generated.ts';

/** Blocks of Unicode whose widths are looked up; those of other scripts are as wide as a square, or as most letters are. */
const BLOCKS: readonly (readonly [first: number, last: number])[] = [[0x20, 0x7e], [0xa0, 0x24f], [0x370, 0x3ff], [0x400, 0x52f], [0x1e00, 0x1eff], [0x2010, 0x2044], [0x20a0, 0x20bf], [0x2190, 0x2199], [0x2200, 0x2265]];

const widthsOf = (font: Font, first: number, last: number): string =>
  Array.from({ length: last - first + 1 }, (_, offset) => Math.round(((font.charToGlyph(String.fromCodePoint(first + offset)).advanceWidth ?? 0) / font.unitsPerEm) * 1000)).join(' ');

const tables = Object.entries(FONT_FILES).filter(([weight]) => weight === 'regular' || weight === 'bold').map(([weight, file]) => {
  const font = opentype.parse(new Uint8Array(readFileSync(file)).buffer);
  return `  ${weight}: [\n${BLOCKS.map(([first, last]) => `    [${first}, '${widthsOf(font, first, last)}'],`).join('\n')}\n  ],`;
});

writeGenerated('src/diagram/text/widths.generated.ts', `// Generated from the bundled font by npm run generate. Do not edit.

/** Advance widths in thousandths of the size of the font, by block: the first code point, and a width for each from there on. */
export const FONT_WIDTHS = {
${tables.join('\n')}
} as const;
`);
