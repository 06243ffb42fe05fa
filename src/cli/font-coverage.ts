/** The characters that a font has a sign for. */
export type Coverage = (code: number) => boolean;

interface Range {
  readonly first: number;
  readonly last: number;
  /** Whether the font has a sign for a code of the range. */
  readonly has: (code: number) => boolean;
}

/** Reads from a TrueType or OpenType font, or a collection of them, which characters it has; none where it cannot be read. */
export function coverageOf(font: Uint8Array): Coverage {
  const data = new DataView(font.buffer, font.byteOffset, font.byteLength);
  let ranges: readonly Range[] = [];
  try {
    ranges = startsOf(data).flatMap((start) => rangesOf(data, start));
  } catch (error) {
    // A table that ends too soon: such a font draws nothing.
    if (!(error instanceof RangeError)) throw error;
  }
  return (code) => ranges.some(({ first, last, has }) => code >= first && code <= last && has(code));
}

/** Where the fonts of a file begin. */
function startsOf(data: DataView): number[] {
  // `ttcf`: a collection, with the number of its fonts.
  if (data.getUint32(0) !== 0x74746366) return [0];
  return Array.from({ length: data.getUint32(8) }, (_, index) => data.getUint32(12 + 4 * index));
}

/** The ranges of the largest table of Unicode characters of a font. */
function rangesOf(data: DataView, font: number): readonly Range[] {
  const tables = Array.from({ length: data.getUint16(font + 4) }, (_, index) => font + 12 + 16 * index);
  // `cmap`: from characters to signs.
  const entry = tables.find((table) => data.getUint32(table) === 0x636d6170);
  if (entry === undefined) return [];
  const cmap = data.getUint32(entry + 8);
  const subtables = Array.from({ length: data.getUint16(cmap + 2) }, (_, index) => cmap + data.getUint32(cmap + 8 + 8 * index));
  const [wide] = subtables.filter((table) => data.getUint16(table) === 12);
  if (wide !== undefined) return wideRanges(data, wide);
  const [narrow] = subtables.filter((table) => data.getUint16(table) === 4);
  return narrow === undefined ? [] : narrowRanges(data, narrow);
}

/** Format 12: groups of characters of all planes. */
function wideRanges(data: DataView, table: number): readonly Range[] {
  return Array.from({ length: data.getUint32(table + 12) }, (_, index) => {
    const group = table + 16 + 12 * index;
    const [first, last, glyph] = [data.getUint32(group), data.getUint32(group + 4), data.getUint32(group + 8)];
    return { first, last, has: (code) => glyph + code - first !== 0 };
  });
}

/** Format 4: segments of the first plane, with the sign as a distance or in a list. */
function narrowRanges(data: DataView, table: number): readonly Range[] {
  const length = data.getUint16(table + 6);
  const [ends, starts, deltas, offsets] = [14, 16 + length, 16 + 2 * length, 16 + 3 * length].map((part) => table + part) as [number, number, number, number];
  return Array.from({ length: length / 2 }, (_, index) => {
    const at = 2 * index;
    const [first, last, delta, offset] = [data.getUint16(starts + at), data.getUint16(ends + at), data.getUint16(deltas + at), data.getUint16(offsets + at)];
    const glyphOf = (code: number): number => (offset === 0 ? (code + delta) & 0xffff : data.getUint16(offsets + at + offset + 2 * (code - first)));
    return { first, last, has: (code) => code !== 0xffff && glyphOf(code) !== 0 };
  });
}
