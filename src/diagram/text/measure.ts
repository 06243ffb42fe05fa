import { FONT_WIDTHS } from './widths.generated.ts';

export type Weight = keyof typeof FONT_WIDTHS;

/** Thousandths of the size: a letter of a script that the font lacks, and a square one of East Asia or an emoji. */
const [LETTER, SQUARE] = [620, 1000];

const tables = new Map<Weight, ReadonlyMap<number, number>>();

function tableOf(weight: Weight): ReadonlyMap<number, number> {
  let table = tables.get(weight);
  if (!table) {
    table = new Map(FONT_WIDTHS[weight].flatMap(([first, widths]) => widths.split(' ').map((width, offset) => [first + offset, Number(width)] as const)));
    tables.set(weight, table);
  }
  return table;
}

/** Width of a text in the bundled font, in the unit of `size`. */
export function textWidth(text: string, size: number, weight: Weight = 'regular'): number {
  const table = tableOf(weight);
  let sum = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    sum += table.get(code) ?? (isCombining(code) ? 0 : isSquare(code) ? SQUARE : LETTER);
  }
  return (sum * size) / 1000;
}

/** Marks that stand over, under or between other characters. */
const isCombining = (code: number): boolean => (code >= 0x300 && code <= 0x36f) || (code >= 0x591 && code <= 0x5bd) || (code >= 0x64b && code <= 0x65f) || code === 0x200d || (code >= 0xfe00 && code <= 0xfe0f);

/** Hangul, kana, ideographs, full-width forms and emoji. */
const isSquare = (code: number): boolean => (code >= 0x1100 && code <= 0x115f) || (code >= 0x2e80 && code <= 0xa4cf) || (code >= 0xac00 && code <= 0xd7a3) || (code >= 0xf900 && code <= 0xfaff) || (code >= 0xfe30 && code <= 0xfe6f) || (code >= 0xff00 && code <= 0xff60) || code >= 0x1f000;

/**
 * Breaks a text into lines that are no wider than `most`: between words where it can, else within a word, after a capital’s
 * lower-case neighbour, an underscore, a dot or a dash if there is one. Nothing of the text is left out.
 */
export function wrapped(text: string, most: number, size: number, weight: Weight = 'regular'): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (textWidth(longer, size, weight) <= most) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    const pieces = brokenWord(word, most, size, weight);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? '';
  }
  if (line !== '' || lines.length === 0) lines.push(line);
  return lines;
}

function brokenWord(word: string, most: number, size: number, weight: Weight): string[] {
  const pieces: string[] = [];
  let rest = [...word];
  while (textWidth(rest.join(''), size, weight) > most && rest.length > 1) {
    let fits = 1;
    while (fits < rest.length - 1 && textWidth(rest.slice(0, fits + 1).join(''), size, weight) <= most) fits++;
    const seam = seamBefore(rest, fits);
    pieces.push(rest.slice(0, seam).join(''));
    rest = rest.slice(seam);
  }
  return [...pieces, rest.join('')];
}

/** The last place up to `most` where a name has a seam; `most` itself where it has none in its second half. */
function seamBefore(characters: readonly string[], most: number): number {
  for (let at = most; at > most / 2; at--) {
    const [before, after] = [characters[at - 1] ?? '', characters[at] ?? ''];
    if (/[_.\-/]/.test(before) || (/[\p{Ll}\d]/u.test(before) && /\p{Lu}/u.test(after))) return at;
  }
  return most;
}
