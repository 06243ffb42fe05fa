/** The characters that a font has a glyph for. */
export type Coverage = (code: number) => boolean;

/**
 * Reads the map from characters to glyphs of a TrueType or OpenType font, or of all fonts of a collection (the `cmap` table in
 * format 12 or 4, which all fonts of Unicode have). A font that has neither covers nothing.
 */
export function coverageOf(font: Uint8Array): Coverage {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
  try {
    return covering(startsOf(view).flatMap((start) => rangesOf(view, start)));
  } catch (error) {
    if (error instanceof RangeError) return () => false;
    throw error;
  }
}

type Range = readonly [first: number, last: number];

/** Where the fonts of a file begin. */
const startsOf = (view: DataView): number[] => (tagAt(view, 0) === 'ttcf' ? Array.from({ length: view.getUint32(8) }, (_, index) => view.getUint32(12 + index * 4)) : [0]);

const tagAt = (view: DataView, offset: number): string => String.fromCharCode(...[0, 1, 2, 3].map((at) => view.getUint8(offset + at)));

function rangesOf(view: DataView, start: number): Range[] {
  const cmap = tableOffset(view, start, 'cmap');
  const subtables = cmap === undefined ? [] : Array.from({ length: view.getUint16(cmap + 2) }, (_, index) => cmap + view.getUint32(cmap + 4 + index * 8 + 4));
  const full = subtables.find((offset) => view.getUint16(offset) === 12);
  const basic = subtables.find((offset) => view.getUint16(offset) === 4);
  return full !== undefined ? groups(view, full) : basic !== undefined ? segments(view, basic) : [];
}

function tableOffset(view: DataView, start: number, name: string): number | undefined {
  for (let index = 0; index < view.getUint16(start + 4); index++) {
    const record = start + 12 + index * 16;
    if (tagAt(view, record) === name) return view.getUint32(record + 8);
  }
  return undefined;
}

/** Format 12: runs of characters with runs of glyphs. */
function groups(view: DataView, offset: number): Range[] {
  return Array.from({ length: view.getUint32(offset + 12) }, (_, index) => {
    const at = offset + 16 + index * 12;
    return [view.getUint32(at), view.getUint32(at + 4)] as const;
  });
}

/** Format 4: segments of the first plane, in which single characters may be left out. */
function segments(view: DataView, offset: number): Range[] {
  const count = view.getUint16(offset + 6) / 2;
  const [ends, starts] = [offset + 14, offset + 16 + count * 2];
  const [deltas, ranges] = [starts + count * 2, starts + count * 4];
  const found: Range[] = [];
  for (let index = 0; index < count; index++) {
    const [start, end] = [view.getUint16(starts + index * 2), view.getUint16(ends + index * 2)];
    const [delta, range] = [view.getUint16(deltas + index * 2), view.getUint16(ranges + index * 2)];
    for (let code = start; code <= end && code !== 0xffff; code++) {
      const glyph = range === 0 ? (code + delta) & 0xffff : view.getUint16(ranges + index * 2 + range + (code - start) * 2);
      if (glyph !== 0) found.push([code, code]);
    }
  }
  return found;
}

function covering(ranges: readonly Range[]): Coverage {
  const sorted = [...ranges].sort((a, b) => a[0] - b[0]);
  return (code) => {
    let [low, high] = [0, sorted.length - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      const [first, last] = sorted[middle] as Range;
      if (code < first) high = middle - 1;
      else if (code > last) low = middle + 1;
      else return true;
    }
    return false;
  };
}
